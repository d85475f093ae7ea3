package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.transport.Link;
import io.gatehouse.jdbc.wire.BackendMessage;
import io.gatehouse.jdbc.wire.FrameWriter;
import io.gatehouse.jdbc.wire.Greeting;
import io.gatehouse.jdbc.wire.ProtocolFault;
import io.gatehouse.jdbc.wire.Reply;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a session reads, and how it ends. The calling threads do the reading: whoever waits for an
 * answer reads, and hands what belongs to others to them.
 */
abstract class Conversation {
    static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    final Link link;
    final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    final Map<Integer, Map<String, @Nullable String>> rodeWith = new ConcurrentHashMap<>();
    final ReentrantLock writing = new ReentrantLock();
    final FrameWriter out = new FrameWriter();
    final Settings settings = new Settings();

    /** Set with the first work of a transaction, cleared with its end. */
    volatile boolean ranSinceCommit;

    volatile boolean closed;
    volatile @Nullable SQLException ending;

    private final ReentrantLock reading = new ReentrantLock();
    private volatile char state = 'I';
    private volatile boolean leaving;

    Conversation(Link link) {
        this.link = link;
    }

    /** Whether there may be something to commit or roll back. */
    public boolean inTransaction() {
        return ranSinceCommit || state != 'I';
    }

    /** Whether the broker has asked the client to leave. */
    public boolean isLeaving() {
        return leaving;
    }

    // ---- reading

    void lock() {
        reading.lock();
    }

    void unlock() {
        reading.unlock();
    }

    /** Reads one message and gives it to whom it belongs. Under the lock. */
    void pump(Answer waiting) throws SQLException {
        try {
            throwIfEnded();
            deliver(link.read());
        } catch (IOException e) {
            throw lost(waiting, e);
        } catch (SQLException e) {
            throw waiting.isCommit() ? unknown(e) : e;
        }
    }

    private void deliver(BackendMessage message) throws SQLException, ProtocolFault {
        if (message instanceof Reply) {
            deliver((Reply) message);
        } else if (message instanceof Greeting.GoAway) {
            leaving = true;
            LOG.fine("The broker asks its clients to leave.");
        } else if (message instanceof Greeting.Report) {
            Greeting.Report report = (Greeting.Report) message;
            if (report.isError()) {
                throw endWith(Faults.refused(report.sqlState(), report.message()));
            }
        } else if (!(message instanceof Greeting.ParameterStatus)) {
            throw new ProtocolFault("A message came that has no place in a session.");
        }
    }

    private void deliver(Reply reply) throws SQLException, ProtocolFault {
        if (reply.request() == 0) {
            List<Fault> faults = ((Reply.Failed) reply).faults();
            throw endWith(Faults.exception(faults));
        }
        Answer answer = answers.get(reply.request());
        if (answer == null) {
            throw new ProtocolFault("A reply came to a request that nobody made.");
        }
        answer.arrived(reply);
        if (reply instanceof Reply.Done) {
            ended(answer, ((Reply.Done) reply).state());
        } else if (reply instanceof Reply.Failed) {
            StatementHandle statement = answer.statement();
            if (statement != null) {
                // It may be the preparation that failed; preparing again costs next to nothing.
                statement.prepared(false);
            }
            Map<String, @Nullable String> rode = rodeWith.get(answer.id());
            if (rode != null) {
                doubt(rode);
            }
            ended(answer, ((Reply.Failed) reply).state());
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
        answers.remove(answer.id());
        rodeWith.remove(answer.id());
        state = newState;
    }

    // ---- the end

    SQLException violated(String message) {
        return noteLoss(new ProtocolFault(message));
    }

    SQLException lost(Answer answer, IOException e) {
        SQLException loss = noteLoss(e);
        return answer.isCommit() ? unknown(loss) : loss;
    }

    private static SQLException unknown(SQLException loss) {
        return Faults.commitUnknown(
                "The connection was lost while a commit was under way: whether it took place is"
                        + " unknown. "
                        + loss.getMessage(),
                loss);
    }

    SQLException noteLoss(IOException e) {
        if (closed) {
            return Faults.connectionClosed();
        }
        if (e instanceof ProtocolFault) {
            return endWith(Faults.violation("The broker broke the protocol. " + e.getMessage(), e));
        }
        String why =
                e instanceof SocketTimeoutException
                        ? "The broker did not answer within the socket timeout."
                        : "The connection to the broker was lost: " + e.getMessage();
        return endWith(Faults.lost(why, e));
    }

    private SQLException endWith(SQLException reason) {
        if (ending == null) {
            ending = reason;
        }
        cut();
        return reason;
    }

    void throwIfEnded() throws SQLException {
        if (closed) {
            throw Faults.connectionClosed();
        }
        SQLException reason = ending;
        if (reason != null) {
            throw Faults.lost("The connection has ended: " + reason.getMessage(), reason);
        }
    }

    /** Whether nothing can be asked any more. */
    public boolean isClosed() {
        return closed || ending != null;
    }

    /** Changes how long an answer is waited for, in milliseconds; 0: for ever. */
    public void timeout(int millis) throws SQLException {
        try {
            link.timeout(millis);
        } catch (IOException e) {
            throw noteLoss(e);
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
                new Request.Terminate().write(out);
                link.write(out);
            }
            link.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The connection was lost before it was closed.", e);
            cut();
        } finally {
            writing.unlock();
        }
    }

    /** Cuts the connection at once, from any thread. */
    public void abort() {
        closed = true;
        cut();
    }

    private void cut() {
        try {
            link.cut();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The socket did not close in good order.", e);
        }
    }
}
