package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.transport.Connector;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.Traceparent;
import io.gatehouse.jdbc.wire.Argument;
import io.gatehouse.jdbc.wire.BranchStep;
import io.gatehouse.jdbc.wire.Outflow;
import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.logging.Level;

/**
 * One connection's conversation with its broker. The calling threads do the reading: whoever waits
 * for an answer reads, and hands what belongs to others to them. Thread-safe.
 */
public final class Session extends Moving {
    /** The setting that says whether each statement is its own transaction. */
    public static final String AUTOCOMMIT = "autocommit";

    private static final int RIDING_LIMIT = 64 * 1024;
    private static final int DEFAULT_FRAME = 16 * 1024 * 1024;

    private final int window;
    private final int keptRows;
    private final AtomicInteger lastStatement = new AtomicInteger();
    private final AtomicInteger lastRequest = new AtomicInteger();
    private volatile boolean inBranch;
    private final CatalogMemory memory;

    private Session(ConnectOptions options, int loginSeconds) throws SQLException {
        super(new Connector(options), options, loginSeconds);
        this.window = options.window();
        this.keptRows = options.keptRows();
        this.memory = new CatalogMemory(options.metadataCache());
        settings.set(AUTOCOMMIT, "true");
        settings.take();
        if (options.traceparent() != null) {
            settings.set(Traceparent.NAME, options.traceparent());
        }
        if (options.traceComments()) {
            settings.set("trace_comments", "true");
        }
        timeout((int) Math.min(Integer.MAX_VALUE, options.socketTimeout() * 1000L));
    }

    /**
     * Opens a session.
     *
     * @param loginSeconds how long that may take; 0: no limit
     */
    public static Session open(ConnectOptions options, int loginSeconds) throws SQLException {
        return new Session(options, loginSeconds);
    }

    /** Bytes of the largest frame that the broker accepts. */
    public int maxFrame() {
        try {
            return Math.max(4096, Integer.parseInt(fact("gatehouse.max_frame")));
        } catch (NumberFormatException e) {
            LOG.log(Level.FINE, "The broker did not say how large a frame may be.", e);
            return DEFAULT_FRAME;
        }
    }

    int keptRows() {
        return keptRows;
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
        return send(statement, 0, id -> new Request.Describe(id, statement.id()));
    }

    /** Calls a method of the backend's metadata or connection. */
    public Answer catalog(String method, List<Argument> arguments) throws SQLException {
        return send(null, window, id -> new Request.Catalog(id, window, method, arguments));
    }

    /** The rows that a method of the metadata brought before; null where it has to be asked. */
    public @Nullable RowCursor remembered(String method, List<Argument> arguments)
            throws SQLException {
        ready();
        return memory.find(method, arguments);
    }

    /** A question to the backend's metadata that is about to be asked. */
    public Question question(String method, List<Argument> arguments) {
        return new Question(memory, method, arguments);
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
        boolean commit = action == Request.Transact.COMMIT;
        meet();
        takeInWhatOutlives();
        if (commit) {
            try {
                throwIfRolledBack();
            } finally {
                endsLost();
            }
        } else if (endsLost()) {
            return;
        }
        // In autocommit the backend's driver says whether that makes sense.
        if (!inTransaction() && !isAutoCommit()) {
            return;
        }
        send(null, 0, id -> new Request.Transact(id, action, "")).finish();
        ranSinceCommit = false;
    }

    /** Comes before anything is decided: while it reads, the transaction may go with its broker. */
    private void takeInWhatOutlives() throws SQLException {
        if (!isAutoCommit()) {
            for (Pending one : List.copyOf(pending.values())) {
                one.answer().transactionEnds();
            }
        }
    }

    /** Works with a savepoint. */
    public void savepoint(int action, String name) throws SQLException {
        Answer answer = send(null, 0, id -> new Request.Transact(id, action, name));
        if (action == Request.Transact.SAVEPOINT) {
            ranSinceCommit = true;
        }
        answer.finish();
    }

    /** Takes a step of a branch of a transaction over several databases. */
    public void branch(int step, int format, byte[] global, byte[] qualifier) throws SQLException {
        boolean leaves =
                step == BranchStep.PREPARE
                        || step == BranchStep.COMMIT_ONE_PHASE
                        || step == BranchStep.ROLLBACK;
        meet();
        if (leaves) {
            for (Pending one : List.copyOf(pending.values())) {
                one.answer().transactionEnds();
            }
        }
        send(null, 0, id -> new BranchStep(id, step, format, global, qualifier)).finish();
        if (leaves) {
            ranSinceCommit = false;
            inBranch = false;
        } else if (step == BranchStep.START) {
            inBranch = true;
        }
    }

    /** Whether a transaction manager ends the transaction that is open. */
    public boolean inBranch() {
        return inBranch;
    }

    /** Asks for a sign of life, of another broker where this one is gone. */
    public void ping(int timeoutMillis) throws SQLException {
        int seconds = timeoutMillis == 0 ? Integer.MAX_VALUE : (timeoutMillis + 999) / 1000;
        ready(seconds);
        ask(null, 0, id -> new Request.Ping(id, timeoutMillis)).finish();
    }

    /** Begins a batch, whose parts the returned object takes. */
    public BatchSender batch(@Nullable StatementHandle statement, int timeoutMillis) {
        return new BatchSender(this, statement, timeoutMillis);
    }

    Answer send(@Nullable StatementHandle statement, long credit, IntFunction<Request> make)
            throws SQLException {
        ready();
        return ask(statement, credit, make);
    }

    private Answer ask(@Nullable StatementHandle statement, long credit, IntFunction<Request> make)
            throws SQLException {
        feeding.checkMayAsk(this);
        feeding.lock();
        try {
            Answer answer = begin(statement, credit, make);
            relieve();
            return answer;
        } finally {
            feeding.unlock();
        }
    }

    /** Runs a statement whose parameters are sent in pieces as far as they are too large. */
    public Answer feed(
            StatementHandle statement,
            ExecuteSettings how,
            List<Parameter> parameters,
            Consumer<Answer> begun)
            throws SQLException {
        feeding.lock();
        try {
            Map<Integer, Outflow> values = Feeding.begin(parameters);
            Answer answer = execute(statement, how, parameters);
            begun.accept(answer);
            feeding.feed(this, answer, values, Integer.MAX_VALUE);
            return answer;
        } finally {
            feeding.unlock();
        }
    }

    /** Whether a later request waits for the backend connection that an answer holds. */
    boolean isWaitedFor(Answer answer) {
        boolean shared = !isAutoCommit() || !holds.isEmpty();
        return shared && pending.keySet().stream().anyMatch(id -> id > answer.id());
    }

    private void relieve() {
        for (Pending one : pending.values()) {
            if (one.answer().midRow && isWaitedFor(one.answer())) {
                one.answer().relieve();
            }
        }
    }

    private Answer begin(
            @Nullable StatementHandle statement, long credit, IntFunction<Request> make)
            throws SQLException {
        int id = lastRequest.incrementAndGet();
        Answer answer = new Answer(this, id, statement, credit);
        Request request = make.apply(id);
        writing.lock();
        try {
            if (closed) {
                throw Faults.connectionClosed();
            }
            boolean begins = !isAutoCommit() && !inTransaction() && !request.onlyAsks();
            Pending one = new Pending(answer, request, begins);
            pending.put(id, one);
            write(one, request);
        } catch (SQLException e) {
            pending.remove(id);
            throw e;
        } finally {
            writing.unlock();
        }
        return answer;
    }

    /** Sends one more part of a request; nothing answers it if that has ended already. */
    void sendPart(Answer answer, Request request) throws SQLException {
        writing.lock();
        try {
            Pending one = pending.get(answer.id());
            if (one != null) {
                one.add(request);
                write(one, request);
            } else if (answer.epoch == epoch) {
                request.write(out);
                flush();
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    void checkFrame(int start, int truncateTo) throws SQLException {
        int size = out.size() - start;
        if (size > maxFrame()) {
            out.truncate(truncateTo);
            throw new SQLNonTransientException(
                    "The statement and its parameters take "
                            + size
                            + " bytes; the broker accepts at most "
                            + maxFrame()
                            + " in one message.",
                    "54000");
        }
    }

    // ---- quiet messages

    /** Forgets a statement; the news rides with the next message. */
    public void forget(StatementHandle statement) {
        writing.lock();
        try {
            if (statement.isKnown(epoch) && ending == null && !closed) {
                statement.forgotten();
                new Request.Close(Request.Close.STATEMENT, statement.id()).write(out);
                if (out.size() > RIDING_LIMIT) {
                    flush();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    void grant(Answer answer, int bytes) {
        tell(answer.id(), new Request.Credit(answer.id(), bytes));
    }

    /** The broker may be holding a backend connection for the rows: it is told at once. */
    void abandon(Answer answer) {
        tell(answer.id(), new Request.Close(Request.Close.REQUEST, answer.id()));
    }

    /** Cancels a request, from any thread. */
    public void cancel(int request) {
        tell(request, new Request.Cancel(request));
    }

    private void tell(int request, Request quiet) {
        writing.lock();
        try {
            if (ending == null && !closed && pending.containsKey(request)) {
                quiet.write(out);
                flush();
            }
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
            memory.clear();
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

    @Override
    public boolean isAutoCommit() {
        return "true".equals(setting(AUTOCOMMIT));
    }
}
