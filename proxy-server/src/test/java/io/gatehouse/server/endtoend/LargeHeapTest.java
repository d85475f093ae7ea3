package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.ForkedBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Values and results far larger than both heaps: the broker is a process of its own with 128 MiB,
 * the client one with 64 MiB, or 32 MiB for rows. The whole sizes: {@code
 * -Dgatehouse.large.megabytes=1000 -Dgatehouse.large.rows=10000000}.
 */
@Timeout(600)
class LargeHeapTest {
    private static final int MEGABYTES = Integer.getInteger("gatehouse.large.megabytes", 140);
    private static final int ROWS = Integer.getInteger("gatehouse.large.rows", 300_000);

    private static final Peak PEAK = new Peak();

    @TempDir private static Path dir;
    private static ForkedBroker broker;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Path large = dir.resolve("h2/large");
        broker =
                new ForkedBroker(dir)
                        .serve("postgresql", Database.postgres())
                        .serve("h2", new Database("h2", "", 0, large.toString(), "sa", "sa"))
                        .start("-Xmx128m", "-XX:MaxDirectMemorySize=128m");
        port = broker.port();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    private static Connection connect(String name, boolean autocommit) throws SQLException {
        int at = Integer.getInteger("gatehouse.large.port", port);
        String url = "jdbc:gatehouse://127.0.0.1:" + at + "/" + name + "?sslmode=disable";
        Connection c = DriverManager.getConnection(url, ForkedBroker.USER, ForkedBroker.PASSWORD);
        c.setAutoCommit(autocommit);
        return c;
    }

    private static void runs(String heap, Class<?> program, String... arguments) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(ForkedBroker.java());
        words.addAll(
                List.of(
                        heap,
                        "-Dgatehouse.large.port=" + port,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName()));
        words.addAll(List.of(arguments));
        Process client =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("client.log").toFile())
                        .start();
        boolean ended = client.waitFor(500, TimeUnit.SECONDS);
        client.destroyForcibly();
        String said = Files.readString(dir.resolve("client.log"));
        String log = broker.log();
        assertThat(ended).as(said).isTrue();
        assertThat(client.exitValue()).as(said + log).isZero();
        assertThat(broker.isAlive()).as(log).isTrue();
        System.out.println(String.join(" ", arguments) + ": " + said.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql, oid, false, set",
        "postgresql, bytea, true, set",
        "postgresql, bytea, true, batch",
        "h2, blob, true, set",
        "h2, blob, false, made",
        "h2, clob, true, made"
    })
    void valuesPassThrough(String name, String type, String autocommit, String how)
            throws Exception {
        // A server sends a bytea as two digits for each byte, and no message above 1 GiB.
        int megabytes = type.equals("bytea") ? Math.min(MEGABYTES, 500) : MEGABYTES;
        runs("-Xmx64m", Values.class, name, type, autocommit, Integer.toString(megabytes), how);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql, text, true, set",
        "postgresql, oid, false, made",
        "postgresql, text, true, made",
        "h2, blob, false, set",
        "h2, clob, true, set",
        "h2, clob, true, batch"
    })
    @EnabledIfSystemProperty(named = "gatehouse.large.megabytes", matches = ".+")
    void moreValuesPassThrough(String name, String type, String autocommit, String how)
            throws Exception {
        valuesPassThrough(name, type, autocommit, how);
    }

    /** In a transaction, rows are read through a cursor of pgjdbc, which holds them. */
    @Test
    void whatCannotBeHeldIsRefused() throws Exception {
        try (Connection c = connect("postgresql", false);
                Statement s = c.createStatement()) {
            String large = "select repeat('x', 100000000), 1";
            assertThat(Talk.state(() -> s.executeQuery(large))).isEqualTo("54000");
            // As any error fails a transaction on PostgreSQL.
            assertThat(Talk.state(() -> Talk.ask(c, "select 1"))).isEqualTo("25P02");
            c.rollback();
            c.setAutoCommit(true);
            try (ResultSet rows = s.executeQuery(large)) {
                assertThat(rows.next()).isTrue();
                assertThat(Talk.state(() -> rows.getString(1))).isEqualTo("54000");
                assertThat(rows.getInt(2)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 500", "false, 0", "false, 500"})
    void rowsPassThrough(String autocommit, String fetchSize) throws Exception {
        runs("-Xmx32m", Rows.class, autocommit, fetchSize, Integer.toString(ROWS));
    }

    /** The largest heap of the client's process that was seen. */
    private static final class Peak {
        private long bytes;

        void look() {
            Runtime heap = Runtime.getRuntime();
            bytes = Math.max(bytes, heap.totalMemory() - heap.freeMemory());
        }

        long mebibytes() {
            return bytes >> 20;
        }
    }

    /** The client's process: one value up and down again. */
    static final class Values {
        private Values() {}

        public static void main(String[] args) throws Exception {
            boolean text = args[1].equals("text") || args[1].equals("clob");
            boolean object = args[1].equals("oid");
            long size = Integer.parseInt(args[3]) * 1_000_000L;
            LargeContent content = new LargeContent(size, text, PEAK::look);
            long start = System.nanoTime();
            try (Connection c = connect(args[0], Boolean.parseBoolean(args[2]))) {
                try (Statement s = c.createStatement()) {
                    s.execute("drop table if exists passing");
                    s.execute("create table passing (id int, content " + args[1] + ")");
                }
                try (PreparedStatement s =
                        c.prepareStatement("insert into passing values (?, ?)")) {
                    s.setInt(1, 1);
                    if (args[4].equals("made")) {
                        setMade(s, text, content);
                    } else if (text) {
                        s.setAsciiStream(2, content, size);
                    } else if (object) {
                        s.setBlob(2, content, size);
                    } else {
                        s.setBinaryStream(2, content, size);
                    }
                    if (args[4].equals("batch")) {
                        s.addBatch();
                        s.executeBatch();
                    } else {
                        s.executeUpdate();
                    }
                }
                long up = System.nanoTime();
                long sum = 0;
                try (Statement s = c.createStatement();
                        ResultSet rows = s.executeQuery("select content, id from passing")) {
                    rows.next();
                    try (InputStream in =
                            text
                                    ? rows.getAsciiStream(1)
                                    : object
                                            ? rows.getBlob(1).getBinaryStream()
                                            : rows.getBinaryStream(1)) {
                        sum = sum(in);
                    }
                    if (rows.getInt(2) != 1) {
                        throw new AssertionError("the column behind");
                    }
                }
                long down = System.nanoTime();
                if (sum != content.sum()) {
                    throw new AssertionError("other bytes: " + sum);
                }
                drop(c, object);
                System.out.printf(
                        "up %.1f s, down %.1f s, peak heap %d MiB%n",
                        (up - start) / 1e9, (down - up) / 1e9, PEAK.mebibytes());
            }
            System.exit(0);
        }

        private static void drop(Connection c, boolean object) throws SQLException {
            try (Statement s = c.createStatement()) {
                if (object) {
                    s.execute("select lo_unlink(content) from passing");
                }
                s.execute("drop table passing");
            }
            if (!c.getAutoCommit()) {
                c.commit();
            }
        }

        private static void setMade(PreparedStatement s, boolean text, LargeContent content)
                throws SQLException, IOException {
            Clob clob = s.getConnection().createClob();
            Blob blob = s.getConnection().createBlob();
            try (OutputStream out = text ? clob.setAsciiStream(1) : blob.setBinaryStream(1)) {
                content.transferTo(out);
            }
            if (text) {
                s.setClob(2, clob);
            } else {
                s.setBlob(2, blob);
            }
        }

        private static long sum(InputStream in) throws IOException {
            CRC32 sum = new CRC32();
            byte[] some = new byte[65536];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                sum.update(some, 0, n);
                PEAK.look();
            }
            return sum.getValue();
        }
    }

    /** The client's process: many rows. */
    static final class Rows {
        private Rows() {}

        public static void main(String[] args) throws SQLException {
            int rows = Integer.parseInt(args[2]);
            long start = System.nanoTime();
            long sum = 0;
            int count = 0;
            try (Connection c = connect("postgresql", Boolean.parseBoolean(args[0]));
                    Statement s = c.createStatement()) {
                s.setFetchSize(Integer.parseInt(args[1]));
                try (ResultSet all =
                        s.executeQuery(
                                "select i, 'row number ' || i, i * 1.5 from generate_series(1, "
                                        + rows
                                        + ") i")) {
                    while (all.next()) {
                        sum += all.getLong(1) + all.getString(2).length();
                        count++;
                        if (count % 1_000 == 0) {
                            PEAK.look();
                        }
                    }
                }
            }
            if (count != rows || sum < (long) rows * rows / 2) {
                throw new AssertionError(count + " rows");
            }
            System.out.printf(
                    "%.1f s, peak heap %d MiB%n",
                    (System.nanoTime() - start) / 1e9, PEAK.mebibytes());
            System.exit(0);
        }
    }
}
