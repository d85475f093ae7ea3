package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Cursor;
import io.gatehouse.server.execute.RowSink;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.Waiting;
import io.gatehouse.server.recall.Recall;
import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    /** Which transactions the failure of a request fails that the backend knows nothing of. */
    enum Fails {
        NONE,
        /** One that has begun. */
        OPEN,
        /** Also one that the request would have begun. */
        ANY;

        /** Where the backend's errors do, those of the broker's do just so. */
        static Fails of(Kind kind, Frontend message) {
            return switch (message) {
                case Frontend any when !kind.errorAbortsTransaction() -> NONE;
                case Frontend.ExtExecute execute -> ANY;
                case Frontend.ExtBatch batch -> ANY;
                case Frontend.ExtBatchTexts texts -> ANY;
                case Frontend.ExtCatalog catalog -> ANY;
                case Frontend.ExtDescribe describe -> OPEN;
                default -> NONE;
            };
        }
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

    /** The trace that it belongs to; empty where the client named none. */
    String traceparent = "";

    /** Values of parameters that come while it runs. */
    List<Upload> uploads = List.of();

    boolean onHome;
    boolean timedOut;
    boolean ended;
    boolean cancelDue;
    volatile boolean cancelled;
    boolean dirties;

    /** Generates keys, or may. */
    boolean leavesKeys;

    /** Leaves keys, or a count, for which its session may ask. */
    boolean leaves;

    /** Asks for keys that the session generated earlier. */
    boolean asksForKeys;

    /** Asks what the session's last statement left besides keys. */
    boolean asksForResult;

    /** Asks for what is gone unless the session still has its connection. */
    boolean asksForGone;

    /** The checkout whose connection it goes on with, if it can; 0 for none. */
    long follows;

    /** Asks for what is on that connection and nowhere else. */
    boolean needsOwn;

    /** COMMIT or ROLLBACK. */
    boolean endsTransaction;

    /** Which transactions its own failure fails. */
    Fails fails = Fails.NONE;

    /** What its client is told although all went well; null where it is told just that. */
    @Nullable Fault verdict;

    Duration limit = Duration.ZERO;
    final Set<PinReason> pins = EnumSet.noneOf(PinReason.class);
    @Nullable Runnable onSuccess;
    @Nullable Runnable onFailure;
    @Nullable Waiting waiting;
    @Nullable Runnable timer;
    @Nullable Cursor cursor;
    long begunNanos;

    /** What tells its statement from others; empty where it is not a single one. */
    String fingerprint = "";

    /** Owned by the worker: when its work went on last, and how long it took before. */
    long portionNanos;

    long workedNanos;

    /** What it may change stays once it has ended. */
    boolean changes;

    /** By what can be seen of its statements, they may change something. */
    boolean mayChange;

    /** It was put to a backend connection. */
    volatile boolean performed;

    /** Written by the worker before the event loop hears of the outcome. */
    boolean unanswered;

    boolean sent;

    /** Asks the primary for what a replica is asked first; null where none is asked. */
    @Nullable Runnable atPrimary;

    /** Where its answer may be found, or kept; null where it may not. */
    Recall.@Nullable Attempt attempt;

    /** It was answered from what is kept. */
    boolean recalled;

    /** Where the backend's answer goes. */
    RowSink sink;

    /** A replica was asked in vain. */
    boolean cameBack;

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
        this.sink = reply;
        this.timeout = timeout;
    }

    /** The broker answers it with that fault, and does nothing for it. */
    void refuse(Fault why) {
        byBroker = true;
        verdict = why;
    }

    /** Tells the policy's limits that it is over. */
    void settle() {
        for (int i = 0; i < permitted.size(); i++) {
            // What a batch brings is told as a whole, so that it counts once.
            boolean first = i == 0;
            permitted.get(i).settle(first ? reply.rows() : 0, first ? reply.bytes() : 0);
        }
    }

    /** It is not to go on, nor to wait for what it is still to be sent. */
    void cancel() {
        cancelled = true;
        uploads.forEach(upload -> upload.end(Faults.cancelled()));
    }

    /** Takes a piece of a parameter; false where it was not asked for. */
    boolean take(Frontend.ExtPiece piece) {
        for (Upload upload : uploads) {
            if (upload.parameter() == piece.parameter()) {
                return upload.take(piece.following(), piece.bytes());
            }
        }
        return false;
    }

    /** In characters, all texts together. */
    int textLength() {
        int length = 0;
        for (String text : texts) {
            length += text.length();
        }
        return length;
    }
}
