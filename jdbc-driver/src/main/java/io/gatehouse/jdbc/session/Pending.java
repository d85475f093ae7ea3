package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.Request;

import java.util.ArrayList;
import java.util.List;

/**
 * A request without an end, and what was sent for it, as long as nothing of its answer is here: it
 * may have to go to another broker. Thread-safe.
 */
final class Pending {
    private final Answer answer;
    private final Request first;
    private final boolean begins;
    private final List<Request> parts = new ArrayList<>();
    private boolean touched;
    private boolean unsent = true;
    private int moves;
    private boolean redefines;

    /**
     * @param begins whether it is the first of a transaction that the application ends
     */
    Pending(Answer answer, Request first, boolean begins) {
        this.answer = answer;
        this.first = first;
        this.begins = begins;
        parts.add(first);
        note(first);
    }

    /** Definitions may be others from when it is sent to when it has ended. */
    private void note(Request part) {
        StatementHandle statement = answer.statement();
        // What is for no statement ends transactions, whose definitions come or go with them.
        redefines |= !part.onlyAsks() && (statement == null || statement.mayRedefine());
        tellRedefined();
    }

    /** Tells whoever remembers definitions, where it may have changed one. */
    final void tellRedefined() {
        if (redefines) {
            CatalogMemory.changed();
        }
    }

    Answer answer() {
        return answer;
    }

    boolean begins() {
        return begins;
    }

    boolean isCommit() {
        return first.endsTransaction() && ((Request.Transact) first).isCommit();
    }

    boolean isRollback() {
        return first.endsTransaction() && !((Request.Transact) first).isCommit();
    }

    /** Whether it only asks, so that asking again does no harm. */
    boolean onlyAsks() {
        return first.onlyAsks();
    }

    /** Whether it may have changed something, had it been carried out. */
    boolean mayChange() {
        StatementHandle statement = answer.statement();
        boolean calls = statement != null && statement.isCall();
        return !first.onlyAsks() && (calls || !first.expectsRows());
    }

    /** Whether it may have ended the transaction that it belongs to. */
    synchronized boolean mayEndTransaction() {
        if (first instanceof Request.Transact || first.onlyAsks()) {
            return first.endsTransaction();
        }
        StatementHandle statement = answer.statement();
        if (statement != null) {
            return Wording.mayEndTransaction(statement.sql());
        }
        return touched || parts.stream().anyMatch(Pending::mayEndTransaction);
    }

    private static boolean mayEndTransaction(Request part) {
        return !(part instanceof Request.BatchTexts)
                || ((Request.BatchTexts) part)
                        .statements().stream().anyMatch(Wording::mayEndTransaction);
    }

    synchronized void add(Request part) {
        note(part);
        if (!touched) {
            parts.add(part);
        }
    }

    synchronized List<Request> parts() {
        return List.copyOf(parts);
    }

    /** Something of the answer is here. */
    synchronized void touch() {
        if (!touched) {
            touched = true;
            parts.clear();
        }
    }

    synchronized boolean isTouched() {
        return touched;
    }

    /** Whether no broker that may still act on it can have any of it in full. */
    synchronized boolean isUnsent() {
        return unsent;
    }

    synchronized void sent() {
        unsent = false;
    }

    /** Counts one more move: what the broker before had of it does not count. */
    synchronized int moved() {
        unsent = true;
        return ++moves;
    }
}
