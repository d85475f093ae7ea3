package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.UUID;

/**
 * Where the results of one call go. Called by one worker at a time. The order of calls is: {@code
 * parameters}; or, for each result, {@code columns}, then for each row {@code startRow}, one value
 * per column and {@code endRow}, then {@code endRows}; or {@code count}; or {@code batchCounts}.
 */
public interface RowSink {
    /** Which kind of rows follow. */
    enum Kind {
        RESULT,
        GENERATED_KEYS,
        /** One row of a call's OUT parameters. */
        OUT_PARAMETERS,
        /** The rows of a cursor that is an OUT parameter. */
        CURSOR
    }

    /** Bytes of the largest row that it takes, as it writes them. */
    int largestRow();

    /** Whether {@link #columns} has to be told all that the backend knows, at any cost. */
    default boolean needsDetail() {
        return false;
    }

    void columns(Kind kind, boolean fullDetail, List<Column> columns);

    void startRow();

    void nul();

    void bool(boolean value);

    void int2(short value);

    void int4(int value);

    void int8(long value);

    void float4(float value);

    void float8(double value);

    void numeric(BigDecimal value);

    /** A numeric that is no number: {@code NaN}, {@code Infinity} or {@code -Infinity}. */
    void numericSpecial(String value);

    /** A date or time with a day that no calendar has, such as {@code 0000-00-00}, as text. */
    void noDay(String value);

    /** Text of any textual or untyped column. */
    void text(String value);

    void bytes(byte[] value);

    /**
     * Bytes above which a value is to be given in pieces; {@code Integer.MAX_VALUE} for a sink that
     * takes whole values only, for which the methods of pieces are never called.
     */
    default int wholeValue() {
        return Integer.MAX_VALUE;
    }

    /**
     * Begins a value of a bytea or textual column that is given in pieces: bytes, or UTF-8.
     *
     * @param size bytes of a bytea, characters of a text; -1 where that is not known
     */
    default void startPieces(long size) {
        throw wholeOnly();
    }

    /**
     * One piece, which is not empty. Blocks while the client wants none.
     *
     * @return false when the client no longer wants any: the rest may be left out
     */
    default boolean piece(byte[] bytes, int offset, int length) throws InterruptedException {
        throw wholeOnly();
    }

    default void endPieces() {
        throw wholeOnly();
    }

    private static IllegalStateException wholeOnly() {
        return new IllegalStateException("this sink takes whole values only");
    }

    void uuid(UUID value);

    /** {@link LocalDate#MAX} and {@link LocalDate#MIN} stand for the infinities. */
    void date(LocalDate value);

    void time(LocalTime value);

    void timeWithZone(OffsetTime value);

    /** {@link LocalDateTime#MAX} and {@link LocalDateTime#MIN} stand for the infinities. */
    void timestamp(LocalDateTime value);

    /** {@link OffsetDateTime#MAX} and {@link OffsetDateTime#MIN} stand for the infinities. */
    void timestampWithZone(OffsetDateTime value);

    /**
     * Ends the row.
     *
     * @return whether the client wants another row now; on false the worker stops reading the
     *     cursor and either suspends or calls {@link #awaitDemand}
     */
    boolean endRow();

    /**
     * Whether {@link #awaitDemand} may be used. Where it may not, the connection has other work to
     * do while the client does not read: the cursor must be one that can be set aside.
     */
    boolean mayBlock();

    /**
     * Blocks the worker until the client wants rows again, for backends whose cursor cannot be left
     * and taken up again.
     *
     * @return false when the client no longer wants any: the worker abandons the cursor
     */
    boolean awaitDemand() throws InterruptedException;

    /**
     * @param complete false when rows were left unread because of a row limit
     */
    void endRows(boolean complete);

    void count(long updateCount);

    void batchCounts(long[] counts);

    void parameters(List<ParameterInfo> parameters);

    /** A warning of the backend. */
    void warning(Fault warning);
}
