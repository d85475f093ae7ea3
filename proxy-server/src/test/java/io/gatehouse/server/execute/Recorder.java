package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps what it is given; asks for a limited number of rows when told so. */
public class Recorder implements RowSink {
    final List<Column> columns = new ArrayList<>();
    final List<List<Object>> rows = new ArrayList<>();
    final List<List<Object>> keys = new ArrayList<>();
    final List<Long> counts = new ArrayList<>();
    final List<long[]> batches = new ArrayList<>();
    final List<Boolean> ends = new ArrayList<>();
    final List<Fault> warnings = new ArrayList<>();
    final List<ParameterInfo> parameters = new ArrayList<>();
    final Semaphore demand;
    long seen;
    boolean keep = true;
    boolean mayBlock = true;
    volatile boolean unwanted;
    private Kind kind = Kind.RESULT;
    private List<Object> row = new ArrayList<>();

    public Recorder() {
        this(Integer.MAX_VALUE / 2);
    }

    Recorder(int demand) {
        this.demand = new Semaphore(demand - 1);
    }

    @Override
    public int largestRow() {
        return 64 << 20;
    }

    @Override
    public void columns(Kind kind, boolean fullDetail, List<Column> columns) {
        this.kind = kind;
        if (kind == Kind.RESULT) {
            this.columns.clear();
            this.columns.addAll(columns);
        }
    }

    @Override
    public void startRow() {
        row = new ArrayList<>();
    }

    private void add(Object value) {
        row.add(value);
    }

    @Override
    public void nul() {
        add(null);
    }

    @Override
    public void bool(boolean value) {
        add(value);
    }

    @Override
    public void int2(short value) {
        add(value);
    }

    @Override
    public void int4(int value) {
        add(value);
    }

    @Override
    public void int8(long value) {
        add(value);
    }

    @Override
    public void float4(float value) {
        add(value);
    }

    @Override
    public void float8(double value) {
        add(value);
    }

    @Override
    public void numeric(BigDecimal value) {
        add(value);
    }

    @Override
    public void numericSpecial(String value) {
        add("special:" + value);
    }

    @Override
    public void noDay(String value) {
        add("no day:" + value);
    }

    @Override
    public void text(String value) {
        add(value);
    }

    @Override
    public void bytes(byte[] value) {
        add(value);
    }

    @Override
    public void uuid(UUID value) {
        add(value);
    }

    @Override
    public void date(LocalDate value) {
        add(value);
    }

    @Override
    public void time(LocalTime value) {
        add(value);
    }

    @Override
    public void timeWithZone(OffsetTime value) {
        add(value);
    }

    @Override
    public void timestamp(LocalDateTime value) {
        add(value);
    }

    @Override
    public void timestampWithZone(OffsetDateTime value) {
        add(value);
    }

    @Override
    public boolean endRow() {
        seen++;
        if (keep) {
            (kind == Kind.RESULT ? rows : keys).add(row);
        }
        return !unwanted && demand.tryAcquire();
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public boolean awaitDemand() throws InterruptedException {
        while (!unwanted) {
            if (demand.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void endRows(boolean complete) {
        ends.add(complete);
    }

    @Override
    public void count(long updateCount) {
        counts.add(updateCount);
    }

    @Override
    public void batchCounts(long[] counts) {
        batches.add(counts);
    }

    @Override
    public void parameters(List<ParameterInfo> parameters) {
        this.parameters.addAll(parameters);
    }

    @Override
    public void warning(Fault warning) {
        warnings.add(warning);
    }
}
