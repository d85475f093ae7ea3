package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A session of an ordinary PostgreSQL client: simple and extended queries, one message after the
 * other. After an error in an extended query everything up to the next Sync is dropped.
 */
final class PlainSession extends LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(PlainSession.class);

    /** Above this many characters a text is looked at off the event loop. */
    private static final int QUICK_TEXT = 4_096;

    private final Inbox inbox;
    private final PlainNames names;
    private final ServerParameters parameters;
    private final PlainRunner runner;
    private boolean skipping;
    private boolean paused;

    PlainSession(Opening opening, Rooms rooms, Consumer<LiveSession> onClose) {
        super(opening, rooms, "postgresql", onClose);
        SessionLimits limits = context().limits();
        inbox = new Inbox(limits.queued());
        names = new PlainNames(limits.statements());
        if (state().carried().timeZone() == null) {
            state().carry(state().carried().withTimeZone("UTC"));
        }
        parameters =
                new ServerParameters(
                        state(),
                        dialect(),
                        serverVersion(opening.version(), context().kind().name()),
                        opening.principal().user());
        runner = new PlainRunner(context(), state(), walk(), parameters, this::enqueue, this::guarded);
    }

    /**
     * Tools read the number in front and expect the catalogues and messages of that version; what
     * follows tells people what is behind it.
     */
    private static String serverVersion(String version, String kind) {
        return "17.0 (Gatehouse " + version + "; " + kind + ")";
    }

    private Dialect dialect() {
        return context().kind().dialect();
    }

    @Override
    void greet() {
        Fault fault = StartupSettings.apply(opening(), context(), state(), parameters);
        if (fault != null) {
            end(fault);
            return;
        }
        parameters.changes().forEach(runner::say);
        runner.say(new Backend.BackendKeyData(id(), key()));
        ready();
    }

    private void ready() {
        runner.say(new Backend.ReadyForQuery(ExtendedReply.status(state().reported())));
        runner.send();
    }

    @Override
    void farewell(Fault why) {
        runner.say(new Backend.ErrorResponse("FATAL", why));
        runner.send();
    }

    @Override
    void announceDrain(Duration patience) {
        // PostgreSQL has no message for it: the session ends at its next transaction boundary.
    }

    @Override
    Optional<Request> running() {
        return runner.running();
    }

    @Override
    void writable() {
        pump();
    }

    @Override
    public void on(Frontend message) {
        if (ending()) {
            return;
        }
        inbox.add(message);
        pump();
    }

    /** Carries messages out until one has to wait. */
    private void pump() {
        guarded(this::carryOut);
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // A client that waits for an answer which never comes is worse than one that is gone.
            String reference = UUID.randomUUID().toString();
            LOG.error("reference {}: session {} failed", reference, id(), e);
            end(Faults.internal(reference));
        }
    }

    private void carryOut() {
        while (!runner.busy() && !ending() && opening().client().isWritable()) {
            Frontend message = inbox.peek();
            if (message == null || !step(message)) {
                break;
            }
        }
        boolean full = inbox.full();
        if (full != paused) {
            paused = full;
            opening().client().pauseReading(full);
        }
    }

    /** Takes one message; false when what comes after it must be known first. */
    private boolean step(Frontend message) {
        boolean dropped =
                skipping
                        && !(message instanceof Frontend.Sync)
                        && !(message instanceof Frontend.Terminate);
        if (!dropped) {
            switch (message) {
                case Frontend.Execute m -> {
                    return execute(m);
                }
                case Frontend.Describe m -> {
                    return describe(m);
                }
                default -> {}
            }
        }
        inbox.remove();
        if (!dropped) {
            take(message);
        }
        return true;
    }

    private void take(Frontend message) {
        switch (message) {
            case Frontend.Query m -> query(m);
            case Frontend.Parse m -> parse(m);
            case Frontend.Bind m -> bind(m);
            case Frontend.Close m -> close(m);
            case Frontend.Sync m -> sync();
            case Frontend.Flush m -> runner.send();
            case Frontend.FunctionCall m -> {
                runner.sayError(Faults.notSupported("the function call message"));
                finish(false);
            }
            case Frontend.CopyData m -> {}
            case Frontend.CopyDone m -> {}
            case Frontend.CopyFail m -> {}
            case Frontend.Terminate m -> opening().client().close();
            default -> end(Faults.protocolViolation(message + " in a plain session"));
        }
    }

    private void fail(Fault fault) {
        runner.sayError(fault);
        skipping = true;
    }

    private void next(boolean well) {
        skipping |= !well;
        pump();
    }

    // The first look at a text

    private void look(String sql, Consumer<Verdict> then) {
        if (sql.length() <= QUICK_TEXT) {
            then.accept(context().foresee(sql));
            return;
        }
        Verdict[] verdict = new Verdict[1];
        runner.aside(
                () -> verdict[0] = context().foresee(sql),
                () -> {
                    then.accept(verdict[0]);
                    pump();
                });
    }

    private void refused(Verdict.Refused refused) {
        context().journal().refused(context().nanoTime(), refused);
        runner.sayError(refused.fault());
    }

    private Optional<BrokerCommand> command(String sql) {
        return dialect() == Dialect.POSTGRESQL
                ? Optional.empty()
                : BrokerCommand.parse(sql, ServerParameters.names());
    }

    // Simple query

    private void query(Frontend.Query m) {
        names.removeStatement("");
        removePortal("");
        Optional<BrokerCommand> command = command(m.sql());
        if (command.isPresent()) {
            run(List.of(PlainStatement.simple(m.sql(), null, command.get())), 0);
            return;
        }
        look(
                m.sql(),
                verdict -> {
                    switch (verdict) {
                        case Verdict.Refused refused -> {
                            refused(refused);
                            finish(false);
                        }
                        case Verdict.Granted granted -> run(parts(granted.permitted()), 0);
                    }
                });
    }

    private static List<PlainStatement> parts(Permitted permitted) {
        List<PlainStatement> parts = new ArrayList<>();
        for (Permitted part : permitted.parts()) {
            StatementFacts facts = part.facts().statements().get(0);
            if (facts.verb() != Verb.EMPTY) {
                parts.add(PlainStatement.simple(part.sql(), facts, null));
            }
        }
        return parts.isEmpty() ? List.of(PlainStatement.simple(permitted.sql(), null, null)) : parts;
    }

    private void run(List<PlainStatement> parts, int index) {
        PlainStatement statement = parts.get(index);
        boolean last = index == parts.size() - 1;
        perform(
                new PlainRunner.Task(
                        statement,
                        List.of(),
                        PlainReply.Shape.SIMPLE,
                        0,
                        parts.size() == 1 && !runner.implicit(),
                        null,
                        false),
                well -> {
                    if (well && !last) {
                        run(parts, index + 1);
                    } else {
                        finish(well);
                    }
                });
    }

    /** Ends a simple query, or what was pipelined up to a Sync. */
    private void finish(boolean well) {
        if (!state().block() || runner.implicit()) {
            removePortals();
        }
        if (runner.implicit()) {
            runner.endImplicit(well, done -> readied());
        } else {
            readied();
        }
    }

    private void readied() {
        ready();
        pump();
    }

    private void sync() {
        boolean well = !skipping;
        skipping = false;
        finish(well);
    }

    // Extended query

    private void parse(Frontend.Parse m) {
        Fault fault = names.refuseStatement(m.name());
        if (fault != null) {
            fail(fault);
            return;
        }
        Optional<BrokerCommand> command = command(m.sql());
        if (command.isPresent()) {
            parsed(m.name(), PlainStatement.simple(m.sql(), null, command.get()));
            return;
        }
        Placeholders text = Placeholders.of(dialect(), m.sql());
        look(
                text.sql(),
                verdict -> {
                    switch (verdict) {
                        case Verdict.Refused refused -> {
                            refused(refused);
                            skipping = true;
                        }
                        case Verdict.Granted granted ->
                                parsed(m, text, granted.permitted().facts());
                    }
                });
    }

    private void parsed(Frontend.Parse m, Placeholders text, Facts facts) {
        if (facts.severalStatements()) {
            fail(
                    Fault.of(
                            "42601",
                            "cannot insert multiple commands into a prepared statement",
                            "Send them one by one, or as a simple query."));
            return;
        }
        StatementFacts only = null;
        for (StatementFacts each : facts.statements()) {
            only = each.verb() == Verb.EMPTY ? only : each;
        }
        Fault fault = only == null ? null : runner.refusal(only);
        if (fault != null) {
            fail(fault);
        } else {
            parsed(m.name(), PlainStatement.parsed(text, m.types(), only));
        }
    }

    private void parsed(String name, PlainStatement statement) {
        names.put(name, statement);
        runner.say(new Backend.ParseComplete());
    }

    private void bind(Frontend.Bind m) {
        PlainStatement statement = names.statement(m.statement());
        if (statement == null) {
            fail(Faults.unknownStatement(m.statement()));
            return;
        }
        if (m.portal().isEmpty()) {
            removePortal("");
        }
        Fault fault = names.refusePortal(m.portal());
        int wanted = Math.max(statement.text().parameters(), statement.types().size());
        if (fault == null && m.values().size() != wanted) {
            fault =
                    Faults.protocolViolation(
                            "bind message supplies "
                                    + m.values().size()
                                    + " parameters, but prepared statement \""
                                    + m.statement()
                                    + "\" requires "
                                    + wanted);
        }
        if (fault != null) {
            fail(fault);
            return;
        }
        List<Parameter> values = new ArrayList<>();
        for (int parameter : statement.text().order()) {
            Bytes bytes = m.values().get(parameter);
            values.add(
                    new Parameter(
                            statement.type(parameter),
                            m.formats().isBinary(parameter),
                            bytes == null ? null : bytes.array()));
        }
        names.put(m.portal(), new Portal(statement, values, m.resultFormats()));
        runner.say(new Backend.BindComplete());
    }

    private boolean describe(Frontend.Describe m) {
        if (m.target() == Frontend.Target.STATEMENT) {
            inbox.remove();
            PlainStatement statement = names.statement(m.name());
            if (statement == null) {
                fail(Faults.unknownStatement(m.name()));
            } else {
                Descriptions.statement(runner, statement, this::next);
            }
            return true;
        }
        Portal portal = names.portal(m.name());
        Frontend next = inbox.second();
        if (portal != null && next == null && !inbox.full()) {
            return false;
        }
        inbox.remove();
        if (portal == null) {
            fail(Faults.unknownPortal(m.name()));
        } else if (portal.state == Portal.State.BOUND
                && next instanceof Frontend.Execute e
                && e.portal().equals(m.name())) {
            portal.describe = true;
        } else {
            Descriptions.portal(runner, portal, this::next);
        }
        return true;
    }

    private boolean execute(Frontend.Execute m) {
        Portal portal = names.portal(m.portal());
        if (portal != null && portal.state == Portal.State.BOUND && !state().block()) {
            Inbox.Next next = inbox.afterFirst();
            if (next == Inbox.Next.UNKNOWN) {
                return false;
            }
            start(portal, m.maxRows(), next == Inbox.Next.SYNC);
            return true;
        }
        if (portal == null) {
            inbox.remove();
            fail(Faults.unknownPortal(m.portal()));
            return true;
        }
        Request request = portal.request;
        PlainReply reply = portal.reply;
        if (portal.state == Portal.State.BOUND) {
            start(portal, m.maxRows(), false);
        } else if (portal.state == Portal.State.SUSPENDED && request != null && reply != null) {
            inbox.remove();
            runner.resume(portal, request, reply, m.maxRows());
        } else {
            inbox.remove();
            again(portal, m.portal());
        }
        return true;
    }

    private void start(Portal portal, int maxRows, boolean alone) {
        inbox.remove();
        portal.state = Portal.State.RUNNING;
        PlainReply.Shape shape =
                new PlainReply.Shape(portal.formats, portal.describe, false, null);
        perform(
                new PlainRunner.Task(
                        portal.statement, portal.parameters, shape, maxRows, alone, portal, false),
                this::next);
    }

    /** A portal that is at its end: a query has no more rows, anything else does not run twice. */
    private void again(Portal portal, String name) {
        StatementFacts facts = portal.statement.facts();
        boolean query = facts != null && (facts.verb() == Verb.SELECT || facts.verb() == Verb.VALUES);
        if (query) {
            runner.say(new Backend.CommandComplete("SELECT 0"));
        } else {
            fail(Fault.of("55000", "portal \"" + name + "\" cannot be run", ""));
        }
    }

    private void close(Frontend.Close m) {
        switch (m.target()) {
            case STATEMENT -> names.removeStatement(m.name());
            case PORTAL -> removePortal(m.name());
        }
        runner.say(new Backend.CloseComplete());
    }

    private void removePortal(String name) {
        Portal portal = names.removePortal(name);
        if (portal != null) {
            runner.abandon(portal);
        }
    }

    private void removePortals() {
        names.removePortals().forEach(runner::abandon);
    }

    // Statements that concern the session's own names

    private void perform(PlainRunner.Task task, PlainRunner.Then then) {
        StatementFacts facts = task.statement().facts();
        if (facts == null) {
            runner.run(task, then);
            return;
        }
        if (facts.effect() instanceof SessionEffect.Ends) {
            removePortals();
        }
        switch (facts.verb()) {
            case DEALLOCATE -> deallocate(task, then);
            case DISCARD -> runner.run(task, well -> discarded(task, well, then));
            default -> runner.run(task, then);
        }
    }

    /** Statements of the protocol are the broker's; those of SQL are where they were made. */
    private void deallocate(PlainRunner.Task task, PlainRunner.Then then) {
        boolean atBackend = walk().pins().contains(Pins.text(PinReason.PREPARED_STATEMENT));
        Fault fault = names.deallocate(task.statement().own());
        if (atBackend) {
            runner.run(task, then);
        } else if (fault == null) {
            runner.run(task.answered(), then);
        } else {
            runner.sayError(fault);
            then.ended(false);
        }
    }

    private void discarded(PlainRunner.Task task, boolean well, PlainRunner.Then then) {
        if (well && Tags.all(task.statement().own())) {
            names.removeStatements();
            parameters.reset("all");
            parameters.changes().forEach(runner::say);
        }
        then.ended(well);
    }
}
