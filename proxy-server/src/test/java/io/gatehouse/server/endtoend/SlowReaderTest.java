package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.ForkedBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
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
@Timeout(900)
class SlowReaderTest {
    private static final int ROWS = 1_000_000;

    /**
     * A reader of which nothing is heard for so long hangs; a busy machine alone is not as slow.
     */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    @TempDir private static Path dir;
    private static ForkedBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker =
                new ForkedBroker(dir)
                        .serve("postgresql", Database.postgres())
                        .serve("mariadb", Database.mariadb())
                        .start("-Xmx128m", "-XX:MaxDirectMemorySize=128m");
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
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
                                ForkedBroker.java(),
                                "-Xmx32m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Reader.class.getName(),
                                "jdbc:" + scheme + "://127.0.0.1:" + broker.port() + "/" + name,
                                Boolean.toString(autocommit),
                                rows(name))
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("reader.log").toFile())
                        .start();
        boolean ended = ended(reader);
        reader.destroyForcibly();
        String said = Files.readString(dir.resolve("reader.log"));
        assertThat(ended).as(said).isTrue();
        assertThat(reader.exitValue()).as(said).isZero();
        assertThat(said).endsWith(ROWS + "\n");
        assertThat(broker.isAlive()).isTrue();
        assertThat(broker.log()).doesNotContain("OutOfMemory");
    }

    /** Whether it comes to its end, however long that takes while it gets on. */
    private static boolean ended(Process reader) throws Exception {
        Path log = dir.resolve("reader.log");
        long heard = -1;
        while (Files.size(log) > heard) {
            heard = Files.size(log);
            if (reader.waitFor(SILENCE.toSeconds(), TimeUnit.SECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** The client's process: pauses again and again, so that rows would pile up somewhere. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws SQLException {
            int count = 0;
            try (Connection c =
                            DriverManager.getConnection(
                                    args[0] + "?sslmode=disable",
                                    ForkedBroker.USER,
                                    ForkedBroker.PASSWORD);
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
                        if (count % 10_000 == 0) {
                            System.out.println(count);
                        }
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
