package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.fault.Warnings;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.kind.Carrying;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What statements do to their session beyond their rows: transactions, carried settings, pins.
 * Owned by the event loop.
 */
final class Effects {
    private static final Call CHECK = new Call.Ping(Duration.ZERO);

    private final SessionContext session;
    private final SessionState state;

    Effects(SessionContext session, SessionState state) {
        this.session = session;
        this.state = state;
    }

    /** What is to be done for a request. */
    sealed interface Plan {
        record Perform(Call call) implements Plan {}

        /** The broker answers by itself. */
        record Answer(@Nullable Fault warning) implements Plan {}

        record Refuse(Fault fault) implements Plan {}
    }

    /** Decides what a request that passed the gate means, and notes what its success changes. */
    Plan of(Request request) {
        if (request.byBroker) {
            return new Plan.Answer(null);
        }
        Call call = request.plan.call(request.permitted, state.inTransaction());
        if (state.isLost()) {
            return FailedTransaction.lost(call, only(request), state);
        }
        Plan failed = FailedTransaction.plan(request, call, only(request), state);
        if (failed != null) {
            return failed;
        }
        Plan branch = branch(request, call);
        if (branch != null) {
            return branch;
        }
        if (call instanceof Call.Transact transact) {
            // Outside a transaction a JDBC commit gets what the vendor's driver says to it.
            boolean byMessage = request.texts.isEmpty();
            return byMessage && ends(transact) && !state.inTransaction()
                    ? new Plan.Perform(transact)
                    : transact(request, transact);
        }
        noteAll(request);
        if (call instanceof Call.Describe) {
            // It leaves nothing, and takes the place of the statement that did. What the statement
            // would do to the session, it does when it runs.
            request.leaves = false;
            request.leavesKeys = false;
            request.asksForGone |= request.asksForResult;
            return new Plan.Perform(call);
        }
        StatementFacts only = only(request);
        if (only != null) {
            Plan plan = of(request, only, call);
            // What the session does in the statement's place brings no count of its own.
            boolean runs =
                    plan instanceof Plan.Perform perform && perform.call() instanceof Call.Run;
            request.countless = call instanceof Call.Run && !runs;
            return plan;
        }
        boolean controls =
                request.permitted.stream()
                        .map(Permitted::facts)
                        .filter(Facts::severalStatements)
                        .flatMap(facts -> facts.statements().stream())
                        .anyMatch(s -> controlsTransaction(s.effect()));
        return controls
                ? new Plan.Refuse(
                        Faults.notSupported(
                                "transaction control inside a text of several statements"))
                : new Plan.Perform(call);
    }

    /** What a request about branches means; null where it is another. */
    private @Nullable Plan branch(Request request, Call call) {
        return switch (call) {
            case Call.Branching step -> Branching.plan(session.kind(), state, request, step);
            case Call.Recover recover -> new Plan.Perform(recover);
            default ->
                    Branching.inTexts(request.permitted)
                            ? new Plan.Refuse(Faults.branchByText())
                            : null;
        };
    }

    private static @Nullable StatementFacts only(Request request) {
        if (request.permitted.size() != 1) {
            return null;
        }
        List<StatementFacts> statements = request.permitted.get(0).facts().statements();
        return statements.size() == 1 ? statements.get(0) : null;
    }

    private static boolean controlsTransaction(SessionEffect effect) {
        return effect instanceof SessionEffect.Begins || effect instanceof SessionEffect.Ends;
    }

    private void noteAll(Request request) {
        boolean first = true;
        for (Permitted permitted : request.permitted) {
            for (StatementFacts statement : permitted.facts().statements()) {
                note(request, statement, first);
                first = false;
            }
        }
        if (state.trail().stays() && !first) {
            request.pins.add(PinReason.LAST_STATEMENT);
        }
    }

    private void note(Request request, StatementFacts statement, boolean first) {
        if (statement.traits().contains(Trait.OPAQUE)
                || statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                || statement.verb() == Verb.UNKNOWN
                || statement.verb() == Verb.DISCARD) {
            request.dirties = true;
            state.doubtNames();
        }
        // What an earlier statement of the same request left is there.
        request.asksForKeys |= statement.asksForKeys() && !request.leavesKeys;
        if (first && statement.traits().contains(Trait.LAST_RESULT)) {
            request.asksForResult = true;
            // These count what others did on the connection as well.
            request.asksForGone =
                    statement.functions().contains("found_rows")
                            || statement.functions().contains("total_changes");
        }
        request.leavesKeys |= statement.leavesKeys();
        request.leaves |= statement.leavesKeys() || leavesCount(statement.verb());
        switch (statement.effect()) {
            case SessionEffect.Pins pins -> request.pins.add(pins.reason());
            case SessionEffect.Sets sets -> request.dirties |= statement.verb() != Verb.SET;
            default -> {}
        }
    }

    /** Whether it leaves a count that another statement can ask for. */
    private boolean leavesCount(Verb verb) {
        Dialect dialect = session.kind().dialect();
        return (verb == Verb.UPDATE || verb == Verb.DELETE)
                && dialect != Dialect.POSTGRESQL
                && dialect != Dialect.H2;
    }

    private Plan of(Request request, StatementFacts statement, Call call) {
        return switch (statement.effect()) {
            case SessionEffect.None none -> new Plan.Perform(call);
            case SessionEffect.Pins pins -> new Plan.Perform(call);
            case SessionEffect.Begins begins -> begin(begins.options());
            case SessionEffect.TransactionMode mode -> mode(mode, call);
            case SessionEffect.Ends ends -> {
                if (ends.chain()) {
                    yield new Plan.Refuse(Faults.notSupported("AND CHAIN"));
                }
                yield transact(
                        request,
                        new Call.Transact(
                                ends.commit() ? Call.Action.COMMIT : Call.Action.ROLLBACK, ""));
            }
            case SessionEffect.Saves saves ->
                    transact(request, new Call.Transact(Call.Action.SAVEPOINT, saves.savepoint()));
            case SessionEffect.Releases releases ->
                    transact(request, new Call.Transact(Call.Action.RELEASE, releases.savepoint()));
            case SessionEffect.RollsBackTo back ->
                    transact(request, new Call.Transact(Call.Action.ROLLBACK_TO, back.savepoint()));
            case SessionEffect.Sets sets -> sets(request, statement, sets, call);
            case SessionEffect.Resets resets -> resets(request, statement, resets, call);
            case SessionEffect.ChangesSchema schema -> schema(request, schema.name(), call);
            case SessionEffect.ChangesRole role -> role(request, role, call);
            case SessionEffect.TwoPhase step -> new Plan.Refuse(Faults.branchByText());
        };
    }

    private Plan begin(String options) {
        TransactionOptions parsed = TransactionOptions.parse(options);
        if (parsed.unsupported() != null) {
            return new Plan.Refuse(Faults.notSupported(parsed.unsupported()));
        }
        if (state.inTransaction()) {
            return new Plan.Answer(Warnings.alreadyInTransaction());
        }
        state.begin(parsed.isolation(), parsed.readOnly());
        return new Plan.Answer(null);
    }

    private Plan mode(SessionEffect.TransactionMode mode, Call call) {
        TransactionOptions parsed = TransactionOptions.parse(mode.options());
        if (parsed.unsupported() != null) {
            return new Plan.Refuse(Faults.notSupported(parsed.unsupported()));
        }
        if (mode.session()) {
            state.carry(parsed.over(state.carried()));
            return new Plan.Answer(null);
        }
        if (state.inTransaction() && state.transaction() == TransactionState.NONE) {
            state.blockMode(parsed.isolation(), parsed.readOnly());
            return new Plan.Answer(null);
        }
        return new Plan.Perform(call);
    }

    private Plan transact(Request request, Call.Transact transact) {
        Call.Action action = transact.action();
        if (state.branch() != null && ends(transact)) {
            return new Plan.Refuse(Faults.inBranch());
        }
        if (state.transaction() == TransactionState.NONE && ends(transact)) {
            boolean nothing = !state.inTransaction();
            state.ended(action == Call.Action.COMMIT);
            return new Plan.Answer(nothing ? Warnings.noTransaction() : null);
        }
        if (!state.inTransaction() && state.transaction() == TransactionState.NONE) {
            return new Plan.Refuse(PlainFaults.onlyInTransaction(action.name().replace('_', ' ')));
        }
        request.endsTransaction = ends(transact);
        // COMMIT of a failed transaction succeeds, and rolls back.
        boolean commits = state.transaction() != TransactionState.FAILED;
        request.onSuccess =
                switch (action) {
                    case COMMIT -> () -> state.ended(commits);
                    case ROLLBACK -> () -> state.ended(false);
                    case SAVEPOINT -> () -> state.saved(transact.savepoint());
                    case ROLLBACK_TO -> () -> state.rolledBackTo(transact.savepoint());
                    case RELEASE -> () -> {};
                };
        return new Plan.Perform(transact);
    }

    private static boolean ends(Call.Transact transact) {
        return transact.action() == Call.Action.COMMIT || transact.action() == Call.Action.ROLLBACK;
    }

    private Plan sets(
            Request request, StatementFacts statement, SessionEffect.Sets sets, Call call) {
        Kind kind = session.kind();
        if (sets.settings().stream().allMatch(SessionEffect.Setting::local)) {
            state.doubtNames();
            return new Plan.Perform(call);
        }
        if (call instanceof Call.Describe && BoundSettings.any(sets.settings())) {
            return new Plan.Perform(call);
        }
        List<SessionEffect.Setting> settings =
                BoundSettings.of(sets.settings(), call).orElse(List.of());
        boolean carried =
                !settings.isEmpty()
                        && settings.stream().allMatch(s -> carries(kind, s.name(), s.valueText()));
        if (!carried) {
            state.doubtNames();
            request.pins.add(PinReason.SETTING);
            return new Plan.Perform(call);
        }
        CarriedState before = state.carried();
        if (statement.verb() == Verb.SET && state.transaction() == TransactionState.NONE) {
            Optional<CarriedState> plain = PlainSetting.of(kind, before, settings);
            if (plain.isPresent()) {
                state.carry(plain.get());
                return new Plan.Answer(null);
            }
        }
        CarriedState after = before;
        for (SessionEffect.Setting setting : settings) {
            after = setting.local() ? after : set(after, setting.name(), setting.valueText());
        }
        CarriedState changed = after;
        if (statement.verb() != Verb.SET) {
            request.onSuccess = () -> state.carry(changed);
            return new Plan.Perform(call);
        }
        return carry(request, before, changed);
    }

    /** Puts the new state on a connection at once, so that the backend itself accepts it. */
    private Plan carry(Request request, CarriedState before, CarriedState changed) {
        state.carry(changed);
        request.onFailure = () -> state.carry(before);
        return new Plan.Perform(CHECK);
    }

    private static boolean carries(Kind kind, String name, String valueText) {
        boolean computed =
                valueText.indexOf('(') >= 0 || valueText.indexOf('@') >= 0 || valueText.equals("?");
        if (computed && kind.dialect().mysqlFamily()) {
            // What is computed is computed once, by the client's own statement.
            return false;
        }
        Carrying carrying = kind.carrying();
        if (name.equals("search_path") && valueText.toLowerCase(Locale.ROOT).contains("pg_temp")) {
            // What is created there is temporary without saying so.
            return false;
        }
        return carrying.settings().contains(name)
                || (kind.dialect() == Dialect.POSTGRESQL
                        && !carrying.setting(name, valueText).isEmpty());
    }

    private static CarriedState set(CarriedState carried, String name, String valueText) {
        boolean reset = valueText.equalsIgnoreCase("default");
        return carried.withSetting(name, reset ? null : valueText);
    }

    private Plan resets(
            Request request, StatementFacts statement, SessionEffect.Resets resets, Call call) {
        if (session.kind().dialect() != Dialect.POSTGRESQL) {
            request.pins.add(PinReason.SETTING);
            return new Plan.Perform(call);
        }
        CarriedState before = state.carried();
        if (statement.verb() == Verb.DISCARD) {
            request.onSuccess = () -> state.carry(state.pristine());
            return new Plan.Perform(call);
        }
        return carry(request, before, reset(before, resets.name()));
    }

    private CarriedState reset(CarriedState before, String name) {
        CarriedState first = state.pristine();
        CarriedState without = before.withSetting(name, first.settings().get(name));
        return switch (name) {
            // A role outlives RESET ALL.
            case "*" -> first.withSetting("role", before.settings().get("role"));
            case "search_path" -> without.withSchema(first.schema());
            case "timezone" -> without.withTimeZone(first.timeZone());
            case "application_name" -> without.withApplicationName(first.applicationName());
            case "default_transaction_isolation" -> without.withIsolation(first.isolation());
            case "default_transaction_read_only" -> without.withReadOnly(first.readOnly());
            default -> without;
        };
    }

    private Plan schema(Request request, String name, Call call) {
        CarriedState before = state.carried();
        return switch (session.kind().dialect()) {
            case MYSQL, MARIADB, SQLSERVER -> carry(request, before, before.withCatalog(name));
            case POSTGRESQL, H2, ORACLE -> carry(request, before, before.withSchema(name));
            case SQLITE -> new Plan.Perform(call);
        };
    }

    private Plan role(Request request, SessionEffect.ChangesRole role, Call call) {
        if (session.kind().dialect() != Dialect.POSTGRESQL) {
            state.doubtNames();
            request.pins.add(PinReason.SETTING);
            return new Plan.Perform(call);
        }
        CarriedState before = state.carried();
        return carry(request, before, set(before, "role", role.role()));
    }
}
