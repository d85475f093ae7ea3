package io.gatehouse.server.soak;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** Selects whose every row the client can check. */
final class Reads {
    private Reads() {}

    /** The value that belongs to a key. */
    static String fact(int key) {
        try {
            byte[] text = Integer.toString(key).getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static void point(Visit v) throws SQLException {
        int key = v.random.nextInt(Books.FACTS);
        PreparedStatement s = v.prepared("select key, val from facts where key = ?");
        s.setInt(1, key);
        try (ResultSet rows = s.executeQuery()) {
            v.must(rows.next(), "no row for key " + key);
            check(v, rows, key);
            v.must(!rows.next(), "two rows for key " + key);
        }
    }

    /** A cursor that is read at once, slowly, or not to its end. */
    static void range(Visit v) throws SQLException {
        int from = v.random.nextInt(Books.FACTS - 1_000);
        int length = 1 + v.random.nextInt(v.oneIn(5) ? 1_000 : 60);
        boolean transaction = v.oneIn(2);
        v.connection.setAutoCommit(!transaction);
        PreparedStatement s =
                v.prepared("select key, val from facts where key >= ? and key < ? order by key");
        s.setFetchSize(v.oneIn(4) ? 0 : 1 + v.random.nextInt(20));
        s.setInt(1, from);
        s.setInt(2, from + length);
        int stop = v.oneIn(4) ? v.random.nextInt(length) : Integer.MAX_VALUE;
        boolean slow = v.oneIn(6);
        int seen = 0;
        try (ResultSet rows = s.executeQuery()) {
            while (seen < stop && rows.next()) {
                check(v, rows, from + seen);
                seen++;
                if (slow && seen % 16 == 0) {
                    v.pause(4);
                }
            }
        }
        v.must(seen == Math.min(stop, length), "rows of " + length + " that came: " + seen);
        if (transaction) {
            v.note("end of the read");
            if (v.oneIn(2)) {
                v.connection.commit();
            } else {
                v.connection.rollback();
            }
            v.connection.setAutoCommit(true);
        }
    }

    private static void check(Visit v, ResultSet rows, int key) throws SQLException {
        v.must(rows.getInt(1) == key, "key " + key + " wanted, got " + rows.getInt(1));
        v.must(fact(key).equals(rows.getString(2)), "a wrong value at key " + key);
    }
}
