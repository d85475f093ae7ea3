package io.gatehouse.server.boot;

import io.gatehouse.server.config.Environment;
import io.gatehouse.server.config.MasterKeyOf;
import io.gatehouse.server.secret.MasterKey;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Seals a backend's password for one logical connection. */
@Command(
        name = "seal",
        description =
                "Seals a password for one connection. The password is asked for on the terminal, or"
                        + " is the first line of standard input; it is never an argument.",
        mixinStandardHelpOptions = true)
final class SealCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Environment environment;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            required = true,
            description = "The logical connection that the password is for.")
    private String connection = "";

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "conf",
            description =
                    "The configuration directory, whose gatehouse.yaml names the master key"
                            + " (default: ${DEFAULT-VALUE}).")
    private Path conf = Path.of("conf");

    SealCommand(Terminal terminal, Environment environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        MasterKey key = MasterKeyOf.read(conf, environment);
        char[] password = terminal.secret("Password of the backend behind " + connection);
        try {
            terminal.out().println(key.seal(connection, password));
        } finally {
            Arrays.fill(password, '\0');
        }
        return Main.OK;
    }
}
