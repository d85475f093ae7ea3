package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.Outflow;
import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.Piece;
import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends values of parameters in pieces, as far as the broker asks for them. Meanwhile nobody else
 * asks the broker for anything. Thread-safe.
 */
final class Feeding {
    private static final int PIECE = 64 * 1024;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Thread reader;

    void lock() {
        turn.lock();
    }

    void unlock() {
        turn.unlock();
    }

    /** What the application reads a value from must not need the transaction that waits for it. */
    void checkMayAsk(Conversation session) throws SQLException {
        if (Thread.currentThread().equals(reader) && !session.isAutoCommit()) {
            throw Faults.sequence(
                    "A value that is being sent is read from a result of its own transaction, which"
                            + " waits for the value: read that result before.");
        }
    }

    /**
     * Sends what the parameters have, until nothing is left of them or their request has ended.
     *
     * @param part of a batch, counted from 1, that they belong to
     */
    void feed(Session session, Answer answer, Map<Integer, Outflow> values, int part)
            throws SQLException {
        Map<Integer, Outflow> left = new HashMap<>(values);
        while (!left.isEmpty()) {
            Reply.Wanted wanted = next(session, answer, part);
            if (wanted == null) {
                return;
            }
            Outflow from = left.get(wanted.parameter());
            if (from != null && !send(session, answer, wanted, from, left.size() == 1)) {
                left.remove(wanted.parameter());
            }
        }
    }

    /** What the broker wants next of a parameter, waiting for it; null once all has ended. */
    private static Reply.@Nullable Wanted next(Session session, Answer answer, int part)
            throws SQLException {
        while (true) {
            Reply.Wanted next = answer.wanted.poll();
            if (next != null || isOver(answer, part)) {
                return next;
            }
            if (session.tryLock()) {
                try {
                    if (answer.wanted.isEmpty() && !isOver(answer, part)) {
                        session.pump();
                    }
                } finally {
                    session.unlock();
                }
            } else {
                // Whoever reads may wait for what comes behind this, and hears for both.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean isOver(Answer answer, int part) {
        return answer.finished || answer.partsAnswered >= part;
    }

    /** The values that are to be sent, of which the reading begins. */
    static Map<Integer, Outflow> begin(List<Parameter> parameters) throws SQLException {
        Map<Integer, Outflow> all = values(parameters);
        for (Outflow value : all.values()) {
            value.begin();
        }
        return all;
    }

    /** The values that are to be sent, by the places of their parameters. */
    static Map<Integer, Outflow> values(List<Parameter> parameters) {
        Map<Integer, Outflow> all = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Outflow outflow = parameters.get(i).outflow();
            if (outflow != null) {
                all.put(i, outflow);
            }
        }
        return all;
    }

    /** Whether more of the value may follow. */
    private boolean send(
            Session session, Answer answer, Reply.Wanted wanted, Outflow from, boolean lastOne)
            throws SQLException {
        int open = wanted.bytes();
        int most = Math.min(PIECE, session.maxFrame() / 2);
        while (open > 0 && !answer.isFinished()) {
            int asked = Math.min(open, most);
            byte[] bytes;
            try {
                bytes = read(from, asked);
            } catch (IOException e) {
                throw from.told(e, ended(session, answer, wanted));
            } catch (RuntimeException | Error e) {
                ended(session, answer, wanted);
                throw e;
            }
            boolean last = bytes.length < asked;
            int following = last ? Piece.LAST : Piece.MORE;
            session.sendPart(
                    answer,
                    new Piece(answer.id(), wanted.parameter(), following, bytes, last && lastOne));
            if (last) {
                return false;
            }
            open -= asked;
        }
        return true;
    }

    private byte[] read(Outflow from, int most) throws IOException {
        reader = Thread.currentThread();
        try {
            return from.next(most);
        } finally {
            reader = null;
        }
    }

    /** Says that the rest cannot be read, and waits for the end of the request. */
    private static SQLException ended(Session session, Answer answer, Reply.Wanted wanted)
            throws SQLException {
        session.sendPart(
                answer,
                new Piece(answer.id(), wanted.parameter(), Piece.FAILED, new byte[0], false));
        try {
            answer.finish();
            return new SQLDataException("The stream of a parameter could not be read.", "22000");
        } catch (SQLException e) {
            return e;
        }
    }
}
