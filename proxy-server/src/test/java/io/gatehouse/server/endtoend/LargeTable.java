package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;

/** A table for values above what travels as a whole, on every kind. */
final class LargeTable implements AutoCloseable {
    static final int SIZE = 3_000_001;
    static final byte[] BYTES = noise();
    static final String TEXT = "g\u00fc\ud83d\ude00x".repeat(SIZE / 5);
    static final String INSERT = "insert into large values (?, ?, ?, ?)";
    private static final String SELECT = "select id, data, words, tail from large where id = ?";

    private static final Map<String, String> TABLES =
            Map.of(
                    "postgres", "data bytea, words text",
                    "h2", "data blob, words clob",
                    "sqlite", "data blob, words text",
                    "maria", "data longblob, words longtext character set utf8mb4");

    private final TestBroker broker;

    LargeTable() throws Exception {
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

    @Override
    public void close() {
        broker.close();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    Connection connect(String kind, boolean autocommit) throws SQLException {
        Connection c = broker.connect(kind);
        c.setAutoCommit(autocommit);
        try (Statement s = c.createStatement()) {
            s.execute("delete from large");
        }
        return c;
    }

    static void insert(Connection c, int id) throws SQLException {
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

    interface Look {
        void at(ResultSet rows) throws Exception;
    }

    static void look(Connection c, int id, Look look) throws Exception {
        try (PreparedStatement s = c.prepareStatement(SELECT)) {
            s.setInt(1, id);
            try (ResultSet rows = s.executeQuery()) {
                assertThat(rows.next()).isTrue();
                look.at(rows);
                assertThat(rows.next()).isFalse();
            }
        }
    }

    static InputStream failing(IOException failure) {
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
}
