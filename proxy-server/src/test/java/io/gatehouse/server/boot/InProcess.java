package io.gatehouse.server.boot;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;

/** The command line and a whole broker, inside of a test. */
public final class InProcess implements AutoCloseable {
    private final Broker broker;

    private InProcess(Broker broker) {
        this.broker = broker;
    }

    /** What a command said. */
    public record Answer(int status, String out, String err) {}

    /** Runs a command that ends by itself, with the secrets that it asks for. */
    public static Answer run(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(
                        new BufferedReader(new StringReader(input)),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        null);
        int status = Main.run(arguments, terminal, name -> null, Wiring::open);
        return new Answer(status, out.toString(), err.toString());
    }

    /** What {@code serve} does until it is told to stop. */
    public static InProcess serve(Path conf) throws Exception {
        return new InProcess(Broker.start(conf, name -> null, Wiring::open, System.out));
    }

    public int port() {
        return broker.port();
    }

    public int adminPort() {
        return broker.adminPort();
    }

    /** What {@code serve} says about its configuration. */
    public String summary() {
        return Summary.of(broker.configuration().current());
    }

    @Override
    public void close() {
        broker.close();
    }
}
