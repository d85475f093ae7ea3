package io.gatehouse.server.wire;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;

/**
 * Turns the values of rows into bytes of messages. For each row: {@link #startRow}, one value per
 * column, {@link #endRow}. When {@link #full}, what is there is {@linkplain #take taken} and sent;
 * at the end of the rows it is taken until nothing is pending. Used by one thread at a time.
 *
 * <p>A value method that does not fit the column's type throws {@link IllegalStateException}. A row
 * above the limit throws {@code GatehouseException} with 54000; the writer must then be closed.
 */
public sealed interface RowWriter extends AutoCloseable permits RowsWriter, DataRowWriter {
    void startRow();

    void nul();

    void bool(boolean value);

    void int2(short value);

    void int4(int value);

    void int8(long value);

    void float4(float value);

    void float8(double value);

    void numeric(BigDecimal value);

    /** {@code NaN}, {@code Infinity} or {@code -Infinity}. */
    void numericSpecial(String value);

    /** A date or time with a day that no calendar has, as text. */
    void noDay(String value);

    /** For every type that the wire carries as text. */
    void text(String value);

    void bytes(byte[] value);

    void uuid(UUID value);

    /** {@link LocalDate#MAX} and {@link LocalDate#MIN} stand for the infinities. */
    void date(LocalDate value);

    void time(LocalTime value);

    void timeWithZone(OffsetTime value);

    /** {@link LocalDateTime#MAX} and {@link LocalDateTime#MIN} stand for the infinities. */
    void timestamp(LocalDateTime value);

    /** {@link OffsetDateTime#MAX} and {@link OffsetDateTime#MIN} stand for the infinities. */
    void timestampWithZone(OffsetDateTime value);

    void endRow();

    /** Bytes written and not yet taken. */
    int pendingBytes();

    /** Rows ended and not yet taken. */
    int pendingRows();

    /** Whether it is time to {@link #take}. */
    boolean full();

    /**
     * Takes rows out as something to send; ownership of its memory passes. One row may stay pending
     * when it would have made the message too large.
     *
     * @throws IllegalStateException when no row is pending
     */
    Backend.Rows take();

    /** Releases what is pending. May be called more than once. */
    @Override
    void close();
}
