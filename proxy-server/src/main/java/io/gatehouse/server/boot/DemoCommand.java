package io.gatehouse.server.boot;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.boot.demo.DemoConfiguration;
import io.gatehouse.server.boot.demo.ShopDatabase;
import io.gatehouse.server.boot.demo.Tour;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Kinds;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/** Shows everything on an embedded database, with nothing to configure. */
@Command(
        name = "demo",
        description = "Starts a broker over an embedded shop database, takes a tour and stays up.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(DemoCommand.class);
    private static final String USER = "demo";
    private static final String PASSWORD = "demo";

    private final Terminal terminal;
    private final FrontDoor.Opener opener;

    @Option(
            names = "--once",
            description = "Ends after the tour: status 0, or 1 if any step of it failed.")
    private boolean once;

    @Option(
            names = "--port",
            defaultValue = "7432",
            description = "The port for clients; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port = 7432;

    @Option(
            names = "--admin-port",
            defaultValue = "7480",
            description = "The admin port; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int adminPort = 7480;

    DemoCommand(Terminal terminal, FrontDoor.Opener opener) {
        this.terminal = terminal;
        this.opener = opener;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = terminal.out();
        out.println("Making the shop: customers, products, orders and 105,000 order lines ...");
        out.flush();
        Kind h2 = Kinds.find("h2").orElseThrow(() -> new BootException("kind h2 is missing"));
        String verifier = ScramVerifier.of(PASSWORD.toCharArray()).text();
        try (ShopDatabase shop = ShopDatabase.make(h2);
                DemoConfiguration configuration =
                        DemoConfiguration.write(port, adminPort, verifier, Home.defaultPolicy());
                Broker broker =
                        Broker.start(configuration.dir(), name -> null, opener, System.out)) {
            String url = url(broker);
            printConnecting(out, broker, url);
            URI admin = URI.create("http://127.0.0.1:" + broker.adminPort());
            boolean shown = new Tour(url, admin, out).walk();
            if (once) {
                out.println();
                out.println(shown ? "The tour is over; all went well." : "The tour failed.");
                out.flush();
                return shown ? Main.OK : Main.FAILED;
            }
            out.println();
            out.println("The broker stays up; Ctrl-C stops it.");
            out.flush();
            // The hook ends the process, so the files are taken away there too.
            return Shutdown.untilToldTo(broker, () -> clean(configuration, shop));
        }
    }

    private static void clean(DemoConfiguration configuration, ShopDatabase shop) {
        try {
            configuration.close();
            shop.close();
        } catch (IOException | SQLException e) {
            log.warn("the demo's files could not be taken away", e);
        }
    }

    private static String url(Broker broker) {
        return "jdbc:gatehouse://127.0.0.1:"
                + broker.port()
                + "/shop?user="
                + USER
                + "&password="
                + PASSWORD;
    }

    private static void printConnecting(PrintWriter out, Broker broker, String url) {
        out.println();
        out.println("Gatehouse listens on 127.0.0.1:" + broker.port() + ". Connect with");
        out.println("    JDBC     " + url);
        out.println(
                "    psql     PGPASSWORD="
                        + PASSWORD
                        + " psql -h 127.0.0.1 -p "
                        + broker.port()
                        + " -U "
                        + USER
                        + " shop");
        out.println("    browser  http://127.0.0.1:" + broker.adminPort() + "/sessions");
        out.flush();
    }
}
