package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Large values in batches, and those that an application puts together itself. */
class LargeParameterTest {
    private static LargeTable large;

    @BeforeAll
    static void start() throws Exception {
        large = new LargeTable();
    }

    @AfterAll
    static void stop() {
        large.close();
    }

    private static void add(PreparedStatement s, int id, InputStream data, String words)
            throws SQLException {
        s.setInt(1, id);
        s.setBinaryStream(2, data);
        s.setCharacterStream(3, new StringReader(words));
        s.setString(4, "tail " + id);
        s.addBatch();
    }

    private static InputStream bytes(int size) {
        return new ByteArrayInputStream(LargeTable.BYTES, 0, size);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, true",
        "postgres, false",
        "h2, true",
        "h2, false",
        "sqlite, true",
        "maria, true",
        "maria, false"
    })
    void aBatchReadsItsStreamsInTurn(String kind, boolean autocommit) throws Exception {
        try (Connection c = large.connect(kind, autocommit);
                PreparedStatement s = c.prepareStatement(LargeTable.INSERT)) {
            add(s, 0, bytes(5), "short");
            add(s, 1, bytes(6), "short");
            add(s, 2, bytes(LargeTable.SIZE), LargeTable.TEXT);
            add(s, 3, bytes(LargeTable.SIZE), "short");
            add(s, 4, bytes(7), "short");
            assertThat(s.executeBatch()).containsExactly(1, 1, 1, 1, 1);
            LargeTable.look(c, 2, rows -> assertThat(rows.getString(3)).isEqualTo(LargeTable.TEXT));
            LargeTable.look(c, 3, rows -> assertThat(rows.getBytes(2)).isEqualTo(LargeTable.BYTES));
            LargeTable.look(c, 4, rows -> assertThat(rows.getBytes(2)).hasSize(7));
            add(s, 5, bytes(LargeTable.SIZE), "short");
            assertThat(state(s::addBatch)).isEqualTo("HY010");
            assertThat(s.executeBatch()).containsExactly(1);
            assertThat(ask(c, "select count(*) from large")).isEqualTo("6");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "sqlite", "maria"})
    void aStreamThatFailsEndsItsBatch(String kind) throws Exception {
        try (Connection c = large.connect(kind, false);
                PreparedStatement s = c.prepareStatement(LargeTable.INSERT)) {
            IOException broken = new IOException("the disk is gone");
            add(s, 0, bytes(5), "short");
            add(s, 1, LargeTable.failing(broken), "short");
            add(s, 2, bytes(LargeTable.SIZE), "short");
            assertThatThrownBy(s::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .hasRootCause(broken);
            c.rollback();
            add(s, 3, bytes(LargeTable.SIZE), "short");
            assertThat(s.executeBatch()).containsExactly(1);
            assertThat(ask(c, "select id from large")).isEqualTo("3");
            c.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "sqlite", "maria"})
    void whatAnApplicationPutsTogetherGoesUp(String kind) throws Exception {
        try (Connection c = large.connect(kind, true);
                PreparedStatement s = c.prepareStatement(LargeTable.INSERT)) {
            Blob blob = c.createBlob();
            try (OutputStream out = blob.setBinaryStream(1)) {
                out.write(LargeTable.BYTES);
            }
            blob.setBytes(2_000_000, new byte[] {1, 2, 3});
            Clob clob = c.createClob();
            try (Writer out = clob.setCharacterStream(1)) {
                out.write(LargeTable.TEXT);
            }
            clob.setString(1, "changed");
            byte[] expected = LargeTable.BYTES.clone();
            System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 1_999_999, 3);
            assertThat(blob.length()).isEqualTo(LargeTable.SIZE);
            assertThat(blob.position(new byte[] {1, 2, 3}, 1_999_990)).isEqualTo(2_000_000);
            s.setInt(1, 1);
            s.setBlob(2, blob);
            s.setClob(3, clob);
            s.setString(4, "tail");
            // Whoever frees them early has given them to the statement already.
            blob.free();
            clob.free();
            assertThat(s.executeUpdate()).isEqualTo(1);
            LargeTable.look(
                    c,
                    1,
                    rows -> {
                        assertThat(rows.getBytes(2)).isEqualTo(expected);
                        assertThat(rows.getString(3))
                                .isEqualTo("changed" + LargeTable.TEXT.substring(7));
                    });
        }
    }

    @Test
    void aPartOfALargeTextIsAStream() throws Exception {
        try (Connection c = large.connect("h2", true)) {
            LargeTable.insert(c, 1);
            LargeTable.look(
                    c,
                    1,
                    rows -> {
                        Clob clob = rows.getClob(3);
                        try (Reader in = clob.getCharacterStream(6, 2_000_000)) {
                            assertThat(in.readAllAsString())
                                    .isEqualTo(LargeTable.TEXT.substring(5, 2_000_005));
                        }
                        assertThat(state(() -> clob.getCharacterStream(0, 1))).isEqualTo("22023");
                    });
        }
    }
}
