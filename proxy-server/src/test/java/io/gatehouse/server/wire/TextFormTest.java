package io.gatehouse.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** Text as PostgreSQL prints it, through the writer of DataRow messages. */
final class TextFormTest {
    private static final int HEADER = 1 + 4 + 2 + 4;

    private static String text(int type, Consumer<RowWriter> value) {
        try (DataRowWriter writer =
                new DataRowWriter(
                        new int[] {type},
                        new boolean[] {false},
                        ZoneId.of("Asia/Kolkata"),
                        65536,
                        1 << 20)) {
            writer.startRow();
            value.accept(writer);
            writer.endRow();
            ByteBuf frames = writer.take().frames();
            assertThat(frames.getInt(1)).isEqualTo(frames.readableBytes() - 1);
            assertThat(frames.getInt(7)).isEqualTo(frames.readableBytes() - HEADER);
            String text = frames.skipBytes(HEADER).toString(StandardCharsets.UTF_8);
            frames.release();
            return text;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "100000, 100000",
        "1e14, 100000000000000",
        "1e15, 1e+15",
        "1e20, 1e+20",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-1.5, -1.5",
        "0.1, 0.1",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "4.9e-324, 5e-324",
        "123456789.125, 123456789.125",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity"
    })
    void doubles(double value, String text) {
        assertThat(text(Types.FLOAT8, w -> w.float8(value))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5",
        "1e6, 1e+06",
        "123456, 123456",
        "1234567, 1.234567e+06",
        "0.1, 0.1",
        "1.4e-45, 1e-45",
        "3.4028235e38, 3.4028235e+38"
    })
    void floats(float value, String text) {
        assertThat(text(Types.FLOAT4, w -> w.float4(value))).isEqualTo(text);
    }

    @Test
    void datesAndTimes() {
        assertThat(text(Types.DATE, w -> w.date(LocalDate.of(2026, 3, 4)))).isEqualTo("2026-03-04");
        assertThat(text(Types.DATE, w -> w.date(LocalDate.of(-43, 3, 15))))
                .isEqualTo("0044-03-15 BC");
        assertThat(text(Types.DATE, w -> w.date(LocalDate.of(12345, 1, 1))))
                .isEqualTo("12345-01-01");
        assertThat(text(Types.DATE, w -> w.date(LocalDate.MAX))).isEqualTo("infinity");
        assertThat(text(Types.TIME, w -> w.time(LocalTime.of(1, 2, 3, 120_000_000))))
                .isEqualTo("01:02:03.12");
        LocalDateTime caesar = LocalDateTime.of(-43, 3, 15, 10, 0, 0, 1_000);
        assertThat(text(Types.TIMESTAMP, w -> w.timestamp(caesar)))
                .isEqualTo("0044-03-15 10:00:00.000001 BC");
        OffsetTime time = OffsetTime.of(1, 2, 3, 0, ZoneOffset.ofHoursMinutes(-3, -30));
        assertThat(text(Types.TIMETZ, w -> w.timeWithZone(time))).isEqualTo("01:02:03-03:30");
        OffsetDateTime moment = OffsetDateTime.of(2026, 3, 4, 20, 0, 0, 0, ZoneOffset.UTC);
        assertThat(text(Types.TIMESTAMPTZ, w -> w.timestampWithZone(moment)))
                .isEqualTo("2026-03-05 01:30:00+05:30");
        assertThat(text(Types.TIMESTAMPTZ, w -> w.timestampWithZone(OffsetDateTime.MIN)))
                .isEqualTo("-infinity");
    }

    @Test
    void others() {
        assertThat(text(Types.BOOL, w -> w.bool(true))).isEqualTo("t");
        assertThat(text(Types.BYTEA, w -> w.bytes(new byte[] {0, -1, 16}))).isEqualTo("\\x00ff10");
        assertThat(text(Types.INT8, w -> w.int8(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(text(Types.NUMERIC, w -> w.numeric(new BigDecimal("1E+3")))).isEqualTo("1000");
        assertThat(text(Types.NUMERIC, w -> w.numeric(new BigDecimal("-0.50")))).isEqualTo("-0.50");
        assertThat(text(Types.TEXT, w -> w.text("é".repeat(1000)))).isEqualTo("é".repeat(1000));
    }

    @Test
    void aRowThatWouldOverfillAMessageMovesToTheNext() {
        try (RowsWriter writer = new RowsWriter(1, 1000, 1 << 20)) {
            writer.columns(new int[] {Types.TEXT});
            for (int i = 0; i < 3; i++) {
                writer.startRow();
                writer.text("x".repeat(400));
                writer.endRow();
                assertThat(writer.full()).isEqualTo(i == 2);
            }
            Backend.ExtRows first = (Backend.ExtRows) writer.take();
            assertThat(first.count()).isEqualTo(2);
            assertThat(first.length()).isLessThanOrEqualTo(1000);
            assertThat(writer.pendingRows()).isEqualTo(1);
            Backend.ExtRows second = (Backend.ExtRows) writer.take();
            assertThat(second.count()).isEqualTo(1);
            assertThat(second.frames().getInt(second.frames().readerIndex() + 11)).isEqualTo(400);
            first.release();
            second.release();
        }
    }
}
