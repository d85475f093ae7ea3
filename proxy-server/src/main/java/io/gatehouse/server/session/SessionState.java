package io.gatehouse.server.session;

import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.kind.Branch;
import io.gatehouse.server.kind.Isolation;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a session is between its statements: its transaction, and the settings that it carries from
 * one backend connection to the next. Owned by the event loop.
 */
final class SessionState {
    private CarriedState pristine;
    private final boolean settingsRollBack;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private CarriedState carried;
    private CarriedState known;
    private Named named;
    private TransactionState transaction = TransactionState.NONE;
    private boolean autocommit = true;
    private String traceparent = "";
    private boolean traceComments;
    private boolean block;
    private boolean lost;
    private boolean failed;
    private volatile boolean namesInDoubt;
    private @Nullable Branch branch;
    private final Trail trail = new Trail();
    private @Nullable Isolation blockIsolation;
    private @Nullable Boolean blockReadOnly;

    /**
     * @param settingsRollBack whether the backend undoes settings when their transaction rolls back
     */
    SessionState(CarriedState pristine, boolean settingsRollBack) {
        this.pristine = pristine.theOne();
        this.carried = this.pristine;
        this.known = this.pristine;
        this.named = Named.in(this.pristine);
        this.settingsRollBack = settingsRollBack;
    }

    /** What a backend connection must have before the next statement runs on it. */
    CarriedState wanted() {
        CarriedState wanted = carried;
        if (blockIsolation != null) {
            wanted = wanted.withIsolation(blockIsolation);
        }
        if (blockReadOnly != null) {
            wanted = wanted.withReadOnly(blockReadOnly);
        }
        return wanted;
    }

    /** What the session began with. */
    CarriedState pristine() {
        return pristine;
    }

    /** What is carried now is what the session began with. */
    void begun() {
        pristine = carried;
    }

    CarriedState carried() {
        return carried;
    }

    /** What the client calls itself, in whichever way it said so. Any thread. */
    @SuppressWarnings("ReferenceEquality") // most often it is the very same
    String application() {
        Named last = named;
        if (last.carried != carried) {
            last = Named.in(carried);
            named = last;
        }
        return last.application;
    }

    /** A setting: it goes with the transaction that is open, or that it opens. */
    void carry(CarriedState changed) {
        aboutToRun();
        carried = changed.theOne();
    }

    /** A setting of the connection itself: a rollback does not undo it. */
    void carryForGood(UnaryOperator<CarriedState> change) {
        carried = change.apply(carried).theOne();
        known = change.apply(known).theOne();
        List<Mark> newestFirst = List.copyOf(marks);
        marks.clear();
        for (Mark mark : newestFirst) {
            marks.addLast(new Mark(mark.name, change.apply(mark.carried).theOne()));
        }
    }

    /** Whether statements set what the client itself does not know of. */
    boolean carriesMore() {
        return !carried.equals(known);
    }

    TransactionState transaction() {
        return transaction;
    }

    /** Whether the next statement belongs to a transaction that the client ends. */
    boolean inTransaction() {
        return block || !autocommit;
    }

    void autocommit(boolean on) {
        autocommit = on;
    }

    /** The trace that what is asked from now on belongs to; empty for none. */
    void traceparent(String now) {
        traceparent = now;
    }

    String traceparent() {
        return traceparent;
    }

    /** Whether the database is told of traces that are recorded. */
    void traceComments(boolean on) {
        traceComments = on;
    }

    /** The trace to tell the database of; empty for none. */
    String commentedTrace() {
        boolean sampled =
                traceparent.length() > 1
                        && (Character.digit(traceparent.charAt(traceparent.length() - 1), 16) & 1)
                                == 1;
        return traceComments && sampled ? traceparent : "";
    }

    boolean block() {
        return block;
    }

    /**
     * BEGIN: the transaction starts for the client now, at the backend with its first statement.
     */
    void begin(@Nullable Isolation isolation, @Nullable Boolean readOnly) {
        block = true;
        blockMode(isolation, readOnly);
        mark("");
    }

    /** The transaction is a branch of one over several databases. */
    void begin(Branch of) {
        begin(null, null);
        branch = of;
    }

    /** The branch that the session is in. */
    @Nullable Branch branch() {
        return branch;
    }

    void blockMode(@Nullable Isolation isolation, @Nullable Boolean readOnly) {
        blockIsolation = isolation == null ? blockIsolation : isolation;
        blockReadOnly = readOnly == null ? blockReadOnly : readOnly;
    }

    /** What the client is told between BEGIN and its first statement, and afterwards. */
    TransactionState reported() {
        if (failed && inTransaction()) {
            return TransactionState.FAILED;
        }
        return transaction == TransactionState.NONE && block ? TransactionState.OPEN : transaction;
    }

    /**
     * The client was told of an error, of which the backend need not know: nothing but the end of
     * the transaction, or of a part of it, is taken from now on.
     */
    void failed() {
        failed = inTransaction();
    }

    /** Whether the transaction has failed for the client, and not at the backend. */
    boolean failedForClient() {
        return failed && inTransaction() && transaction != TransactionState.FAILED;
    }

    /** Called before a statement that may open a transaction at the backend. */
    void aboutToRun() {
        if (inTransaction() && marks.isEmpty()) {
            mark("");
        }
    }

    /**
     * The backend connection broke under the transaction: what was done is gone, and nothing more
     * may be done in its name until the client ends it.
     */
    void lost() {
        lost = true;
        transaction = TransactionState.FAILED;
    }

    /** Code that nobody looked into has run: it may have changed role and search path. */
    void doubtNames() {
        namesInDoubt = true;
    }

    boolean namesInDoubt() {
        return namesInDoubt;
    }

    boolean isLost() {
        return lost;
    }

    Trail trail() {
        return trail;
    }

    /** Called with what the backend connection says after each statement. */
    void ran(TransactionState now) {
        transaction = now;
    }

    void saved(String savepoint) {
        mark(savepoint);
    }

    void rolledBackTo(String savepoint) {
        failed = false;
        restore(savepoint);
        mark(savepoint);
    }

    /** The transaction is over. */
    void ended(boolean committed) {
        if (!committed) {
            restore("");
        }
        marks.clear();
        block = false;
        branch = null;
        lost = false;
        failed = false;
        blockIsolation = null;
        blockReadOnly = null;
        transaction = TransactionState.NONE;
    }

    private void mark(String name) {
        marks.push(new Mark(name, carried));
    }

    private void restore(String name) {
        while (!marks.isEmpty()) {
            Mark mark = marks.pop();
            if (mark.name.equals(name) || marks.isEmpty()) {
                if (settingsRollBack) {
                    carried = mark.carried;
                }
                return;
            }
        }
    }

    /** What the client called itself when that was carried. */
    private record Named(CarriedState carried, String application) {
        static Named in(CarriedState carried) {
            return new Named(carried, ServerParameters.application(carried));
        }
    }

    private record Mark(String name, CarriedState carried) {}
}
