package io.gatehouse.policy.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Writes a text without its literals and comments, for audit records and fingerprints. */
final class LiteralFree {
    private static final int FINGERPRINT_BYTES = 8;

    private LiteralFree() {}

    static String text(List<Token> tokens) {
        StringBuilder out = new StringBuilder();
        int pendingList = -1;
        boolean tight = true;
        for (Token token : withoutLastSeparators(tokens)) {
            if (!tight && !clings(token)) {
                out.append(' ');
            }
            switch (token.kind()) {
                case STRING, NUMBER, PARAMETER -> {
                    // "?, ?, ?" of any length is one shape.
                    if (pendingList >= 0 && endsWith(out, ", ")) {
                        out.setLength(pendingList);
                        out.append(", ...");
                    } else {
                        out.append('?');
                        pendingList = out.length();
                    }
                }
                case WORD -> out.append(Letters.lower(token.text()));
                case NAME -> out.append('"').append(token.text()).append('"');
                case VARIABLE, OPERATOR, MARK -> out.append(token.text());
            }
            if (pendingList >= 0 && !literal(token) && !token.mark(',')) {
                pendingList = -1;
            }
            tight = token.mark('(') || token.mark('.') || token.mark('[');
        }
        return out.toString();
    }

    private static List<Token> withoutLastSeparators(List<Token> tokens) {
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).mark(';')) {
            end--;
        }
        return tokens.subList(0, end);
    }

    private static boolean literal(Token token) {
        return token.kind() == Token.Kind.STRING
                || token.kind() == Token.Kind.NUMBER
                || token.kind() == Token.Kind.PARAMETER;
    }

    private static boolean endsWith(StringBuilder out, String end) {
        int at = out.length() - end.length();
        return at >= 0 && out.indexOf(end, at) == at;
    }

    private static boolean clings(Token token) {
        return token.kind() == Token.Kind.MARK && "),.;([]".contains(token.text());
    }

    static String fingerprint(String normalized) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(normalized.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
