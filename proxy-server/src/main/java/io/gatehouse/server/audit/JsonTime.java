package io.gatehouse.server.audit;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.time.Instant;

/**
 * The first member of every record, as {@link Instant#toString} has it. Remembers the second, which
 * many records share. Used by one thread at a time.
 */
final class JsonTime {
    private static final int MOST_DIGITS = 9;

    private final char[] fraction = new char[1 + MOST_DIGITS];
    private long second;
    private String start = start(0);

    void write(JsonGenerator json, Instant time) throws IOException {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            start = start(second);
        }
        json.writeRaw(start);
        if (time.getNano() != 0) {
            json.writeRaw(fraction, 0, fraction(time.getNano()));
        }
        json.writeRaw("Z\"");
    }

    private static String start(long second) {
        String whole = Instant.ofEpochSecond(second).toString();
        return "\"time\":\"" + whole.substring(0, whole.length() - 1);
    }

    /** In groups of three digits, as many as it takes; gives how long it is. */
    private int fraction(int nanos) {
        fraction[0] = '.';
        int rest = nanos;
        for (int i = MOST_DIGITS; i > 0; i--) {
            fraction[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : MOST_DIGITS;
        return 1 + digits;
    }
}
