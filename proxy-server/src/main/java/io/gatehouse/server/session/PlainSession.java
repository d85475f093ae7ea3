package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Frontend;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A session of an ordinary PostgreSQL client: simple and extended queries, one message after the
 * other. After an error in an extended query everything up to the next Sync is dropped.
 */
final class PlainSession extends LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(PlainSession.class);

    private final Inbox inbox;
    private final PlainNames names;
    private final ServerParameters parameters;
    private final PlainRunner runner;
    private final FirstLook look;
    private final ExtendedQuery extended;
    private boolean greeted;
    private boolean skipping;
    private boolean paused;

    PlainSession(Opening opening, Rooms rooms, Consumer<LiveSession> onClose) {
        super(opening, rooms, "postgresql", onClose);
        SessionLimits limits = context().limits();
        inbox = new Inbox(limits.queued());
        names = new PlainNames(limits.statements(), limits.frame());
        if (state().carried().timeZone() == null) {
            state().carry(state().carried().withTimeZone("UTC"));
        }
        parameters = new ServerParameters(state(), dialect(), opening.principal().user());
        runner =
                new PlainRunner(
                        context(), state(), walk(), parameters, this::enqueue, this::guarded);
        look = new FirstLook(context(), runner, this::pump);
        extended = new ExtendedQuery(inbox, names, runner, look, state(), dialect(), new Own());
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
        state().begun();
        VersionAtLogin.find(opening(), context(), this::welcome, this::end);
    }

    private void welcome(String version) {
        if (!ending()) {
            guarded(() -> {
                greeted = true;
                parameters.serverVersion(version);
                parameters.changes().forEach(runner.output()::say);
                runner.output().say(new Backend.BackendKeyData(id(), key()));
                ready();
                carryOut();
            });
        }
    }

    private void ready() {
        runner.output().say(new Backend.ReadyForQuery(ExtendedReply.status(state().reported())));
        runner.output().send();
    }

    @Override
    void farewell(Fault why) {
        runner.output().say(new Backend.ErrorResponse("FATAL", why));
        runner.output().send();
    }

    @Override
    void announceDrain(Duration patience) {
        // PostgreSQL has no message for it: the session ends at its next transaction boundary.
    }

    @Override
    void announceRest() {
        // Nor for this one.
    }

    @Override
    Optional<Request> running() {
        return runner.running();
    }

    @Override
    void forget() {
        runner.close();
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
        while (greeted && !runner.busy() && !ending() && opening().client().isWritable()) {
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
                    return extended.execute(m);
                }
                case Frontend.Describe m -> {
                    return extended.describe(m);
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
            case Frontend.Parse m -> extended.parse(m);
            case Frontend.Bind m -> extended.bind(m);
            case Frontend.Close m -> extended.close(m);
            case Frontend.Sync m -> sync();
            case Frontend.Flush m -> runner.output().send();
            case Frontend.FunctionCall m -> {
                runner.output().sayError(Faults.notSupported("the function call message"));
                finish(false);
            }
            case Frontend.CopyData m -> {}
            case Frontend.CopyDone m -> {}
            case Frontend.CopyFail m -> {}
            case Frontend.Terminate m -> opening().client().hangUp();
            default -> end(Faults.protocolViolation(message + " in a plain session"));
        }
    }

    /** What the extended query asks of its session. */
    private final class Own implements ExtendedQuery.Session {
        @Override
        public void failed() {
            skipping = true;
        }

        @Override
        public void next(boolean well) {
            PlainSession.this.next(well);
        }

        @Override
        public void perform(PlainTask task) {
            PlainSession.this.perform(task, PlainSession.this::next);
        }

        @Override
        public void removePortal(String name) {
            PlainSession.this.removePortal(name);
        }
    }

    private void next(boolean well) {
        skipping |= !well;
        pump();
    }

    // Simple query

    private void query(Frontend.Query m) {
        names.removeStatement("");
        removePortal("");
        Optional<BrokerCommand> command = look.command(m.sql());
        if (command.isPresent()) {
            run(List.of(PlainStatement.simple(m.sql(), null, command.get())), 0);
            return;
        }
        look.at(
                m.sql(),
                verdict -> {
                    switch (verdict) {
                        case Verdict.Refused refused -> {
                            look.refused(refused);
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
        return parts.isEmpty()
                ? List.of(PlainStatement.simple(permitted.sql(), null, null))
                : parts;
    }

    private void run(List<PlainStatement> parts, int index) {
        PlainStatement statement = parts.get(index);
        boolean last = index == parts.size() - 1;
        perform(
                new PlainTask(
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
            if (!well && context().kind().errorAbortsTransaction()) {
                // Also after what the broker alone refused: a client that does not look at errors
                // must not commit what came before and after.
                state().failed();
            }
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

    private void perform(PlainTask task, PlainRunner.Then then) {
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
    private void deallocate(PlainTask task, PlainRunner.Then then) {
        boolean atBackend = walk().pins().contains(Pins.text(PinReason.PREPARED_STATEMENT));
        Fault fault = names.deallocate(task.statement().own());
        if (atBackend) {
            runner.run(task, then);
        } else if (fault == null) {
            runner.run(task.answered(), then);
        } else {
            runner.output().sayError(fault);
            then.ended(false);
        }
    }

    private void discarded(PlainTask task, boolean well, PlainRunner.Then then) {
        if (well && Tags.all(task.statement().own())) {
            names.removeStatements();
            parameters.reset("all");
            parameters.changes().forEach(runner.output()::say);
        }
        then.ended(well);
    }
}
