package io.gatehouse.server.boot;

import io.gatehouse.server.config.Configuration;
import io.gatehouse.server.config.Environment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** Checks a configuration directory. */
@Command(
        name = "check",
        description = "Checks every file and names every problem; connects to nothing.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Environment environment;

    @Mixin private final ConfPath conf = new ConfPath();

    CheckCommand(Terminal terminal, Environment environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = Configuration.load(conf.path(), environment);
        terminal.out().println("no problems: " + Summary.of(configuration));
        return Main.OK;
    }
}
