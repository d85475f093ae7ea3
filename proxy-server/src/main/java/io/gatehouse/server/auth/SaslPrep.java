package io.gatehouse.server.auth;

import java.text.Normalizer;

/**
 * Brings a password to the form that clients compute with (RFC 4013). As in PostgreSQL, one that
 * holds a character which RFC 4013 prohibits is taken as it is.
 */
final class SaslPrep {
    private SaslPrep() {}

    /** Returns a new array. */
    static char[] prepare(char[] password) {
        if (isAscii(password)) {
            return password.clone();
        }
        StringBuilder mapped = new StringBuilder(password.length);
        for (char c : password) {
            if (Character.getType(c) == Character.SPACE_SEPARATOR || c == '\u200B') {
                mapped.append(' ');
            } else if (!isMappedToNothing(c)) {
                mapped.append(c);
            }
        }
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean prohibited = normal.isEmpty() || normal.codePoints().anyMatch(SaslPrep::prohibited);
        return prohibited ? password.clone() : normal.toCharArray();
    }

    private static boolean isAscii(char[] password) {
        for (char c : password) {
            if (c > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** RFC 3454, table B.1. */
    private static boolean isMappedToNothing(char c) {
        return c == '\u00AD'
                || c == '\u034F'
                || c == '\u1806'
                || (c >= '\u180B' && c <= '\u180D')
                || (c >= '\u200C' && c <= '\u200D')
                || c == '\u2060'
                || (c >= '\uFE00' && c <= '\uFE0F')
                || c == '\uFEFF';
    }

    /** RFC 4013, section 2.3, by the character's general category. */
    private static boolean prohibited(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> codePoint >= 0xFFF9 && codePoint <= 0xFFFD;
        };
    }
}
