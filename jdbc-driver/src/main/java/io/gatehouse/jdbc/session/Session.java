package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.transport.Connector;
import io.gatehouse.jdbc.transport.Welcome;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.wire.Argument;
import io.gatehouse.jdbc.wire.CallParameter;
import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.logging.Level;

/**
 * One connection's conversation with its broker. The calling threads do the reading: whoever waits
 * for an answer reads, and hands what belongs to others to them. Thread-safe.
 */
public final class Session extends Conversation {
    /** The setting that says whether each statement is its own transaction. */
    public static final String AUTOCOMMIT = "autocommit";

    private static final int RIDING_LIMIT = 64 * 1024;
    private static final int DEFAULT_FRAME = 16 * 1024 * 1024;

    private final Welcome welcome;
    private final int window;
    private final int maxFrame;
    private final AtomicInteger lastStatement = new AtomicInteger();
    private final AtomicInteger lastRequest = new AtomicInteger();

    private Session(Welcome welcome, ConnectOptions options) {
        super(welcome.link());
        this.welcome = welcome;
        this.window = options.window();
        this.maxFrame = maxFrame(welcome);
        settings.set(AUTOCOMMIT, "true");
        settings.take();
    }

    /**
     * Opens a session.
     *
     * @param loginSeconds how long that may take; 0: no limit
     */
    public static Session open(ConnectOptions options, int loginSeconds) throws SQLException {
        return new Session(Connector.connect(options, loginSeconds), options);
    }

    private static int maxFrame(Welcome welcome) {
        try {
            return Math.max(4096, Integer.parseInt(welcome.fact("gatehouse.max_frame")));
        } catch (NumberFormatException e) {
            LOG.log(Level.FINE, "The broker did not say how large a frame may be.", e);
            return DEFAULT_FRAME;
        }
    }

    /** What the broker said of itself at the start; empty if it did not. */
    public String fact(String name) {
        return welcome.fact(name);
    }

    /** Bytes of the largest frame that the broker accepts. */
    public int maxFrame() {
        return maxFrame;
    }

    int window() {
        return window;
    }

    /** A number for a new statement. */
    public int newStatementId() {
        return lastStatement.incrementAndGet();
    }

    // ---- requests

    /** Runs a statement, which rides along if the broker does not know it yet. */
    public Answer execute(
            StatementHandle statement, ExecuteSettings how, List<Parameter> parameters)
            throws SQLException {
        return send(
                statement,
                false,
                window,
                id ->
                        new Request.Execute(
                                id,
                                statement.id(),
                                how.expect(),
                                how.timeoutMillis(),
                                how.maxRows(),
                                how.fetchRows(),
                                window,
                                parameters));
    }

    /** Asks for a statement's parameters and columns. */
    public Answer describe(StatementHandle statement) throws SQLException {
        return send(statement, false, 0, id -> new Request.Describe(id, statement.id()));
    }

    /** Calls a method of the backend's metadata or connection. */
    public Answer catalog(String method, List<Argument> arguments) throws SQLException {
        return send(null, false, window, id -> new Request.Catalog(id, window, method, arguments));
    }

    /** Ends the transaction, if there is one; its outcome is known when this returns. */
    public void commit() throws SQLException {
        end(Request.Transact.COMMIT);
    }

    /** Undoes the transaction, if there is one. */
    public void rollback() throws SQLException {
        end(Request.Transact.ROLLBACK);
    }

    private void end(int action) throws SQLException {
        // In autocommit the backend's driver says whether that makes sense.
        if (!inTransaction() && !isAutoCommit()) {
            throwIfEnded();
            return;
        }
        boolean commit = action == Request.Transact.COMMIT;
        Answer answer = send(null, commit, 0, id -> new Request.Transact(id, action, ""));
        answer.finish();
        ranSinceCommit = false;
    }

    /** Works with a savepoint. */
    public void savepoint(int action, String name) throws SQLException {
        Answer answer = send(null, false, 0, id -> new Request.Transact(id, action, name));
        if (action == Request.Transact.SAVEPOINT) {
            ranSinceCommit = true;
        }
        answer.finish();
    }

    /** Asks for a sign of life. */
    public void ping(int timeoutMillis) throws SQLException {
        send(null, false, 0, id -> new Request.Ping(id, timeoutMillis)).finish();
    }

    /** Begins a batch, whose parts the returned object takes. */
    public BatchSender batch(@Nullable StatementHandle statement, int timeoutMillis) {
        return new BatchSender(this, statement, timeoutMillis);
    }

    Answer send(
            @Nullable StatementHandle statement,
            boolean commit,
            long credit,
            IntFunction<Request> make)
            throws SQLException {
        int id = lastRequest.incrementAndGet();
        Answer answer = new Answer(this, id, statement, commit, credit);
        answers.put(id, answer);
        try {
            sendPart(answer, make.apply(id));
        } catch (SQLException e) {
            answers.remove(id);
            throw e;
        }
        return answer;
    }

    /** Sends a request, or one more part of it, and all that waits to ride with it. */
    void sendPart(Answer answer, Request request) throws SQLException {
        writing.lock();
        try {
            throwIfEnded();
            StatementHandle statement = answer.statement();
            int mark = out.size();
            boolean prepares = statement != null && !statement.isPrepared();
            if (statement != null && prepares) {
                statement.prepare().write(out);
                checkFrame(mark, mark);
            }
            List<CallParameter> unsigned = statement == null ? null : statement.unsigned();
            if (statement != null && unsigned != null) {
                new Request.Signature(statement.id(), unsigned).write(out);
            }
            int requestMark = out.size();
            request.write(out);
            checkFrame(requestMark, mark);
            // Only now nothing can be refused here any more: what was refused must not have ridden.
            writeSettings(answer, mark);
            if (statement != null) {
                statement.prepared(true);
                ranSinceCommit |= !isAutoCommit();
            }
            link.write(out);
        } catch (IOException e) {
            throw lost(answer, e);
        } finally {
            writing.unlock();
        }
    }

    /** Sends a part of a request that has ended already; nothing answers it. */
    void sendLate(Request request) throws SQLException {
        writing.lock();
        try {
            throwIfEnded();
            request.write(out);
            link.write(out);
        } catch (IOException e) {
            throw noteLoss(e);
        } finally {
            writing.unlock();
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

    private void checkFrame(int start, int truncateTo) throws SQLException {
        int size = out.size() - start;
        if (size > maxFrame) {
            out.truncate(truncateTo);
            throw new SQLNonTransientException(
                    "The statement and its parameters take "
                            + size
                            + " bytes; the broker accepts at most "
                            + maxFrame
                            + " in one message.",
                    "54000");
        }
    }

    // ---- quiet messages

    /** Forgets a statement; the news rides with the next message. */
    public void forget(StatementHandle statement) {
        writing.lock();
        try {
            if (statement.isKnown() && ending == null && !closed) {
                statement.forgotten();
                new Request.Close(Request.Close.STATEMENT, statement.id()).write(out);
                if (out.size() > RIDING_LIMIT) {
                    link.write(out);
                }
            }
        } catch (IOException e) {
            noteLoss(e);
        } finally {
            writing.unlock();
        }
    }

    void grant(Answer answer, int bytes) throws SQLException {
        writing.lock();
        try {
            new Request.Credit(answer.id(), bytes).write(out);
            link.write(out);
        } catch (IOException e) {
            throw lost(answer, e);
        } finally {
            writing.unlock();
        }
    }

    /** The broker may be holding a backend connection for the rows: it is told at once. */
    void abandon(Answer answer) {
        writing.lock();
        try {
            if (ending == null && !closed) {
                new Request.Close(Request.Close.REQUEST, answer.id()).write(out);
                link.write(out);
            }
        } catch (IOException e) {
            noteLoss(e);
        } finally {
            writing.unlock();
        }
    }

    /** Cancels a request, from any thread. */
    public void cancel(int request) throws SQLException {
        writing.lock();
        try {
            if (ending == null && !closed && answers.containsKey(request)) {
                new Request.Cancel(request).write(out);
                link.write(out);
            }
        } catch (IOException e) {
            throw noteLoss(e);
        } finally {
            writing.unlock();
        }
    }

    /** Remembers a setting, which rides with the next request. */
    public void set(String name, @Nullable String value) throws SQLException {
        writing.lock();
        try {
            throwIfEnded();
            settings.set(name, value);
        } finally {
            writing.unlock();
        }
    }

    /** A setting as this connection set it; null if it did not. */
    public @Nullable String setting(String name) {
        writing.lock();
        try {
            return settings.get(name);
        } finally {
            writing.unlock();
        }
    }

    /** Whether each statement is its own transaction. */
    public boolean isAutoCommit() {
        return "true".equals(setting(AUTOCOMMIT));
    }
}
