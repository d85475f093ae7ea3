package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Random;

import javax.sql.rowset.serial.SerialClob;

/** PostgreSQL's large objects: columns of numbers that are read and written as Blob and Clob. */
class LargeObjectTest {
    private static final String INSERT = "insert into scan values (1, ?, ?)";
    private static final String SELECT = "select picture, words from scan where id = 1";

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive().serve("one", Database.postgres(), 1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void table() throws Exception {
        Database.postgres()
                .prepare(
                        "drop table if exists scan",
                        "create table scan (id integer primary key, picture oid, words oid)");
    }

    private static Connection manual() throws SQLException {
        Connection c = broker.connect("one");
        c.setAutoCommit(false);
        return c;
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static void store(Connection c, byte[] picture, String words) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setBlob(1, new ByteArrayInputStream(picture));
            s.setClob(2, new SerialClob(words.toCharArray()));
            s.executeUpdate();
        }
        c.commit();
    }

    private static void looks(Connection c, byte[] picture, String words) throws Exception {
        try (PreparedStatement s = c.prepareStatement(SELECT);
                ResultSet rows = s.executeQuery()) {
            rows.next();
            Blob blob = rows.getBlob("picture");
            assertThat(blob.getBytes(1, (int) blob.length())).isEqualTo(picture);
            assertThat(rows.getObject(1, Blob.class).length()).isEqualTo(picture.length);
            try (Reader text = rows.getClob("words").getCharacterStream()) {
                assertThat(text.readAllAsString()).isEqualTo(words);
            }
            assertThat(rows.getObject(1)).isInstanceOf(Long.class);
        }
    }

    @Test
    void areWrittenAndReadInPieces() throws Exception {
        byte[] picture = noise(3_000_000);
        String words = "ü1".repeat(20_000);
        try (Connection c = manual()) {
            store(c, picture, words);
            looks(c, picture, words);
        }
        try (Connection c = Database.postgres().direct()) {
            c.setAutoCommit(false);
            looks(c, picture, words);
        }
    }

    @Test
    void ofTheVendorsDriverAreRead() throws Exception {
        try (Connection c = Database.postgres().direct()) {
            c.setAutoCommit(false);
            store(c, noise(5_000), "words");
        }
        try (Connection c = manual()) {
            looks(c, noise(5_000), "words");
        }
    }

    @Test
    void mayBeEmptyOrNull() throws Exception {
        try (Connection c = manual();
                PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setBlob(1, new ByteArrayInputStream(new byte[0]));
            s.setNull(2, Types.CLOB);
            s.executeUpdate();
            try (PreparedStatement look = c.prepareStatement(SELECT);
                    ResultSet rows = look.executeQuery()) {
                rows.next();
                assertThat(rows.getBlob(1).length()).isZero();
                assertThat(rows.getClob(2)).isNull();
                assertThat(rows.wasNull()).isTrue();
            }
        }
    }

    @Test
    void areGoneWithTheirTransaction() throws Exception {
        String count = "select count(*) from pg_largeobject_metadata";
        try (Connection c = manual();
                PreparedStatement s = c.prepareStatement(INSERT)) {
            String before = ask(c, count);
            s.setBlob(1, new ByteArrayInputStream(noise(10)), 10);
            s.setBlob(2, new ByteArrayInputStream(noise(10)), 5);
            s.executeUpdate();
            assertThat(ask(c, count)).isNotEqualTo(before);
            c.rollback();
            assertThat(ask(c, count)).isEqualTo(before);
        }
    }

    @Test
    void needATransactionAsWithTheVendorsDriver() throws Exception {
        for (Connection c :
                new Connection[] {broker.connect("one"), Database.postgres().direct()}) {
            try (c;
                    PreparedStatement s = c.prepareStatement(INSERT)) {
                assertThatThrownBy(() -> s.setBlob(1, new ByteArrayInputStream(noise(10))))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("25P01"));
            }
        }
    }

    @Test
    void areSubjectToThePolicy() throws Exception {
        try (Connection c = Database.postgres().direct()) {
            c.setAutoCommit(false);
            store(c, noise(10), "words");
        }
        try (TestBroker guarded =
                        TestBroker.withDefaultPolicy().serve("one", Database.postgres(), 1);
                Connection c = guarded.connect("one");
                PreparedStatement s = c.prepareStatement(SELECT);
                ResultSet rows = s.executeQuery()) {
            rows.next();
            assertThat(rows.getLong(1)).isPositive();
            assertThatThrownBy(() -> rows.getBlob(1))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }
}
