package io.gatehouse.server.execute;

import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.util.PGbytea;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.TimeZone;
import java.util.UUID;

/** Reads PostgreSQL's text format of one type. */
@FunctionalInterface
interface TextDecoder {
    void decode(byte[] buffer, int offset, int length, RowSink sink) throws SQLException;

    /** Of types whose text is handed on. */
    TextDecoder AS_IT_IS =
            (b, at, n, sink) -> sink.text(new String(b, at, n, StandardCharsets.UTF_8));

    TextDecoder BYTEA =
            (b, at, n, sink) -> sink.bytes(PGbytea.toBytes(Arrays.copyOfRange(b, at, at + n)));

    /** The decoder of a type; what has no typed method of the sink is handed on as text. */
    static TextDecoder of(int oid) {
        return switch (oid) {
            case WireTypes.BOOL -> (b, at, n, sink) -> sink.bool(b[at] == 't');
            case WireTypes.INT2 -> (b, at, n, sink) -> sink.int2((short) integer(b, at, n));
            case WireTypes.INT4 -> (b, at, n, sink) -> sink.int4((int) integer(b, at, n));
            case WireTypes.INT8 -> (b, at, n, sink) -> sink.int8(integer(b, at, n));
            case WireTypes.FLOAT4 ->
                    (b, at, n, sink) -> sink.float4(Float.parseFloat(ascii(b, at, n)));
            case WireTypes.FLOAT8 ->
                    (b, at, n, sink) -> sink.float8(Double.parseDouble(ascii(b, at, n)));
            case WireTypes.NUMERIC -> TextDecoder::numeric;
            case WireTypes.BYTEA -> BYTEA;
            case WireTypes.UUID -> (b, at, n, sink) -> sink.uuid(UUID.fromString(ascii(b, at, n)));
            case WireTypes.DATE,
                    WireTypes.TIME,
                    WireTypes.TIMETZ,
                    WireTypes.TIMESTAMP,
                    WireTypes.TIMESTAMPTZ ->
                    ofTime(oid);
            default -> AS_IT_IS;
        };
    }

    private static TextDecoder ofTime(int oid) {
        // Every text carries its own zone or has none: the zone given here is never used.
        TimestampUtils times = new TimestampUtils(false, () -> TimeZone.getTimeZone("UTC"));
        return switch (oid) {
            case WireTypes.DATE ->
                    (b, at, n, sink) ->
                            sink.date(times.toLocalDate(Arrays.copyOfRange(b, at, at + n)));
            case WireTypes.TIME ->
                    (b, at, n, sink) -> sink.time(times.toLocalTime(ascii(b, at, n)));
            case WireTypes.TIMETZ ->
                    (b, at, n, sink) -> sink.timeWithZone(times.toOffsetTime(ascii(b, at, n)));
            case WireTypes.TIMESTAMP ->
                    (b, at, n, sink) -> sink.timestamp(times.toLocalDateTime(ascii(b, at, n)));
            case WireTypes.TIMESTAMPTZ ->
                    (b, at, n, sink) ->
                            sink.timestampWithZone(times.toOffsetDateTime(ascii(b, at, n)));
            default -> throw new IllegalArgumentException("no type of a time: " + oid);
        };
    }

    private static void numeric(byte[] buffer, int offset, int length, RowSink sink) {
        char first = (char) buffer[offset];
        char second = length > 1 ? (char) buffer[offset + 1] : '0';
        String text = ascii(buffer, offset, length);
        if (first == 'N' || first == 'I' || second == 'I') {
            sink.numericSpecial(text);
        } else {
            sink.numeric(new BigDecimal(text));
        }
    }

    private static String ascii(byte[] buffer, int offset, int length) {
        return new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static long integer(byte[] buffer, int offset, int length) {
        boolean negative = buffer[offset] == '-';
        // Counted below zero, where the range is larger by one.
        long value = 0;
        for (int i = negative ? 1 : 0; i < length; i++) {
            value = value * 10 - (buffer[offset + i] - '0');
        }
        return negative ? value : -value;
    }
}
