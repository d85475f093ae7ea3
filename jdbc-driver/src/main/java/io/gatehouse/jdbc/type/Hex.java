package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.sql.SQLException;

/** Bytes as PostgreSQL writes them: {@code \x00ff}. */
public final class Hex {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    /** Bytes as a text. */
    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 + bytes.length * 2).append("\\x");
        for (byte b : bytes) {
            text.append(DIGITS[(b >> 4) & 15]).append(DIGITS[b & 15]);
        }
        return text.toString();
    }

    /** The bytes of a text. */
    public static byte[] bytes(String text) throws SQLException {
        if (!text.startsWith("\\x") || text.length() % 2 != 0) {
            throw Faults.badText("bytes", null);
        }
        byte[] bytes = new byte[text.length() / 2 - 1];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(2 + i * 2), 16);
            int low = Character.digit(text.charAt(3 + i * 2), 16);
            if (high < 0 || low < 0) {
                throw Faults.badText("bytes", null);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
