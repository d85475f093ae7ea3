package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Cursor;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.Waiting;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One request on its walk. The event loop owns it; a worker only reads what was set before it
 * started and sets {@link #lease} and {@link #checkout}.
 */
final class Request {
    /** Makes the call once the texts have passed the gate. */
    interface Plan {
        Call call(List<Permitted> permitted, boolean inTransaction);
    }

    final int id;
    final List<String> texts;
    final Plan plan;
    final Reply reply;
    final Duration timeout;

    List<Permitted> permitted = List.of();
    BooleanSupplier discard = () -> false;

    /** The broker answers by itself once the gate has let the text pass. */
    boolean byBroker;

    /** Ends with a count of nothing, as the statement would that was carried out otherwise. */
    boolean countless;

    /** What it holds while it waits, in bytes. */
    long bytes;

    boolean onHome;
    boolean timedOut;
    boolean ended;
    boolean cancelDue;
    volatile boolean cancelled;
    boolean dirties;

    /** Asks the backend for what the session did last, such as the last generated key. */
    boolean recalls;

    /** COMMIT or ROLLBACK. */
    boolean endsTransaction;

    Duration limit = Duration.ZERO;
    @Nullable PinReason pins;
    @Nullable Runnable onSuccess;
    @Nullable Runnable onFailure;
    @Nullable Waiting waiting;
    @Nullable Runnable timer;
    @Nullable Cursor cursor;
    long begunNanos;
    volatile long leasedNanos;
    volatile @Nullable Lease lease;
    volatile long checkout;

    /**
     * @param id the client's id of the request; unique among its unfinished ones
     * @param texts what the gate must see; empty where no text reaches the backend
     * @param timeout zero for none
     */
    Request(int id, List<String> texts, Plan plan, Reply reply, Duration timeout) {
        this.id = id;
        this.texts = texts;
        this.plan = plan;
        this.reply = reply;
        this.timeout = timeout;
    }
}
