package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Rows that were read ahead, to be given to their sink later. */
final class Spool implements RowSink {
    private final ArrayDeque<List<Consumer<RowSink>>> rows = new ArrayDeque<>();
    private List<Consumer<RowSink>> row = new ArrayList<>();

    /** Gives the next row out, up to but without its end. */
    boolean give(RowSink sink) {
        @Nullable List<Consumer<RowSink>> next = rows.poll();
        if (next == null) {
            return false;
        }
        sink.startRow();
        next.forEach(value -> value.accept(sink));
        return true;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public int largestRow() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void startRow() {
        row = new ArrayList<>();
    }

    @Override
    public boolean endRow() {
        rows.add(row);
        return true;
    }

    @Override
    public void nul() {
        row.add(RowSink::nul);
    }

    @Override
    public void bool(boolean value) {
        row.add(sink -> sink.bool(value));
    }

    @Override
    public void int2(short value) {
        row.add(sink -> sink.int2(value));
    }

    @Override
    public void int4(int value) {
        row.add(sink -> sink.int4(value));
    }

    @Override
    public void int8(long value) {
        row.add(sink -> sink.int8(value));
    }

    @Override
    public void float4(float value) {
        row.add(sink -> sink.float4(value));
    }

    @Override
    public void float8(double value) {
        row.add(sink -> sink.float8(value));
    }

    @Override
    public void numeric(BigDecimal value) {
        row.add(sink -> sink.numeric(value));
    }

    @Override
    public void numericSpecial(String value) {
        row.add(sink -> sink.numericSpecial(value));
    }

    @Override
    public void noDay(String value) {
        row.add(sink -> sink.noDay(value));
    }

    @Override
    public void text(String value) {
        row.add(sink -> sink.text(value));
    }

    @Override
    public void bytes(byte[] value) {
        row.add(sink -> sink.bytes(value));
    }

    @Override
    public void uuid(UUID value) {
        row.add(sink -> sink.uuid(value));
    }

    @Override
    public void date(LocalDate value) {
        row.add(sink -> sink.date(value));
    }

    @Override
    public void time(LocalTime value) {
        row.add(sink -> sink.time(value));
    }

    @Override
    public void timeWithZone(OffsetTime value) {
        row.add(sink -> sink.timeWithZone(value));
    }

    @Override
    public void timestamp(LocalDateTime value) {
        row.add(sink -> sink.timestamp(value));
    }

    @Override
    public void timestampWithZone(OffsetDateTime value) {
        row.add(sink -> sink.timestampWithZone(value));
    }

    @Override
    public void columns(Kind kind, boolean fullDetail, List<Column> columns) {
        throw new IllegalStateException("only rows are read ahead");
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public boolean awaitDemand() {
        throw new IllegalStateException("only rows are read ahead");
    }

    @Override
    public void endRows(boolean complete) {
        throw new IllegalStateException("only rows are read ahead");
    }

    @Override
    public void count(long updateCount) {
        throw new IllegalStateException("only rows are read ahead");
    }

    @Override
    public void batchCounts(long[] counts) {
        throw new IllegalStateException("only rows are read ahead");
    }

    @Override
    public void parameters(List<ParameterInfo> parameters) {
        throw new IllegalStateException("only rows are read ahead");
    }

    @Override
    public void warning(Fault warning) {
        throw new IllegalStateException("only rows are read ahead");
    }
}
