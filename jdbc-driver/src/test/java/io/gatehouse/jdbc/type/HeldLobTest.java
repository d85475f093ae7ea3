package io.gatehouse.jdbc.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;

/** What an application puts together is the same in memory and beyond it. */
class HeldLobTest {
    private static final int LARGE = 3_000_000;

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String text(Reader in) throws Exception {
        StringWriter out = new StringWriter();
        try (in) {
            in.transferTo(out);
        }
        return out.toString();
    }

    @Test
    void bytesGrowBeyondMemory() throws Exception {
        byte[] expected = noise(LARGE);
        Blob blob = new HeldBlob(Manner.STANDARD, new byte[0]);
        try (OutputStream out = blob.setBinaryStream(1)) {
            out.write(expected, 0, 10);
            out.write(expected, 10, LARGE - 10);
        }
        assertThat(blob.length()).isEqualTo(LARGE);
        blob.setBytes(2_000_001, new byte[] {9, 8, 7, 6}, 1, 2);
        expected[2_000_000] = 8;
        expected[2_000_001] = 7;
        try (InputStream in = blob.getBinaryStream()) {
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
        try (InputStream in = blob.getBinaryStream(2_000_000, 5)) {
            assertThat(in.readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(expected, 1_999_999, 2_000_004));
        }
        assertThat(blob.getBytes(LARGE, 100)).containsExactly(expected[LARGE - 1]);
        byte[] pattern = Arrays.copyOfRange(expected, 2_500_000, 2_500_010);
        assertThat(blob.position(pattern, 1)).isEqualTo(2_500_001);
        assertThat(blob.position(pattern, 2_500_002)).isEqualTo(-1);
        blob.truncate(20);
        assertThat(blob.getBytes(1, LARGE)).isEqualTo(Arrays.copyOf(expected, 20));
        blob.setBytes(21, new byte[] {1});
        assertThat(blob.length()).isEqualTo(21);
    }

    @Test
    void aTextGrowsBeyondMemory() throws Exception {
        String expected = "g\u00fc\ud83d\ude00x".repeat(LARGE / 5);
        Clob clob = new HeldClob(Manner.STANDARD, "");
        try (Writer out = clob.setCharacterStream(1)) {
            out.write(expected);
        }
        assertThat(clob.length()).isEqualTo(expected.length());
        assertThat(text(clob.getCharacterStream())).isEqualTo(expected);
        // In the middle of a character of two.
        assertThat(clob.getSubString(2_000_004, 3))
                .isEqualTo(expected.substring(2_000_003, 2_000_006));
        assertThat(text(clob.getCharacterStream(6, 1_500_000)))
                .isEqualTo(expected.substring(5, 1_500_005));
        assertThat(clob.position("xg", 1_000_001)).isEqualTo(1_000_005);
        clob.setString(1, "ab");
        assertThat(clob.getSubString(1, 3)).isEqualTo("ab\ud83d");
        clob.truncate(2);
        try (OutputStream out = clob.setAsciiStream(3)) {
            out.write("cd".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(clob.getSubString(1, 9)).isEqualTo("abcd");
    }

    /** A character of two code units is one that ASCII does not have. */
    @Test
    void anAsciiStreamHasAMarkForEachOtherCharacter() throws Exception {
        try (InputStream in =
                new HeldClob(Manner.STANDARD, "a\u00fc\ud83d\ude00b").getAsciiStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("a??b");
        }
    }

    @Test
    void aStreamOutlivesItsFreedBlob() throws Exception {
        byte[] expected = noise(LARGE);
        Blob blob = new HeldBlob(Manner.STANDARD, new byte[0]);
        blob.setBytes(1, expected);
        try (InputStream in = blob.getBinaryStream()) {
            blob.free();
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
        assertThatThrownBy(blob::length)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY010"));
    }
}
