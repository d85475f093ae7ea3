package io.gatehouse.server.boot;

import io.gatehouse.server.config.ConfigurationProblems;
import io.gatehouse.server.config.Environment;
import io.gatehouse.server.config.Problem;
import io.gatehouse.server.secret.SecretException;

import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** The command line. */
@Command(
        name = "gatehouse",
        description = "One address for every database.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** All is well. */
    static final int OK = 0;

    /** Something failed; standard error says what. */
    static final int FAILED = 1;

    /** The command line itself is wrong. */
    static final int USAGE = 2;

    /** The configuration has problems; standard error names each. */
    static final int CONFIGURATION = 3;

    /** Recorded traffic would be decided otherwise. */
    static final int CHANGED = 4;

    /** Recorded traffic could not all be judged, or not all be allowed. */
    static final int PARTLY = 5;

    private Main() {}

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gatehouse " + text()};
        }

        /** The version as clients are told. */
        static String text() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(from the source tree)" : version;
        }
    }

    /** Starts the command; ends the process with its exit code. */
    public static void main(String[] args) {
        Console console = System.console();
        Terminal terminal =
                new Terminal(
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        console != null && console.isTerminal() ? console : null);
        System.exit(run(args, terminal, System::getenv, Wiring::open));
    }

    /**
     * Runs a command.
     *
     * @return the exit code
     */
    static int run(
            String[] args, Terminal terminal, Environment environment, FrontDoor.Opener opener) {
        CommandLine line =
                new CommandLine(new Main())
                        .addSubcommand(new ServeCommand(environment, opener))
                        .addSubcommand(new DemoCommand(terminal, opener))
                        .addSubcommand(new HealthCommand(terminal))
                        .addSubcommand(
                                new CommandLine(new SecretCommand())
                                        .addSubcommand(new SealCommand(terminal, environment))
                                        .addSubcommand(new NewKeyCommand(terminal)))
                        .addSubcommand(
                                new CommandLine(new UserCommand())
                                        .addSubcommand(new AddUserCommand(terminal)))
                        .addSubcommand(
                                new CommandLine(new ConfigCommand())
                                        .addSubcommand(new CheckCommand(terminal, environment)))
                        .addSubcommand(
                                new CommandLine(new PolicyCommand())
                                        .addSubcommand(new LintCommand(terminal))
                                        .addSubcommand(new PolicyTestCommand(terminal))
                                        .addSubcommand(new ExplainCommand(terminal))
                                        .addSubcommand(new ReplayCommand(terminal))
                                        .addSubcommand(new LearnCommand(terminal)))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOut(terminal.out())
                        .setErr(terminal.err())
                        .setExecutionStrategy(Main::execute)
                        .setExecutionExceptionHandler(
                                (failure, command, parsed) -> report(failure, terminal));
        return line.execute(args);
    }

    /** A command that only groups others shows what there is. */
    private static int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandSpec spec = last.commandSpec();
        boolean asked = last.isUsageHelpRequested() || last.isVersionHelpRequested();
        if (!asked && !(spec.userObject() instanceof Callable<?>)) {
            spec.commandLine().usage(spec.commandLine().getErr());
            return USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int report(Exception failure, Terminal terminal) {
        switch (failure) {
            case ConfigurationProblems problems -> {
                for (Problem problem : problems.problems()) {
                    terminal.err().println(problem);
                }
                int count = problems.problems().size();
                terminal.err()
                        .println(
                                "gatehouse: the configuration has "
                                        + count
                                        + (count == 1 ? " problem" : " problems"));
                return CONFIGURATION;
            }
            case BootException e -> terminal.err().println("gatehouse: " + e.getMessage());
            case SecretException e -> terminal.err().println("gatehouse: " + e.getMessage());
            case IOException e -> terminal.err().println("gatehouse: " + e);
            default -> {
                LoggerFactory.getLogger(Main.class).error("unexpected failure", failure);
                terminal.err().println("gatehouse: " + failure);
            }
        }
        return FAILED;
    }
}
