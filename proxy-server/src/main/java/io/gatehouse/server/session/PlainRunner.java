package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.wire.Backend;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out one statement of a plain client at a time: puts it into the transaction that it
 * belongs to, sends it on its walk or answers it, and gathers what the client is told. Owned by the
 * event loop.
 */
final class PlainRunner {
    private final SessionContext session;
    private final SessionState state;
    private final Walk walk;
    private final Consumer<Request> enqueue;
    private final Consumer<Runnable> guarded;
    private final ServerParameters parameters;
    private final PlainTypes types;
    private final BrokerCommands commands;
    private final PlainOutput output;
    private int ids;
    private boolean busy;
    private boolean implicit;
    private @Nullable Request running;

    PlainRunner(
            SessionContext session,
            SessionState state,
            Walk walk,
            ServerParameters parameters,
            Consumer<Request> enqueue,
            Consumer<Runnable> guarded) {
        this.session = session;
        this.state = state;
        this.walk = walk;
        this.enqueue = enqueue;
        this.guarded = guarded;
        this.commands = new BrokerCommands(state, parameters);
        this.parameters = parameters;
        this.output = new PlainOutput(session.client());
        this.types = new PlainTypes(session.kind().dialect() == Dialect.POSTGRESQL);
    }

    /** Told how a statement ended, when the next one may start. */
    interface Then {
        void ended(boolean well);
    }

    boolean busy() {
        return busy;
    }

    Optional<Request> running() {
        return Optional.ofNullable(running);
    }

    /** Whether a transaction is open that the client has not begun. */
    boolean implicit() {
        return implicit;
    }

    PlainOutput output() {
        return output;
    }

    /** The client is gone: what was said is not sent any more. */
    void close() {
        WriterReply.drop(output.take());
    }

    /** Runs something that ends later; nothing else is started meanwhile. */
    void aside(Runnable work, Runnable then) {
        busy = true;
        session.aside(() -> {
            work.run();
            session.client()
                    .execute(() -> {
                        busy = false;
                        guarded.accept(then);
                    });
        });
    }

    // Statements

    void run(PlainTask task, Then then) {
        BrokerCommand command = task.statement().command();
        StatementFacts facts = task.statement().facts();
        if (command != null) {
            command(task, command, then);
        } else if (facts == null || facts.verb() == Verb.EMPTY) {
            empty(task, then);
        } else {
            Fault fault = PlainRules.refusal(facts, state, implicit);
            if (fault != null) {
                fail(fault, then);
            } else {
                statement(task, facts, then);
            }
        }
    }

    private void fail(Fault fault, Then then) {
        output.sayError(fault);
        then.ended(false);
    }

    private void empty(PlainTask task, Then then) {
        if (task.shape().describe() && !task.shape().several()) {
            output.say(new Backend.NoData());
        }
        output.say(new Backend.EmptyQueryResponse());
        then.ended(true);
    }

    private void statement(PlainTask task, StatementFacts facts, Then then) {
        PlainStatement statement = task.statement();
        PlainReply reply = reply(task, tag(statement, facts), then);
        Request.Plan plan = task.plan(parameters.statementTimeout());
        if (facts.effect() instanceof SessionEffect.Begins begins && implicit) {
            adopt(begins, statement, reply, then);
            return;
        }
        if (facts.effect() instanceof SessionEffect.Ends ends && !ends.chain()) {
            boolean failed = state.reported() == TransactionState.FAILED;
            Call.Action action =
                    ends.commit() && !failed ? Call.Action.COMMIT : Call.Action.ROLLBACK;
            Request request = request(statement, (p, in) -> new Call.Transact(action, ""), reply);
            request.onFailure = this::lostTransaction;
            submit(request, reply);
            return;
        }
        boolean control =
                facts.effect() instanceof SessionEffect.Begins
                        || facts.effect() instanceof SessionEffect.TransactionMode;
        if (!task.alone() && !state.block() && !control) {
            state.begin(null, null);
            implicit = true;
        }
        Request request = request(statement, plan, reply);
        request.byBroker = task.byBroker() || PlainRules.setsEncoding(facts);
        Portal portal = task.portal();
        if (portal != null) {
            portal.request = request;
            portal.reply = reply;
        }
        reply.ask(task.maxRows(), state.block());
        submit(request, reply);
    }

    private PlainReply.Tag tag(PlainStatement statement, StatementFacts facts) {
        boolean rolledBack =
                facts.verb() == Verb.COMMIT && state.reported() == TransactionState.FAILED;
        return rolledBack
                ? (rows, hadRows) -> "ROLLBACK"
                : (rows, hadRows) -> Tags.of(facts, statement.own(), rows, hadRows);
    }

    /** BEGIN behind other statements of a pipeline: their transaction becomes the client's. */
    private void adopt(
            SessionEffect.Begins begins, PlainStatement statement, PlainReply reply, Then then) {
        TransactionOptions modes = TransactionOptions.parse(begins.options());
        boolean late = state.transaction() != TransactionState.NONE;
        if (modes.unsupported() != null) {
            fail(Faults.notSupported(modes.unsupported()), then);
        } else if (late && (modes.isolation() != null || modes.readOnly() != null)) {
            fail(PlainFaults.lateModes(), then);
        } else {
            implicit = false;
            state.blockMode(modes.isolation(), modes.readOnly());
            Request request = request(statement, (p, in) -> new Call.Ping(Duration.ZERO), reply);
            request.byBroker = true;
            submit(request, reply);
        }
    }

    // Commands of the broker's

    private void command(PlainTask task, BrokerCommand command, Then then) {
        if (state.reported() == TransactionState.FAILED
                && !(command instanceof BrokerCommand.End)) {
            fail(Faults.failedTransaction(), then);
            return;
        }
        PlainReply reply = reply(task, (rows, hadRows) -> command.tag(), then);
        if (command instanceof BrokerCommand.End end && state.block()) {
            transact(end.commit() ? Call.Action.COMMIT : Call.Action.ROLLBACK, reply);
            return;
        }
        busy = true;
        reply.begin(output.take());
        boolean adopts = command instanceof BrokerCommand.Begin && implicit;
        Fault fault = adopts ? null : commands.apply(command, reply);
        implicit &= !adopts;
        if (fault == null) {
            reply.done(state.reported());
        } else {
            reply.failed(fault, state.reported());
        }
    }

    // Transactions

    /** Ends the transaction that the client has not begun. */
    void endImplicit(boolean commit, Then then) {
        PlainReply reply =
                reply(PlainReply.Shape.SILENT, null, well -> ended(commit && well, then));
        boolean failed = state.transaction() == TransactionState.FAILED;
        transact(commit && !failed ? Call.Action.COMMIT : Call.Action.ROLLBACK, reply);
    }

    private void ended(boolean well, Then then) {
        if (implicit && state.block()) {
            // A commit that failed and left the transaction open, as SQLite's may.
            PlainReply reply =
                    reply(
                            PlainReply.Shape.SILENT,
                            null,
                            rolledBack -> {
                                implicit = false;
                                then.ended(false);
                            });
            transact(Call.Action.ROLLBACK, reply);
        } else {
            implicit = false;
            then.ended(well);
        }
    }

    private void transact(Call.Action action, PlainReply reply) {
        Request request =
                new Request(
                        ++ids,
                        List.of(),
                        (permitted, in) -> new Call.Transact(action, ""),
                        reply,
                        Duration.ZERO);
        request.onFailure = this::lostTransaction;
        submit(request, reply);
    }

    /** A failed end of a transaction: where the backend has none any more, the session has none. */
    private void lostTransaction() {
        if (state.transaction() == TransactionState.NONE) {
            state.ended(false);
        }
    }

    // Portals and descriptions

    /** Goes on with a portal whose rows were limited. */
    void resume(Portal portal, Request request, PlainReply reply, int maxRows) {
        busy = true;
        running = request;
        portal.state = Portal.State.RUNNING;
        reply.begin(output.take());
        reply.ask(maxRows, true);
        walk.resume(request);
    }

    /** Gives up the rows that a suspended portal still has. */
    void abandon(Portal portal) {
        Request request = portal.request;
        if (portal.state == Portal.State.SUSPENDED && request != null) {
            walk.abandon(request);
        }
    }

    void describe(
            PlainStatement statement,
            PlainReply.Shape shape,
            PlainReply.Describing what,
            Then then) {
        PlainReply reply = reply(shape, null, then);
        reply.shows(statement.shown(), true);
        reply.explains(fault -> ForeignCatalog.explained(session.kind(), statement.own(), fault));
        reply.describes(what);
        Request request =
                request(
                        statement,
                        (permitted, in) -> new Call.Describe(statement.text(permitted.get(0))),
                        reply);
        reply.ask(0, false);
        submit(request, reply);
    }

    PlainTypes types() {
        return types;
    }

    // Requests

    private Request request(PlainStatement statement, Request.Plan plan, PlainReply reply) {
        return new Request(
                ++ids, List.of(statement.text().sql()), plan, reply, parameters.statementTimeout());
    }

    private PlainReply reply(PlainTask task, PlainReply.Tag tag, Then then) {
        PlainReply.Shape shape = task.shape();
        PlainReply reply =
                reply(
                        new PlainReply.Shape(
                                shape.formats(), shape.describe(), shape.several(), tag),
                        task.portal(),
                        then);
        StatementFacts facts = task.statement().facts();
        reply.shows(task.statement().shown(), facts != null && !facts.changes());
        String sql = task.statement().own();
        reply.explains(fault -> ForeignCatalog.explained(session.kind(), sql, fault));
        return reply;
    }

    private PlainReply reply(PlainReply.Shape shape, @Nullable Portal portal, Then then) {
        Client client = session.client();
        return new PlainReply(
                session,
                types,
                parameters.zone(),
                shape,
                () -> client.execute(this::waits),
                (reply, end) -> ended(reply, end, portal, then));
    }

    private void waits() {
        if (running != null) {
            walk.waits(running);
        }
    }

    private void submit(Request request, PlainReply reply) {
        busy = true;
        running = request;
        reply.begin(output.take());
        enqueue.accept(request);
    }

    private void ended(PlainReply reply, PlainReply.End end, @Nullable Portal portal, Then then) {
        List<Backend> messages = reply.surrender();
        if (portal != null && portal.state == Portal.State.SUSPENDED) {
            // It was given up or cancelled while nobody asked for its rows.
            portal.state = Portal.State.ENDED;
            portal.failure = reply.failure();
            WriterReply.drop(messages);
            return;
        }
        if (portal != null) {
            portal.state =
                    end == PlainReply.End.SUSPENDED ? Portal.State.SUSPENDED : Portal.State.ENDED;
        }
        output.add(messages);
        output.add(parameters.changes());
        if (end == PlainReply.End.SUSPENDED && running != null) {
            Stopper.missed(running);
        }
        running = null;
        if (implicit && !state.block()) {
            implicit = false;
        }
        session.client()
                .execute(() -> {
                    busy = false;
                    guarded.accept(() -> then.ended(end != PlainReply.End.FAILED));
                });
    }
}
