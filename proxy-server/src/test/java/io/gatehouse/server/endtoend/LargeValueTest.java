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
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Values above what travels as a whole, on every kind: up and down in pieces. */
class LargeValueTest {
    private static LargeTable large;

    @BeforeAll
    static void start() throws Exception {
        large = new LargeTable();
    }

    @AfterAll
    static void stop() {
        large.close();
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
        try (Connection c = large.connect(kind, autocommit)) {
            LargeTable.insert(c, 1);
            LargeTable.insert(c, 2);
            LargeTable.look(
                    c,
                    1,
                    rows -> {
                        try (InputStream in = rows.getBinaryStream(2)) {
                            assertThat(in.readAllBytes()).isEqualTo(LargeTable.BYTES);
                        }
                        try (Reader in = rows.getCharacterStream(3)) {
                            assertThat(in.readAllAsString()).isEqualTo(LargeTable.TEXT);
                        }
                        assertThat(rows.getString(4)).isEqualTo("tail 1");
                    });
            LargeTable.look(
                    c,
                    2,
                    rows -> {
                        // Behind the large ones, which are taken in for it.
                        assertThat(rows.getString("tail")).isEqualTo("tail 2");
                        assertThat(rows.getBytes(2)).isEqualTo(LargeTable.BYTES);
                        assertThat(rows.getString(3)).isEqualTo(LargeTable.TEXT);
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
        try (Connection c = large.connect(kind, true)) {
            LargeTable.insert(c, 1);
            Blob[] blob = new Blob[1];
            Clob[] clob = new Clob[1];
            LargeTable.look(
                    c,
                    1,
                    rows -> {
                        blob[0] = rows.getBlob(2);
                        assertThat(blob[0].length()).isEqualTo(LargeTable.SIZE);
                        clob[0] = rows.getClob(3);
                    });
            // The row was left: they were taken in.
            assertThat(blob[0].getBytes(LargeTable.SIZE - 9, 100))
                    .isEqualTo(
                            java.util.Arrays.copyOfRange(
                                    LargeTable.BYTES, LargeTable.SIZE - 10, LargeTable.SIZE));
            byte[] pattern = java.util.Arrays.copyOfRange(LargeTable.BYTES, 2_000_000, 2_000_020);
            assertThat(blob[0].position(pattern, 17)).isEqualTo(2_000_001);
            assertThat(clob[0].length()).isEqualTo(LargeTable.TEXT.length());
            assertThat(clob[0].getSubString(6, 5)).isEqualTo(LargeTable.TEXT.substring(0, 5));
            assertThat(clob[0].position("xg", 6)).isEqualTo(10);
            try (InputStream in = blob[0].getBinaryStream()) {
                assertThat(in.readAllBytes()).isEqualTo(LargeTable.BYTES);
            }
        }
    }

    /** What is half read holds the connection up that the next statement needs. */
    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "maria"})
    void aTransactionGoesOnBesideAHalfReadValue(String kind) throws Exception {
        try (Connection c = large.connect(kind, false)) {
            LargeTable.insert(c, 1);
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery("select data, id from large")) {
                rows.next();
                try (InputStream in = rows.getBinaryStream(1)) {
                    assertThat(in.readNBytes(100))
                            .isEqualTo(java.util.Arrays.copyOf(LargeTable.BYTES, 100));
                    assertThat(ask(c, "select count(*) from large")).isEqualTo("1");
                    assertThat(in.readAllBytes()).hasSize(LargeTable.SIZE - 100);
                }
                assertThat(rows.getInt(2)).isEqualTo(1);
            }
            c.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "sqlite", "maria"})
    void aStreamThatFailsStoresNothing(String kind) throws Exception {
        try (Connection c = large.connect(kind, true);
                PreparedStatement s = c.prepareStatement(LargeTable.INSERT)) {
            IOException broken = new IOException("the disk is gone");
            s.setInt(1, 7);
            s.setBinaryStream(2, LargeTable.failing(broken), LargeTable.SIZE);
            s.setString(3, "words");
            s.setString(4, "tail");
            assertThatThrownBy(s::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasRootCause(broken);
            s.setBinaryStream(2, new ByteArrayInputStream(LargeTable.BYTES), LargeTable.SIZE + 1L);
            assertThat(state(s::executeUpdate)).isEqualTo("22026");
            assertThat(ask(c, "select count(*) from large")).isEqualTo("0");
            s.setBinaryStream(2, new ByteArrayInputStream(LargeTable.BYTES), LargeTable.SIZE);
            assertThat(s.executeUpdate()).isEqualTo(1);
            assertThat(state(s::executeUpdate)).isEqualTo("HY010");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2"})
    void aCancelEndsAnUpload(String kind) throws Exception {
        try (Connection c = large.connect(kind, true);
                PreparedStatement s = c.prepareStatement(LargeTable.INSERT)) {
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
        try (Connection c = large.connect("postgres", true)) {
            LargeTable.insert(c, 1);
            try (PreparedStatement to = c.prepareStatement(LargeTable.INSERT)) {
                LargeTable.look(
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
            LargeTable.look(c, 2, rows -> assertThat(rows.getBytes(2)).isEqualTo(LargeTable.BYTES));
        }
    }
}
