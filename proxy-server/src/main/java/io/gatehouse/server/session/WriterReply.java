package io.gatehouse.server.session;

import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.PolicyFaults;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.RowWriter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the answers of both doors share: values go to a row writer, messages gather until they are
 * worth a flush, and a full writer is emptied to the client as long as it wants rows.
 */
abstract sealed class WriterReply implements Reply permits ExtendedReply, PlainReply {
    private final Client client;
    private final Demand demand;
    private final Runnable onWait;
    private List<Backend> unsent = new ArrayList<>();
    private @Nullable RowWriter writer;
    private boolean mayBlock;
    private long rows;
    private long bytes;
    private long mostBytes = Long.MAX_VALUE;
    private String mostRule = "";

    /**
     * @param onWait told, on a worker, that the answer begins to wait for the client
     */
    WriterReply(Client client, Demand demand, Runnable onWait) {
        this.client = client;
        this.demand = demand;
        this.onWait = onWait;
    }

    /** What is spent of the demand when rows are taken out of the writer. */
    abstract long cost(Backend.Rows rows);

    final void start(RowWriter rowWriter) {
        stop();
        writer = rowWriter;
    }

    final void add(Backend message) {
        unsent.add(message);
    }

    final Client client() {
        return client;
    }

    final void counted(long count) {
        rows += count;
    }

    @Override
    public final Demand demand() {
        return demand;
    }

    @Override
    public final long rows() {
        return rows;
    }

    @Override
    public final long bytes() {
        return bytes;
    }

    @Override
    public final void atMost(long most, String rule) {
        mostBytes = most;
        mostRule = rule;
    }

    @Override
    public final void mayBlock(boolean allowed) {
        mayBlock = allowed;
    }

    @Override
    public final boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public final void startRow() {
        writer().startRow();
    }

    @Override
    public final void nul() {
        writer().nul();
    }

    @Override
    public final void bool(boolean value) {
        writer().bool(value);
    }

    @Override
    public final void int2(short value) {
        writer().int2(value);
    }

    @Override
    public final void int4(int value) {
        writer().int4(value);
    }

    @Override
    public final void int8(long value) {
        writer().int8(value);
    }

    @Override
    public final void float4(float value) {
        writer().float4(value);
    }

    @Override
    public final void float8(double value) {
        writer().float8(value);
    }

    @Override
    public final void numeric(BigDecimal value) {
        writer().numeric(value);
    }

    @Override
    public final void numericSpecial(String value) {
        writer().numericSpecial(value);
    }

    @Override
    public final void noDay(String value) {
        writer().noDay(value);
    }

    @Override
    public void text(String value) {
        writer().text(value);
    }

    @Override
    public final void bytes(byte[] value) {
        writer().bytes(value);
    }

    @Override
    public final void uuid(UUID value) {
        writer().uuid(value);
    }

    @Override
    public final void date(LocalDate value) {
        writer().date(value);
    }

    @Override
    public final void time(LocalTime value) {
        writer().time(value);
    }

    @Override
    public final void timeWithZone(OffsetTime value) {
        writer().timeWithZone(value);
    }

    @Override
    public final void timestamp(LocalDateTime value) {
        writer().timestamp(value);
    }

    @Override
    public final void timestampWithZone(OffsetDateTime value) {
        writer().timestampWithZone(value);
    }

    @Override
    public final boolean endRow() {
        RowWriter current = writer();
        current.endRow();
        rows++;
        if (bytes + current.pendingBytes() > mostBytes) {
            throw new GatehouseException(PolicyFaults.answerTooLarge(mostRule, mostBytes));
        }
        if (current.full()) {
            ship(current);
        }
        return wantsNext();
    }

    /** Whether another row is wanted after the one that ended. */
    abstract boolean wantsNext();

    private void ship(RowWriter current) {
        ship(current.take());
    }

    /** Sends rows that were taken out of the writer, with what has gathered before them. */
    final void ship(Backend.Rows taken) {
        add(taken);
        send();
        // A value in pieces is seen here, before its row has ended.
        if (bytes > mostBytes) {
            throw new GatehouseException(PolicyFaults.answerTooLarge(mostRule, mostBytes));
        }
    }

    private void add(Backend.Rows taken) {
        bytes += taken.size();
        demand.spend(cost(taken));
        unsent.add(taken);
    }

    /** Takes the last rows of a result out of its writer. */
    final void drain() {
        RowWriter current = writer();
        while (current.pendingRows() > 0) {
            add(current.take());
        }
    }

    /** Sends what has gathered. */
    final void send() {
        if (!unsent.isEmpty()) {
            List<Backend> messages = unsent;
            unsent = new ArrayList<>();
            client.send(messages);
        }
    }

    /** Takes what has gathered, to be sent by someone else. */
    final List<Backend> surrender() {
        List<Backend> messages = unsent;
        unsent = new ArrayList<>();
        return messages;
    }

    @Override
    public final boolean awaitDemand() throws InterruptedException {
        flush();
        onWait.run();
        return demand.await();
    }

    @Override
    public void flush() {
        if (writer != null) {
            drain();
        }
        send();
    }

    @Override
    public final void discard() {
        stop();
        drop(surrender());
    }

    /** Frees what messages hold that will never be sent. */
    static void drop(List<Backend> messages) {
        for (Backend message : messages) {
            if (message instanceof Backend.Rows taken) {
                taken.release();
            }
        }
    }

    /** Drops rows that were begun and will never be sent. */
    final void stop() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private RowWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("a row without columns");
        }
        return writer;
    }
}
