package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.MasterKeyFile;
import io.gatehouse.server.testing.Databases;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Results far larger than the broker's heap, read slowly: the broker is a process of its own with
 * 128 MiB, and rows of 300 bytes times a million are more than twice that.
 */
@Timeout(120)
class SlowReaderTest {
    private static final int ROWS = 1_000_000;
    private static final String PASSWORD = "slow and steady";

    @TempDir private static Path dir;
    private static Process broker;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = freePort();
        write(
                "gatehouse.yaml",
                """
                listen: {address: 127.0.0.1, port: %s}
                admin: {port: 0}
                master-key: {file: master.key}
                audit: {to: file, file: audit.jsonl}
                drain: 1s
                """
                        .formatted(port));
        write(
                "users.yaml",
                "- name: reader\n  verifier: '%s'\n"
                        .formatted(ScramVerifier.of(PASSWORD.toCharArray()).text()));
        write("policies/default.yaml", "policy: 1\ndefault: allow\n");
        MasterKey key = MasterKeyFile.create(dir.resolve("master.key"));
        connection(key, "postgresql", Databases.postgres());
        connection(key, "mariadb", Databases.mariadb());
        broker =
                new ProcessBuilder(
                                java(),
                                "-Xmx128m",
                                "-XX:MaxDirectMemorySize=128m",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.gatehouse.server.boot.Main",
                                "serve",
                                "--conf",
                                dir.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("broker.log").toFile())
                        .start();
        Talk.eventually("the broker listens", SlowReaderTest::listens);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.destroy();
        assertThat(broker.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void connection(MasterKey key, String kind, Databases.Server server)
            throws IOException {
        write(
                "connections/" + kind + ".yaml",
                """
                kind: %s
                host: %s
                port: %s
                database: %s
                user: %s
                password: {sealed: '%s'}
                pool: {size: 2}
                grants: {users: [reader]}
                """
                        .formatted(
                                kind,
                                server.host(),
                                server.port(),
                                server.database(),
                                server.user(),
                                key.seal(kind, server.password().toCharArray())));
    }

    private static void write(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static boolean listens() throws IOException {
        assertThat(broker.isAlive())
                .as(() -> "the broker: " + Talk.text(dir.resolve("broker.log")))
                .isTrue();
        try (Connection c = connect("gatehouse", "postgresql")) {
            return c.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connect(String scheme, String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + name + "?sslmode=disable",
                "reader",
                PASSWORD);
    }

    private static String rows(String name) {
        return name.equals("postgresql")
                ? "select i, repeat('x', 300) from generate_series(1, " + ROWS + ") i"
                : "select seq, repeat('x', 300) from seq_1_to_" + ROWS;
    }

    @ParameterizedTest
    @CsvSource({
        "gatehouse, postgresql, true",
        "gatehouse, postgresql, false",
        "gatehouse, mariadb, true",
        "gatehouse, mariadb, false",
        "postgresql, postgresql, true",
        "postgresql, postgresql, false",
        "postgresql, mariadb, false"
    })
    void bothEndsStaySmall(String scheme, String name, boolean autocommit) throws Exception {
        Process reader =
                new ProcessBuilder(
                                java(),
                                "-Xmx32m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Reader.class.getName(),
                                "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + name,
                                Boolean.toString(autocommit),
                                rows(name))
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("reader.log").toFile())
                        .start();
        boolean ended = reader.waitFor(50, TimeUnit.SECONDS);
        reader.destroyForcibly();
        String said = Files.readString(dir.resolve("reader.log"));
        assertThat(ended).as(said).isTrue();
        assertThat(reader.exitValue()).as(said).isZero();
        assertThat(said).endsWith(ROWS + "\n");
        assertThat(broker.isAlive()).isTrue();
        assertThat(Files.readString(dir.resolve("broker.log"))).doesNotContain("OutOfMemory");
    }

    /** The client's process: pauses again and again, so that rows would pile up somewhere. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws SQLException {
            int count = 0;
            try (Connection c =
                            DriverManager.getConnection(
                                    args[0] + "?sslmode=disable", "reader", PASSWORD);
                    Statement s = c.createStatement()) {
                boolean autocommit = Boolean.parseBoolean(args[1]);
                c.setAutoCommit(autocommit);
                if (args[0].startsWith("jdbc:postgresql")) {
                    s.setFetchSize(autocommit ? 0 : 500);
                }
                if (autocommit && args[0].startsWith("jdbc:postgresql")) {
                    // pgjdbc itself would keep every row: all that counts here is the broker.
                    s.setMaxRows(10_000);
                    count = ROWS - 10_000;
                }
                try (ResultSet rows = s.executeQuery(args[2])) {
                    while (rows.next()) {
                        count++;
                        if (count % 100_000 == 1) {
                            Talk.pause(Duration.ofMillis(200));
                        }
                    }
                }
            }
            System.out.println(count);
            System.exit(0);
        }
    }
}
