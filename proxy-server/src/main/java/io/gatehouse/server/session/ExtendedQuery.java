package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.Transcoder;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parse, Bind, Describe, Execute and Close of a plain client. One message is looked ahead: an
 * Execute in front of a Sync is all there is of its transaction and runs in autocommit, and a
 * portal that is described and then executed is described by its execution. Owned by the event
 * loop.
 */
final class ExtendedQuery {
    private final Inbox inbox;
    private final PlainNames names;
    private final PlainRunner runner;
    private final FirstLook look;
    private final SessionState state;
    private final Dialect dialect;
    private final Session session;

    /** What these messages ask of their session. */
    interface Session {
        /** Everything up to the next Sync is dropped. */
        void failed();

        /** A message that took time has ended. */
        void next(boolean well);

        /** Runs a statement, and then the next message. */
        void perform(PlainTask task);

        void removePortal(String name);
    }

    ExtendedQuery(
            Inbox inbox,
            PlainNames names,
            PlainRunner runner,
            FirstLook look,
            SessionState state,
            Dialect dialect,
            Session session) {
        this.inbox = inbox;
        this.names = names;
        this.runner = runner;
        this.look = look;
        this.state = state;
        this.dialect = dialect;
        this.session = session;
    }

    private void fail(Fault fault) {
        runner.output().sayError(fault);
        session.failed();
    }

    void parse(Frontend.Parse m) {
        Fault fault = names.refuseStatement(m.name());
        if (fault != null) {
            fail(fault);
            return;
        }
        Optional<BrokerCommand> command = look.command(m.sql());
        if (command.isPresent()) {
            parsed(m.name(), PlainStatement.simple(m.sql(), null, command.get()));
            return;
        }
        Placeholders text = Placeholders.of(dialect, m.sql());
        look.at(
                text.sql(),
                verdict -> {
                    switch (verdict) {
                        case Verdict.Refused refused -> {
                            look.refused(refused);
                            session.failed();
                        }
                        case Verdict.Granted granted ->
                                parsed(m, text, granted.permitted().facts());
                    }
                });
    }

    private void parsed(Frontend.Parse m, Placeholders text, Facts facts) {
        if (facts.severalStatements()) {
            fail(PlainFaults.severalCommands());
            return;
        }
        StatementFacts only = null;
        for (StatementFacts each : facts.statements()) {
            only = each.verb() == Verb.EMPTY ? only : each;
        }
        Fault fault = only == null ? null : PlainRules.refusal(only, state, runner.implicit());
        if (fault != null) {
            fail(fault);
        } else {
            parsed(m.name(), PlainStatement.parsed(text, m.types(), only));
        }
    }

    private void parsed(String name, PlainStatement statement) {
        names.put(name, statement);
        runner.output().say(new Backend.ParseComplete());
    }

    void bind(Frontend.Bind m) {
        PlainStatement statement = names.statement(m.statement());
        if (statement == null) {
            fail(Faults.unknownStatement(m.statement()));
            return;
        }
        if (m.portal().isEmpty()) {
            session.removePortal("");
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
            values.add(
                    value(
                            statement.type(parameter, m.formats().isBinary(parameter)),
                            m.formats().isBinary(parameter),
                            m.values().get(parameter)));
        }
        names.put(m.portal(), new Portal(statement, values, m.resultFormats()));
        runner.output().say(new Backend.BindComplete());
    }

    /** Some types pass through JDBC as text. */
    private static Parameter value(int type, boolean binary, @Nullable Bytes bytes) {
        byte[] given = bytes == null ? null : bytes.array();
        if (binary && given != null && Transcoder.knows(type)) {
            Optional<String> text = Transcoder.text(type, given);
            if (text.isPresent()) {
                return new Parameter(type, false, text.get().getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Parameter(type, binary, given);
    }

    boolean describe(Frontend.Describe m) {
        if (m.target() == Frontend.Target.STATEMENT) {
            inbox.remove();
            PlainStatement statement = names.statement(m.name());
            if (statement == null) {
                fail(Faults.unknownStatement(m.name()));
            } else {
                Descriptions.statement(runner, statement, session::next);
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
            Descriptions.portal(runner, portal, session::next);
        }
        return true;
    }

    boolean execute(Frontend.Execute m) {
        Portal portal = names.portal(m.portal());
        if (portal != null && portal.state == Portal.State.BOUND && !state.block()) {
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
        PlainReply.Shape shape = new PlainReply.Shape(portal.formats, portal.describe, false, null);
        session.perform(
                new PlainTask(
                        portal.statement, portal.parameters, shape, maxRows, alone, portal, false));
    }

    /** A portal that is at its end: a query has no more rows, anything else does not run twice. */
    private void again(Portal portal, String name) {
        if (portal.failure != null) {
            fail(portal.failure);
            return;
        }
        StatementFacts facts = portal.statement.facts();
        boolean query =
                facts != null && (facts.verb() == Verb.SELECT || facts.verb() == Verb.VALUES);
        if (query) {
            runner.output().say(new Backend.CommandComplete("SELECT 0"));
        } else {
            fail(PlainFaults.portalEnded(name));
        }
    }

    void close(Frontend.Close m) {
        switch (m.target()) {
            case STATEMENT -> names.removeStatement(m.name());
            case PORTAL -> session.removePortal(m.name());
        }
        runner.output().say(new Backend.CloseComplete());
    }
}
