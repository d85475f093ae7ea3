package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.transport.Link;
import io.gatehouse.jdbc.transport.Welcome;
import io.gatehouse.jdbc.wire.BackendMessage;
import io.gatehouse.jdbc.wire.FrameWriter;
import io.gatehouse.jdbc.wire.Greeting;
import io.gatehouse.jdbc.wire.ProtocolFault;
import io.gatehouse.jdbc.wire.Reply;
import io.gatehouse.jdbc.wire.Terminate;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a session reads, and how it ends. The calling threads do the reading: whoever waits for an
 * answer reads, and hands what belongs to others to them. Who needs both locks takes the one for
 * reading first.
 */
abstract class Conversation {
    static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    private static final String SHUTTING_DOWN = "57P01";

    final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    final Map<Integer, Map<String, @Nullable String>> rodeWith = new ConcurrentHashMap<>();
    final ReentrantLock reading = new ReentrantLock();
    final ReentrantLock writing = new ReentrantLock();
    final Feeding feeding = new Feeding();
    final FrameWriter out = new FrameWriter();
    final Settings settings = new Settings();

    volatile Welcome welcome;
    volatile Link link;

    /** How often the session has moved to another broker. */
    volatile int epoch;

    /** Set with the first work of a transaction, cleared with its end. */
    volatile boolean ranSinceCommit;

    /** The transaction's state, as the broker told it last. */
    volatile char state = 'I';

    volatile boolean closed;

    /** Why the broker cannot be asked any more; null while it can. */
    volatile @Nullable SQLException ending;

    /** Whether another broker may take over where this one ended. */
    volatile boolean mayGoOn;

    /** The broker said, as it ended, that whatever is unanswered was not carried out. */
    volatile boolean atRest;

    volatile boolean leaving;

    /** What no other broker could give this session; empty for nothing. */
    volatile String holds = "";

    /** The zone that a statement has set; null where none has. */
    private volatile @Nullable ZoneId textZone;

    volatile long heardNanos = System.nanoTime();

    private volatile int timeoutMillis;
    private volatile Consumer<SQLException> ended = why -> {};

    Conversation(Welcome welcome) {
        this.welcome = welcome;
        this.link = welcome.link();
    }

    /** What the broker said of itself at the start; empty if it did not. */
    public String fact(String name) {
        return welcome.fact(name);
    }

    // ---- reading

    void lock() {
        reading.lock();
    }

    boolean tryLock() {
        return reading.tryLock();
    }

    void unlock() {
        reading.unlock();
    }

    /** Reads one message and gives it to whom it belongs. Under the lock. */
    void pump() throws SQLException {
        feeding.checkMayAsk(this);
        if (ending == null) {
            hear();
        }
        if (closed) {
            throw Faults.connectionClosed();
        }
        if (ending != null) {
            goOn();
        }
    }

    /** Whether each statement is its own transaction. */
    public abstract boolean isAutoCommit();

    /** The broker is gone: every request without an end gets one, or goes on with another. */
    abstract void goOn() throws SQLException;

    /** From now on others are tried before this one. */
    abstract void avoid();

    void hear() {
        try {
            deliver(link.read());
        } catch (IOException e) {
            noteLoss(e);
        }
    }

    private void deliver(BackendMessage message) throws ProtocolFault {
        if (message instanceof Reply) {
            deliver((Reply) message);
        } else if (message instanceof Greeting.GoAway) {
            goAway((Greeting.GoAway) message);
        } else if (message instanceof Greeting.Report) {
            Greeting.Report report = (Greeting.Report) message;
            if (report.isError()) {
                endWith(Faults.refused(report.sqlState(), report.message()), false);
            }
        } else if (message instanceof Greeting.ParameterStatus) {
            Greeting.ParameterStatus told = (Greeting.ParameterStatus) message;
            if (told.name().equals("gatehouse.holds")) {
                holds = told.value();
            } else if (told.name().equals("gatehouse.timezone")) {
                textZone = zone(told.value());
            }
        } else {
            throw new ProtocolFault("A message came that has no place in a session.");
        }
    }

    private static @Nullable ZoneId zone(String id) {
        try {
            return id.isEmpty() ? null : ZoneId.of(id);
        } catch (DateTimeException e) {
            LOG.log(Level.FINE, "The zone of the session is not known here.", e);
            return null;
        }
    }

    /** The zone in which the database shows instants: the application's, or one it has set. */
    public ZoneId textZone() {
        ZoneId told = textZone;
        return told == null ? ZoneId.systemDefault() : told;
    }

    private void goAway(Greeting.GoAway message) {
        LOG.fine("The broker asks its clients to leave.");
        leaving = true;
        if (message.millis() == 0) {
            atRest = true;
            endWith(Faults.refused(SHUTTING_DOWN, "The broker ends: " + message.reason()), true);
        }
    }

    private void deliver(Reply reply) throws ProtocolFault {
        if (reply.request() == 0) {
            List<Fault> faults = ((Reply.Failed) reply).faults();
            SQLException reason = Faults.exception(faults);
            endWith(reason, SHUTTING_DOWN.equals(reason.getSQLState()));
            return;
        }
        Pending one = pending.get(reply.request());
        if (one == null) {
            throw new ProtocolFault("A reply came to a request that nobody made.");
        }
        one.touch();
        one.answer().arrived(reply);
        if (reply instanceof Reply.Done) {
            ended(one.answer(), ((Reply.Done) reply).state());
        } else if (reply instanceof Reply.Failed) {
            StatementHandle statement = one.answer().statement();
            if (statement != null) {
                // It may be the preparation that failed; preparing again costs next to nothing.
                statement.doubted();
            }
            Map<String, @Nullable String> rode = rodeWith.get(reply.request());
            if (rode != null) {
                doubt(rode);
            }
            ended(one.answer(), ((Reply.Failed) reply).state());
        }
    }

    private void doubt(Map<String, @Nullable String> rode) {
        writing.lock();
        try {
            settings.doubt(rode);
        } finally {
            writing.unlock();
        }
    }

    private void ended(Answer answer, char newState) {
        Pending one = pending.remove(answer.id());
        if (one != null) {
            one.tellRedefined();
        }
        rodeWith.remove(answer.id());
        state = newState;
        heardNanos = System.nanoTime();
    }

    // ---- the end

    SQLException violated(String message) {
        return noteLoss(new ProtocolFault(message));
    }

    SQLException noteLoss(IOException e) {
        if (closed) {
            return Faults.connectionClosed();
        }
        if (e instanceof ProtocolFault) {
            return endWith(
                    Faults.violation("The broker broke the protocol. " + e.getMessage(), e), false);
        }
        String why =
                e instanceof SocketTimeoutException
                        ? "The broker did not answer within the socket timeout."
                        : "The connection to the broker was lost: " + e.getMessage();
        return endWith(Faults.lost(why, e), true);
    }

    private SQLException endWith(SQLException reason, boolean othersMayGoOn) {
        if (ending == null) {
            mayGoOn = othersMayGoOn;
            ending = reason;
            avoid();
            if (!closed && !canGoOn()) {
                ended.accept(reason);
            }
        }
        cut();
        return reason;
    }

    /** Names who is told when nothing can be asked any more, before anyone else hears of it. */
    public void whenEnded(Consumer<SQLException> listener) {
        ended = listener;
    }

    void throwIfEnded() throws SQLException {
        if (closed) {
            throw Faults.connectionClosed();
        }
        SQLException reason = ending;
        if (reason != null && !canGoOn()) {
            String held = holds.isEmpty() ? "" : " Another broker does not have its " + holds + ".";
            throw Faults.lost("The connection has ended: " + reason.getMessage() + held, reason);
        }
    }

    /** Whether another broker may take over, were this one gone. */
    abstract boolean canGoOn();

    /** Whether nothing can be asked any more. */
    public boolean isClosed() {
        return closed || (ending != null && !canGoOn());
    }

    /** Changes how long an answer is waited for, in milliseconds; 0: for ever. */
    public void timeout(int millis) {
        timeoutMillis = millis;
        if (ending == null) {
            applyTimeout();
        }
    }

    void applyTimeout() {
        try {
            link.timeout(timeoutMillis);
        } catch (IOException e) {
            noteLoss(e);
        }
    }

    /** Says goodbye and closes; an open transaction is rolled back by the broker. */
    public void close() {
        if (closed) {
            return;
        }
        writing.lock();
        try {
            closed = true;
            if (ending == null) {
                out.truncate(0);
                takeLeave(link);
            } else {
                cut();
            }
        } finally {
            writing.unlock();
        }
    }

    void takeLeave(Link from) {
        try {
            FrameWriter last = new FrameWriter();
            new Terminate().write(last);
            from.write(last);
            from.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The connection was lost before it was closed.", e);
            cut(from);
        }
    }

    /** Cuts the connection at once, from any thread. */
    public void abort() {
        closed = true;
        cut();
    }

    private void cut() {
        cut(link);
    }

    private static void cut(Link which) {
        try {
            which.cut();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The socket did not close in good order.", e);
        }
    }
}
