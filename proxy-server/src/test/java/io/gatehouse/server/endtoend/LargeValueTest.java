package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;

/** Values above what travels as a whole, on every kind: up and down in pieces. */
class LargeValueTest {
    private static final int SIZE = 3_000_001;
    private static final byte[] BYTES = noise();
    private static final String TEXT = "g\u00fc\ud83d\ude00x".repeat(SIZE / 5);
    private static final String INSERT = "insert into large values (?, ?, ?, ?)";
    private static final String SELECT = "select id, data, words, tail from large where id = ?";

    private static final Map<String, String> TABLES =
            Map.of(
                    "postgres", "data bytea, words text",
                    "h2", "data blob, words clob",
                    "sqlite", "data blob, words text",
                    "maria", "data longblob, words longtext character set utf8mb4");

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        Path file = Files.createTempDirectory("gatehouse-large").resolve("large.db");
        broker = TestBroker.permissive();
        broker.serve("postgres", Database.postgres(), 2);
        broker.serve("h2", Database.h2(), 2);
        broker.serve("sqlite", Database.sqlite(file), 2);
        broker.serve("maria", Database.mariadb(), 2);
        for (Map.Entry<String, String> kind : TABLES.entrySet()) {
            try (Connection c = broker.connect(kind.getKey());
                    Statement s = c.createStatement()) {
                s.execute("drop table if exists large");
                s.execute(
                        "create table large (id int primary key, "
                                + kind.getValue()
                                + ", tail varchar(20))");
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private static Connection connect(String kind, boolean autocommit) throws SQLException {
        Connection c = broker.connect(kind);
        c.setAutoCommit(autocommit);
        try (Statement s = c.createStatement()) {
            s.execute("delete from large");
        }
        return c;
    }

    private static void insert(Connection c, int id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setInt(1, id);
            if (id % 2 == 0) {
                s.setBinaryStream(2, new ByteArrayInputStream(BYTES));
                s.setCharacterStream(3, new StringReader(TEXT));
            } else {
                s.setBinaryStream(2, new ByteArrayInputStream(BYTES), BYTES.length);
                s.setCharacterStream(3, new StringReader(TEXT), TEXT.length());
            }
            s.setString(4, "tail " + id);
            assertThat(s.executeUpdate()).isEqualTo(1);
        }
    }

    private interface Look {
        void at(ResultSet rows) throws Exception;
    }

    private static void look(Connection c, int id, Look look) throws Exception {
        try (PreparedStatement s = c.prepareStatement(SELECT)) {
            s.setInt(1, id);
            try (ResultSet rows = s.executeQuery()) {
                assertThat(rows.next()).isTrue();
                look.at(rows);
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, true",
        "postgres, false",
        "h2, true",
        "h2, false",
        "sqlite, true",
        "sqlite, false",
        "maria, true",
        "maria, false"
    })
    void goUpAndDown(String kind, boolean autocommit) throws Exception {
        try (Connection c = connect(kind, autocommit)) {
            insert(c, 1);
            insert(c, 2);
            look(
                    c,
                    1,
                    rows -> {
                        try (InputStream in = rows.getBinaryStream(2)) {
                            assertThat(in.readAllBytes()).isEqualTo(BYTES);
                        }
                        try (Reader in = rows.getCharacterStream(3)) {
                            assertThat(in.readAllAsString()).isEqualTo(TEXT);
                        }
                        assertThat(rows.getString(4)).isEqualTo("tail 1");
                    });
            look(
                    c,
                    2,
                    rows -> {
                        // Behind the large ones, which are taken in for it.
                        assertThat(rows.getString("tail")).isEqualTo("tail 2");
                        assertThat(rows.getBytes(2)).isEqualTo(BYTES);
                        assertThat(rows.getString(3)).isEqualTo(TEXT);
                        assertThat(rows.getInt(1)).isEqualTo(2);
                    });
            if (!autocommit) {
                c.commit();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "sqlite", "maria"})
    void areBlobsAndClobs(String kind) throws Exception {
        try (Connection c = connect(kind, true)) {
            insert(c, 1);
            Blob[] blob = new Blob[1];
            Clob[] clob = new Clob[1];
            look(
                    c,
                    1,
                    rows -> {
                        blob[0] = rows.getBlob(2);
                        assertThat(blob[0].length()).isEqualTo(SIZE);
                        clob[0] = rows.getClob(3);
                    });
            // The row was left: they were taken in.
            assertThat(blob[0].getBytes(SIZE - 9, 100))
                    .isEqualTo(java.util.Arrays.copyOfRange(BYTES, SIZE - 10, SIZE));
            byte[] pattern = java.util.Arrays.copyOfRange(BYTES, 2_000_000, 2_000_020);
            assertThat(blob[0].position(pattern, 17)).isEqualTo(2_000_001);
            assertThat(clob[0].length()).isEqualTo(TEXT.length());
            assertThat(clob[0].getSubString(6, 5)).isEqualTo(TEXT.substring(0, 5));
            assertThat(clob[0].position("xg", 6)).isEqualTo(10);
            try (InputStream in = blob[0].getBinaryStream()) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
            }
        }
    }

    /** What is half read holds the connection up that the next statement needs. */
    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "maria"})
    void aTransactionGoesOnBesideAHalfReadValue(String kind) throws Exception {
        try (Connection c = connect(kind, false)) {
            insert(c, 1);
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery("select data, id from large")) {
                rows.next();
                try (InputStream in = rows.getBinaryStream(1)) {
                    assertThat(in.readNBytes(100)).isEqualTo(java.util.Arrays.copyOf(BYTES, 100));
                    assertThat(ask(c, "select count(*) from large")).isEqualTo("1");
                    assertThat(in.readAllBytes()).hasSize(SIZE - 100);
                }
                assertThat(rows.getInt(2)).isEqualTo(1);
            }
            c.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "sqlite", "maria"})
    void aStreamThatFailsStoresNothing(String kind) throws Exception {
        try (Connection c = connect(kind, true);
                PreparedStatement s = c.prepareStatement(INSERT)) {
            IOException broken = new IOException("the disk is gone");
            s.setInt(1, 7);
            s.setBinaryStream(2, failing(broken), SIZE);
            s.setString(3, "words");
            s.setString(4, "tail");
            assertThatThrownBy(s::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasRootCause(broken);
            s.setBinaryStream(2, new ByteArrayInputStream(BYTES), SIZE + 1L);
            assertThat(state(s::executeUpdate)).isEqualTo("22026");
            assertThat(ask(c, "select count(*) from large")).isEqualTo("0");
            s.setBinaryStream(2, new ByteArrayInputStream(BYTES), SIZE);
            assertThat(s.executeUpdate()).isEqualTo(1);
            assertThat(state(s::executeUpdate)).isEqualTo("HY010");
        }
    }

    private static InputStream failing(IOException failure) {
        InputStream start = new ByteArrayInputStream(BYTES, 0, 2_000_000);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int b = start.read();
                if (b < 0) {
                    throw failure;
                }
                return b;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2"})
    void aCancelEndsAnUpload(String kind) throws Exception {
        try (Connection c = connect(kind, true);
                PreparedStatement s = c.prepareStatement(INSERT)) {
            InputStream endless =
                    new InputStream() {
                        private long read;

                        @Override
                        public int read() throws IOException {
                            read++;
                            if (read == 2_500_000) {
                                try {
                                    s.cancel();
                                } catch (SQLException e) {
                                    throw new IOException(e);
                                }
                            }
                            return 1;
                        }
                    };
            s.setInt(1, 7);
            s.setBinaryStream(2, endless, 50_000_000);
            s.setString(3, "words");
            s.setString(4, "tail");
            assertThat(state(s::executeUpdate)).isEqualTo("57014");
            assertThat(ask(c, "select count(*) from large")).isEqualTo("0");
        }
    }

    /** From one table to the other over the same connection, which has two backend connections. */
    @Test
    void aValueIsCopiedAsItComes() throws Exception {
        try (Connection c = connect("postgres", true)) {
            insert(c, 1);
            try (PreparedStatement to = c.prepareStatement(INSERT)) {
                look(
                        c,
                        1,
                        rows -> {
                            to.setInt(1, 2);
                            to.setBinaryStream(2, rows.getBinaryStream(2));
                            to.setString(3, "words");
                            to.setString(4, "tail");
                            to.executeUpdate();
                        });
            }
            look(c, 2, rows -> assertThat(rows.getBytes(2)).isEqualTo(BYTES));
        }
    }

    @Test
    void aBatchHoldsItsValues() throws Exception {
        try (Connection c = connect("postgres", true);
                PreparedStatement s = c.prepareStatement(INSERT)) {
            for (int i = 0; i < 3; i++) {
                s.setInt(1, i);
                s.setBinaryStream(2, new ByteArrayInputStream(BYTES));
                s.setCharacterStream(3, new StringReader(TEXT));
                s.setString(4, "tail");
                s.addBatch();
            }
            assertThat(s.executeBatch()).containsExactly(1, 1, 1);
            look(c, 2, rows -> assertThat(rows.getString(3)).isEqualTo(TEXT));
        }
    }
}
