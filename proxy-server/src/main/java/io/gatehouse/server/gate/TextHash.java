package io.gatehouse.server.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that may begin with a token of confirmation, and the hash of what is behind it. The hash
 * covers what decides on the tables that the text means: what was agreed to holds for them only.
 */
record TextHash(String token, String hash) {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*/\\*\\s*confirm:\\s*([0-9a-z]{1,13}-[0-9a-f]{1,64})\\s*\\*/");

    static TextHash of(String sql, Asking asking) {
        Matcher matcher = TOKEN.matcher(sql);
        boolean found = matcher.lookingAt();
        String rest = found ? sql.substring(matcher.end()) : sql;
        return new TextHash(found ? matcher.group(1) : "", hash(rest.strip(), asking));
    }

    private static String hash(String sql, Asking asking) {
        String schemas = String.join("\0", asking.path().schemas());
        String text = String.join("\0", sql, asking.asker().role(), schemas);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] all = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
