package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.transport.Connector;
import io.gatehouse.jdbc.transport.Welcome;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.wire.CallParameter;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;

/**
 * A conversation that goes on with another broker when its own goes away. A request is sent again
 * only where the first broker certainly did not carry it out, or where it only asks.
 */
abstract class Moving extends Conversation {
    /** After a rest of this length the link is looked at closely before it is used. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Until so long after an answer nobody asks for news: what it costs is a system call. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How often one request goes from broker to broker before it is given up. */
    private static final int MOST_MOVES = 10;

    private final Connector connector;
    private final int loginSeconds;
    private final int moveSeconds;

    /** A transaction went with its broker, and the application has not ended it yet. */
    private volatile @Nullable SQLException rolledBack;

    // Guarded by the writing lock.
    private boolean unwritable;
    private int brokers;

    Moving(Connector connector, ConnectOptions options, int loginSeconds) throws SQLException {
        super(connector.connect(loginSeconds));
        this.connector = connector;
        this.loginSeconds = loginSeconds;
        this.moveSeconds = options.moveTimeout();
    }

    @Override
    final boolean canGoOn() {
        return moveSeconds > 0 && holds.isEmpty() && (ending == null || mayGoOn);
    }

    @Override
    final void avoid() {
        if (mayGoOn) {
            connector.avoid(link.host());
        }
    }

    /** Whether there may be something to commit or roll back. */
    public boolean inTransaction() {
        return ranSinceCommit || state != 'I' || rolledBack != null;
    }

    // ---- before a request

    /** Sees to it that there is a broker to ask; a transaction that was lost is told first. */
    final void ready() throws SQLException {
        meet();
        throwIfRolledBack();
        find(moveSeconds);
    }

    /** As {@link #ready}, for a sign of life, which a lost transaction does not concern. */
    final void ready(int seconds) throws SQLException {
        meet();
        find(Math.min(seconds, moveSeconds));
    }

    /** Hears what the broker has said since it was last asked, if nobody else is listening. */
    final void meet() throws SQLException {
        throwIfEnded();
        if (ending != null) {
            reading.lock();
        } else if (!pending.isEmpty() || !reading.tryLock()) {
            return;
        }
        try {
            while (ending == null && pending.isEmpty() && hasNews()) {
                hear();
            }
            if (ending != null) {
                judge();
                if (!canGoOn()) {
                    throw reason();
                }
            }
        } finally {
            reading.unlock();
        }
    }

    private boolean hasNews() {
        try {
            long rest = System.nanoTime() - heardNanos;
            return rest < FRESH_NANOS ? link.hasRead() : link.hasNews(rest > REST_NANOS);
        } catch (IOException e) {
            noteLoss(e);
            return false;
        }
    }

    final void throwIfRolledBack() throws SQLException {
        SQLException why = rolledBack;
        if (why != null) {
            throw Faults.rolledBack(why);
        }
    }

    /** The application ends its transaction; whether it was lost with its broker. */
    final boolean endsLost() {
        boolean was = rolledBack != null;
        rolledBack = null;
        return was;
    }

    private void find(int seconds) throws SQLException {
        if (ending == null && (!leaving || inTransaction() || !pending.isEmpty())) {
            return;
        }
        reading.lock();
        try {
            if (ending != null) {
                move(seconds);
            } else if (leaving && pending.isEmpty() && canGoOn()) {
                leave(seconds);
            }
        } finally {
            reading.unlock();
        }
    }

    /** Leaves a broker that still serves, if another one is there. */
    private void leave(int seconds) throws SQLException {
        var from = link;
        leaving = false;
        connector.avoid(from.host());
        try {
            adopt(connector.connect(limit(seconds)));
            takeLeave(from);
        } catch (SQLException e) {
            LOG.log(Level.FINE, "The broker asks to leave, but there is no other.", e);
            throwIfEnded();
        }
    }

    // ---- after the end of a broker

    @Override
    final void goOn() throws SQLException {
        judge();
        if (pending.isEmpty()) {
            return;
        }
        try {
            move(moveSeconds);
        } catch (SQLException e) {
            List.copyOf(pending.values()).forEach(one -> end(one, e));
        }
    }

    /** Decides, for each request without an end, whether it may be asked again. */
    private void judge() {
        // Nobody is in the middle of writing: what was sent is known.
        writing.lock();
        try {
            judgeEach(atRest);
        } finally {
            writing.unlock();
        }
    }

    private void judgeEach(boolean told) {
        boolean open = told ? state != 'I' : inTransaction() && rolledBack == null;
        open &= pending.values().stream().noneMatch(Pending::begins);
        boolean lost = open;
        boolean over = false;
        SQLException reason = reason();
        for (Pending one : inOrder()) {
            boolean free = told || one.isUnsent() || one.onlyAsks();
            if (canGoOn() && !open && free && !one.isTouched() && one.moved() <= MOST_MOVES) {
                continue;
            }
            lost |= one.begins();
            over |= one.isCommit() || one.isRollback();
            end(one, verdict(one, told || one.isUnsent(), open || one.begins(), reason));
        }
        if (canGoOn()) {
            rolledBack = over ? null : lost ? reason : rolledBack;
            ranSinceCommit = false;
            state = 'I';
        }
    }

    private SQLException reason() {
        SQLException reason = ending;
        return reason == null ? Faults.connectionClosed() : reason;
    }

    /**
     * How a request ends that may not be asked again; null is success.
     *
     * @param never whether it was certainly not carried out
     * @param inside whether it belongs to a transaction that the application ends
     */
    private @Nullable SQLException verdict(
            Pending one, boolean never, boolean inside, SQLException reason) {
        if (one.isCommit() && !never) {
            return Faults.commitUnknown(reason);
        }
        if (!inside && !one.isCommit()) {
            return one.mayChange() && !never ? Faults.changeUnknown(reason) : reason;
        }
        if (!never && !one.isRollback() && one.mayEndTransaction()) {
            return Faults.changeUnknown(reason);
        }
        if (!canGoOn()) {
            return reason;
        }
        return one.isRollback() ? null : Faults.rolledBack(reason);
    }

    private void end(Pending one, @Nullable SQLException why) {
        pending.remove(one.answer().id());
        rodeWith.remove(one.answer().id());
        one.answer().ended(why);
    }

    private List<Pending> inOrder() {
        List<Pending> all = new ArrayList<>(pending.values());
        all.sort(Comparator.comparingInt(one -> one.answer().id()));
        return all;
    }

    // ---- the move

    private int limit(int seconds) {
        return loginSeconds == 0 ? seconds : Math.min(seconds, loginSeconds);
    }

    /** Looks for a broker, the same one included, and goes on with it. Under the reading lock. */
    private void move(int seconds) throws SQLException {
        throwIfEnded();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                long left = end - System.nanoTime();
                adopt(connector.connect(limit((int) TimeUnit.NANOSECONDS.toSeconds(left) + 1)));
                return;
            } catch (SQLException e) {
                if (closed) {
                    throw Faults.connectionClosed();
                }
                boolean late = end - System.nanoTime() <= pause;
                if (late || !Connector.isOfHost(e) || Thread.currentThread().isInterrupted()) {
                    throw Faults.notTakenOver(reason(), e);
                }
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private void adopt(Welcome next) throws SQLException {
        writing.lock();
        try {
            if (closed) {
                takeLeave(next.link());
                throw Faults.connectionClosed();
            }
            if (ending == null && !pending.isEmpty()) {
                takeLeave(next.link());
                throw Faults.sequence("The broker that asks to leave is in use again.");
            }
            if (!next.fact("gatehouse.kind").equals(welcome.fact("gatehouse.kind"))) {
                takeLeave(next.link());
                throw Faults.refused("0A000", "The next broker leads to another kind of database.");
            }
            welcome = next;
            link = next.link();
            brokers++;
            epoch = brokers;
            ending = null;
            atRest = false;
            leaving = false;
            unwritable = false;
            holds = "";
            heardNanos = System.nanoTime();
            out.truncate(0);
            rodeWith.clear();
            settings.again();
            applyTimeout();
            LOG.fine(() -> "The connection goes on with the broker at " + link.host() + ".");
            inOrder().forEach(this::writeAgain);
        } finally {
            writing.unlock();
        }
    }

    private void writeAgain(Pending one) {
        try {
            for (Request part : one.parts()) {
                write(one, part);
            }
        } catch (SQLException e) {
            // This broker takes less than the one before.
            end(one, e);
        }
    }

    // ---- writing

    /** Sends one request, or a part of one, and all that rides with it. Under the writing lock. */
    final void write(Pending one, Request request) throws SQLException {
        StatementHandle statement = one.answer().statement();
        int mark = out.size();
        boolean prepares = statement != null && !statement.isPrepared(epoch);
        if (statement != null && prepares) {
            statement.prepare().write(out);
            checkFrame(mark, mark);
        }
        List<CallParameter> unsigned = statement == null ? null : statement.unsigned(epoch);
        if (statement != null && unsigned != null) {
            new Request.Signature(statement.id(), unsigned).write(out);
        }
        int requestMark = out.size();
        request.write(out);
        checkFrame(requestMark, mark);
        // Only now nothing can be refused here any more: what was refused must not have ridden.
        writeSettings(one.answer(), mark);
        if (statement != null) {
            statement.prepared(epoch);
            ranSinceCommit |= !isAutoCommit();
        }
        one.answer().epoch = epoch;
        if (flush() && request.completes()) {
            one.sent();
        }
    }

    /** Writes what waits; whether all of it may have reached the broker. */
    final boolean flush() {
        if (ending != null || unwritable) {
            out.truncate(0);
            return false;
        }
        try {
            link.write(out);
            return true;
        } catch (IOException e) {
            // What the broker said before is read first; then its end is found.
            unwritable = true;
            LOG.log(Level.FINE, "The broker takes nothing more.", e);
            return false;
        }
    }

    private void writeSettings(Answer answer, int mark) {
        Map<String, @Nullable String> riding = settings.take();
        if (!riding.isEmpty()) {
            byte[] later = out.cutFrom(mark);
            new Request.Settings(riding).write(out);
            out.append(later);
            rodeWith.put(answer.id(), riding);
        }
    }

    /** Refuses what is too large for the broker, and takes it back. */
    abstract void checkFrame(int start, int truncateTo) throws SQLException;
}
