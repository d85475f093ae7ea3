package io.gatehouse.server.wire;

import io.netty.buffer.Unpooled;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** The rows of the vectors, through the writer that sessions use. */
final class RowSamples {
    private static final LocalDateTime MOMENT = LocalDateTime.of(2026, 3, 4, 5, 6, 7, 123_456_000);

    private RowSamples() {}

    static Backend.Rows of(String name) {
        int request =
                switch (name) {
                    case "Rows" -> 1;
                    case "Rows.types" -> 2;
                    case "Rows.infinity" -> 3;
                    default -> 4;
                };
        try (RowsWriter writer = new RowsWriter(request, 65536, 65536)) {
            switch (name) {
                case "Rows" -> two(writer);
                case "Rows.types" -> types(writer);
                case "Rows.infinity" -> infinity(writer);
                default -> numeric(writer);
            }
            return writer.take();
        }
    }

    static Backend.Rows part(String name) {
        try (RowsWriter writer = new RowsWriter(1, 65536, 65536)) {
            writer.columns(new int[] {Types.INT4, Types.BYTEA, Types.VARCHAR});
            writer.startRow();
            writer.int4(1);
            writer.startPieces(5);
            writer.piece(new byte[] {0, 1, 2, 3}, 1, 3);
            Backend.Rows first = writer.takeOpen();
            if (name.equals("Part")) {
                return first;
            }
            first.release();
            writer.piece(new byte[] {4, 5}, 0, 2);
            writer.endPieces();
            writer.nul();
            writer.endRow();
            return writer.take();
        }
    }

    /** No writer makes such a message: it stands for what a reader must bear. */
    static Backend.Rows empty() {
        byte[] bytes = {'o', 0, 0, 0, 10, 0, 0, 0, 5, 0, 0};
        return new Backend.ExtRows(Unpooled.wrappedBuffer(bytes), 0, 10);
    }

    private static void two(RowsWriter writer) {
        writer.columns(new int[] {Types.INT4, Types.VARCHAR});
        writer.startRow();
        writer.int4(42);
        writer.text("abc");
        writer.endRow();
        writer.startRow();
        writer.nul();
        writer.text("");
        writer.endRow();
    }

    private static void types(RowsWriter writer) {
        writer.columns(
                new int[] {
                    16,
                    17,
                    20,
                    21,
                    25,
                    700,
                    701,
                    1082,
                    1083,
                    1114,
                    1184,
                    1266,
                    1700,
                    2950,
                    3802,
                    1195900929,
                    1195900930,
                    1195900931,
                    1195900932,
                    600
                });
        writer.startRow();
        writer.bool(true);
        writer.bytes(new byte[] {0, -1, 0x7f});
        writer.int8(Long.MIN_VALUE);
        writer.int2((short) -1);
        writer.text("héllo€😀");
        writer.float4(1.5f);
        writer.float8(-0.1);
        writer.date(LocalDate.of(2026, 3, 4));
        writer.time(LocalTime.of(1, 2, 3, 1_999));
        writer.timestamp(MOMENT);
        writer.timestampWithZone(
                OffsetDateTime.of(2000, 1, 1, 0, 59, 59, 999_999_999, ZoneOffset.ofHours(1)));
        writer.timeWithZone(OffsetTime.of(1, 2, 3, 1_000, ZoneOffset.ofHours(2)));
        writer.numeric(new BigDecimal("-12345.678"));
        writer.uuid(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
        writer.text("{\"a\": 1}");
        writer.time(LocalTime.of(1, 2, 3, 1));
        writer.timestamp(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999));
        writer.timestampWithZone(OffsetDateTime.of(1970, 1, 1, 0, 0, 1, 2, ZoneOffset.ofHours(1)));
        writer.timeWithZone(OffsetTime.of(0, 0, 0, 1, ZoneOffset.ofHoursMinutes(-1, -30)));
        writer.bytes("POINT(1 2)".getBytes(StandardCharsets.UTF_8));
        writer.endRow();
    }

    private static void infinity(RowsWriter writer) {
        writer.columns(new int[] {1082, 1082, 1114, 1114, 1184, 1184});
        writer.startRow();
        writer.date(LocalDate.MAX);
        writer.date(LocalDate.MIN);
        writer.timestamp(LocalDateTime.MAX);
        writer.timestamp(LocalDateTime.MIN);
        writer.timestampWithZone(OffsetDateTime.MAX);
        writer.timestampWithZone(OffsetDateTime.MIN);
        writer.endRow();
    }

    private static void numeric(RowsWriter writer) {
        int[] types = new int[14];
        Arrays.fill(types, Types.NUMERIC);
        writer.columns(types);
        writer.startRow();
        for (String number :
                new String[] {
                    "0",
                    "0.00",
                    "1",
                    "10000",
                    "0.0001",
                    "0.0000100",
                    "-123456789",
                    "92233720368547758079.0"
                }) {
            writer.numeric(new BigDecimal(number));
        }
        writer.numericSpecial("NaN");
        writer.numericSpecial("Infinity");
        writer.numericSpecial("-Infinity");
        writer.int4(5);
        writer.numeric(new BigDecimal("1.5"));
        writer.numeric(new BigDecimal("1E100"));
        writer.endRow();
    }
}
