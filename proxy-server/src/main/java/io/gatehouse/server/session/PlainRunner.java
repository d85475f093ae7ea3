package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.wire.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one statement of a plain client at a time: puts it into the transaction that it
 * belongs to, sends it on its walk or answers it, and gathers what the client is told. Owned by the
 * event loop.
 */
final class PlainRunner {
    /** Messages that may gather before they are sent although nobody asked for it. */
    private static final int GATHERED = 256;

    private final SessionContext session;
    private final SessionState state;
    private final Walk walk;
    private final Consumer<Request> enqueue;
    private final Consumer<Runnable> guarded;
    private final ServerParameters parameters;
    private final PlainTypes types;
    private List<Backend> outbox = new ArrayList<>();
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
        this.parameters = parameters;
        this.types = new PlainTypes(session.kind().dialect() == Dialect.POSTGRESQL);
    }

    /** Told how a statement ended, when the next one may start. */
    interface Then {
        void ended(boolean well);
    }

    /** What one execution is asked for. */
    record Task(
            PlainStatement statement,
            List<Parameter> parameters,
            PlainReply.Shape shape,
            int maxRows,
            boolean alone,
            @Nullable Portal portal,
            boolean byBroker) {

        /** The same, answered by the broker itself once the gate has let it pass. */
        Task answered() {
            return new Task(statement, parameters, shape, maxRows, alone, portal, true);
        }
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

    void say(Backend message) {
        outbox.add(message);
        if (outbox.size() >= GATHERED) {
            send();
        }
    }

    void sayError(Fault fault) {
        say(new Backend.ErrorResponse("ERROR", fault));
    }

    /** Sends all that was said. */
    void send() {
        if (!outbox.isEmpty()) {
            List<Backend> messages = outbox;
            outbox = new ArrayList<>();
            session.client().send(messages);
        }
    }

    /** Runs something that ends later; nothing else is started meanwhile. */
    void aside(Runnable work, Runnable then) {
        busy = true;
        session.aside(
                () -> {
                    work.run();
                    session.client()
                            .execute(
                                    () -> {
                                        busy = false;
                                        guarded.accept(then);
                                    });
                });
    }

    // Statements

    void run(Task task, Then then) {
        BrokerCommand command = task.statement().command();
        StatementFacts facts = task.statement().facts();
        if (command != null) {
            command(task, command, then);
        } else if (facts == null || facts.verb() == Verb.EMPTY) {
            empty(task, then);
        } else {
            Fault fault = refusal(facts);
            if (fault != null) {
                fail(fault, then);
            } else {
                statement(task, facts, then);
            }
        }
    }

    private void fail(Fault fault, Then then) {
        sayError(fault);
        then.ended(false);
    }

    private void empty(Task task, Then then) {
        if (task.shape().describe() && !task.shape().several()) {
            say(new Backend.NoData());
        }
        say(new Backend.EmptyQueryResponse());
        then.ended(true);
    }

    /** Whether a statement may run in a failed transaction. */
    static boolean endsFailed(StatementFacts facts) {
        return switch (facts.verb()) {
            case COMMIT, ROLLBACK, ROLLBACK_TO, EMPTY -> true;
            default -> false;
        };
    }

    /** Why this door does not run a statement; null when it does. */
    @Nullable Fault refusal(StatementFacts facts) {
        if (state.reported() == TransactionState.FAILED && !endsFailed(facts)) {
            return Faults.failedTransaction();
        }
        if (facts.verb() == Verb.COPY) {
            return Fault.of(
                    "0A000",
                    "COPY is not supported over this kind of connection",
                    "Use INSERT with many rows, or SELECT.");
        }
        boolean savepoint =
                facts.effect() instanceof SessionEffect.Saves
                        || facts.effect() instanceof SessionEffect.Releases
                        || facts.effect() instanceof SessionEffect.RollsBackTo;
        if (savepoint && (implicit || !state.block())) {
            return Fault.of(
                    "25P01",
                    facts.verb().name().replace('_', ' ')
                            + " can only be used in transaction blocks",
                    "Begin a transaction first.");
        }
        if (facts.effect() instanceof SessionEffect.Sets sets) {
            return refusal(sets);
        }
        return null;
    }

    private static @Nullable Fault refusal(SessionEffect.Sets sets) {
        for (SessionEffect.Setting setting : sets.settings()) {
            boolean fixed =
                    switch (setting.name()) {
                        case "client_encoding", "datestyle", "standard_conforming_strings" -> true;
                        default -> false;
                    };
            String value = ServerParameters.unquoted(setting.valueText());
            if (fixed && !value.equalsIgnoreCase("default")) {
                Fault fault = ServerParameters.refuse(setting.name(), value);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private void statement(Task task, StatementFacts facts, Then then) {
        PlainStatement statement = task.statement();
        PlainReply reply = reply(task, tag(statement, facts), then);
        Request.Plan plan = plan(task);
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
        request.byBroker = task.byBroker() || setsEncoding(facts);
        Portal portal = task.portal();
        if (portal != null) {
            portal.request = request;
            portal.reply = reply;
        }
        reply.ask(task.maxRows(), state.block());
        submit(request, reply);
    }

    /** The broker speaks UTF8 to clients whatever the backend is told. */
    private static boolean setsEncoding(StatementFacts facts) {
        return facts.effect() instanceof SessionEffect.Sets sets
                && facts.verb() == Verb.SET
                && sets.settings().stream().allMatch(s -> s.name().equals("client_encoding"));
    }

    private Request.Plan plan(Task task) {
        PlainStatement statement = task.statement();
        Duration timeout = parameters.statementTimeout();
        return (permitted, in) ->
                new Call.Run(
                        text(statement, permitted.get(0)),
                        task.parameters(),
                        Call.Expect.ANYTHING,
                        in,
                        in ? 0 : task.maxRows(),
                        task.maxRows(),
                        timeout);
    }

    private static Call.Text text(PlainStatement statement, Permitted permitted) {
        return new Call.Text(
                permitted, statement.text().direct(), false, Call.Keys.NONE, List.of());
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
            fail(
                    Fault.of(
                            "25001",
                            "transaction modes must be set before any statement of the transaction",
                            "Send BEGIN first."),
                    then);
        } else {
            implicit = false;
            state.blockMode(modes.isolation(), modes.readOnly());
            Request request = request(statement, plan(reply), reply);
            request.byBroker = true;
            submit(request, reply);
        }
    }

    private static Request.Plan plan(PlainReply reply) {
        return (permitted, in) -> new Call.Ping(Duration.ZERO);
    }

    // Commands of the broker's

    private void command(Task task, BrokerCommand command, Then then) {
        if (state.reported() == TransactionState.FAILED && !(command instanceof BrokerCommand.End)) {
            fail(Faults.failedTransaction(), then);
            return;
        }
        PlainReply reply = reply(task, (rows, hadRows) -> command.tag(), then);
        if (command instanceof BrokerCommand.End end && state.block()) {
            transact(end.commit() ? Call.Action.COMMIT : Call.Action.ROLLBACK, reply);
            return;
        }
        busy = true;
        reply.begin(take());
        Fault fault = apply(command, reply);
        if (fault == null) {
            reply.done(state.reported());
        } else {
            reply.failed(fault, state.reported());
        }
    }

    private @Nullable Fault apply(BrokerCommand command, PlainReply reply) {
        return switch (command) {
            case BrokerCommand.Assign m -> parameters.assign(m.name(), m.value());
            case BrokerCommand.Reset m -> parameters.reset(m.name());
            case BrokerCommand.Show m -> {
                reply.answer(m.name(), parameters.show(m.name()));
                yield null;
            }
            case BrokerCommand.Mode m -> mode(m);
            case BrokerCommand.Begin m -> begin(m, reply);
            case BrokerCommand.End m -> {
                reply.warning(Fault.of("25P01", "there is no transaction in progress", ""));
                yield null;
            }
        };
    }

    private @Nullable Fault mode(BrokerCommand.Mode mode) {
        TransactionOptions parsed = TransactionOptions.parse(mode.options());
        if (parsed.unsupported() != null) {
            return Faults.notSupported(parsed.unsupported());
        }
        if (!mode.session()) {
            state.blockMode(parsed.isolation(), parsed.readOnly());
            return null;
        }
        var carried = state.carried();
        carried = parsed.isolation() == null ? carried : carried.withIsolation(parsed.isolation());
        carried = parsed.readOnly() == null ? carried : carried.withReadOnly(parsed.readOnly());
        state.carry(carried);
        return null;
    }

    private @Nullable Fault begin(BrokerCommand.Begin begin, PlainReply reply) {
        TransactionOptions modes = TransactionOptions.parse(begin.options());
        if (modes.unsupported() != null) {
            return Faults.notSupported(modes.unsupported());
        }
        if (implicit) {
            implicit = false;
        } else if (state.block()) {
            reply.warning(Fault.of("25001", "there is already a transaction in progress", ""));
        } else {
            state.begin(modes.isolation(), modes.readOnly());
        }
        return null;
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
        reply.begin(take());
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
        reply.describes(what);
        Request request =
                request(
                        statement,
                        (permitted, in) -> new Call.Describe(text(statement, permitted.get(0))),
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
                ++ids,
                List.of(statement.text().sql()),
                plan,
                reply,
                parameters.statementTimeout());
    }

    private PlainReply reply(Task task, PlainReply.Tag tag, Then then) {
        PlainReply.Shape shape = task.shape();
        return reply(
                new PlainReply.Shape(shape.formats(), shape.describe(), shape.several(), tag),
                task.portal(),
                then);
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
        reply.begin(take());
        enqueue.accept(request);
    }

    private List<Backend> take() {
        List<Backend> messages = outbox;
        outbox = new ArrayList<>();
        return messages;
    }

    private void ended(
            PlainReply reply, PlainReply.End end, @Nullable Portal portal, Then then) {
        List<Backend> messages = reply.surrender();
        if (portal != null && portal.state == Portal.State.SUSPENDED) {
            // It was given up or cancelled while nobody asked for its rows.
            portal.state = Portal.State.ENDED;
            return;
        }
        if (portal != null) {
            portal.state =
                    end == PlainReply.End.SUSPENDED
                            ? Portal.State.SUSPENDED
                            : Portal.State.ENDED;
        }
        outbox.addAll(messages);
        outbox.addAll(parameters.changes());
        running = null;
        if (implicit && !state.block()) {
            implicit = false;
        }
        session.client()
                .execute(
                        () -> {
                            busy = false;
                            guarded.accept(() -> then.ended(end != PlainReply.End.FAILED));
                        });
    }
}
