package io.gatehouse.server.boot;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.config.UserFileEdit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Adds a user to {@code users.yaml}. */
@Command(
        name = "add",
        description =
                "Adds a user to users.yaml, with a verifier instead of the password. The password"
                        + " is asked for on the terminal, or is the first line of standard input.",
        mixinStandardHelpOptions = true)
final class AddUserCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "A group that the user belongs to; may be given several times.")
    private List<String> groups = new ArrayList<>();

    @Mixin private final ConfPath conf = new ConfPath();

    AddUserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        char[] password = terminal.secret("Password of " + name);
        try {
            UserFileEdit.add(conf.path(), name, ScramVerifier.of(password).text(), groups);
        } finally {
            Arrays.fill(password, '\0');
        }
        terminal.out().println("added user " + name + " to " + conf.path().resolve("users.yaml"));
        return Main.OK;
    }
}
