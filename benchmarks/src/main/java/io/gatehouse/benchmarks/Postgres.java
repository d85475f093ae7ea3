package io.gatehouse.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The database: embedded binaries in processes of their own, passwords checked with SCRAM. */
final class Postgres implements AutoCloseable {
    static final String USER = "bench";
    static final String DATABASE = "bench";

    /** Opens nothing but a database of generated rows that lives as long as the benchmark. */
    static final String PASSWORD = "bench";

    private final EmbeddedPostgres server;
    private final Connection administrator;

    private Postgres(EmbeddedPostgres server, Connection administrator) {
        this.server = server;
        this.administrator = administrator;
    }

    /**
     * Starts the server and makes the user and the empty database.
     *
     * @param port 0 for a free one
     */
    static Postgres start(int port, int maxConnections) throws IOException, SQLException {
        EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setPort(port)
                        .setServerConfig("max_connections", Integer.toString(maxConnections))
                        .setServerConfig("shared_buffers", "512MB")
                        .setServerConfig("max_wal_size", "4GB")
                        .setServerConfig("checkpoint_timeout", "1h")
                        .setServerConfig("autovacuum", "off")
                        .start();
        try {
            try (Connection first = superuser(server, "postgres");
                    Statement statement = first.createStatement()) {
                statement.execute(
                        String.format(Locale.ROOT, "CREATE USER %s PASSWORD '%s'", USER, PASSWORD));
                statement.execute(
                        String.format(Locale.ROOT, "CREATE DATABASE %s OWNER %s", DATABASE, USER));
                askForPasswords(statement);
            }
            return new Postgres(server, superuser(server, DATABASE));
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    private static void askForPasswords(Statement statement) throws SQLException {
        String file = text(statement, "SHOW hba_file");
        statement.execute(
                "COPY (VALUES ('local all all trust'), ('host all postgres samehost trust'),"
                        + " ('host all all samehost scram-sha-256')) TO '"
                        + file
                        + "'");
        statement.execute("SELECT pg_reload_conf()");
    }

    private static Connection superuser(EmbeddedPostgres server, String database)
            throws SQLException {
        return DriverManager.getConnection(url(server.getPort(), database), "postgres", "");
    }

    /** To the port on the loopback address, which speaks PostgreSQL without TLS. */
    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
    }

    int port() {
        return server.getPort();
    }

    /** A connection that is no target, with every right. */
    Connection administrator() {
        return administrator;
    }

    Target direct() {
        return new Target(
                Target.DIRECT,
                url(port(), DATABASE),
                Map.of("user", USER, "password", PASSWORD),
                OptionalLong.empty(),
                false,
                "stock PostgreSQL driver");
    }

    String version() throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            return text(statement, "SHOW server_version");
        }
    }

    /** How the server keeps the user's password: what a proxy needs to check it likewise. */
    String verifier() throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            return text(
                    statement, "SELECT rolpassword FROM pg_authid WHERE rolname = '" + USER + "'");
        }
    }

    /** Ends the transactions that a failed target left open, with their locks. */
    static void sweep(Connection administrator) throws SQLException {
        try (Statement statement = administrator.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                            + USER
                            + "' AND xact_start IS NOT NULL");
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            administrator.close();
        } catch (SQLException e) {
            System.err.println("closing the database: " + e.getMessage());
        } finally {
            server.close();
        }
    }
}
