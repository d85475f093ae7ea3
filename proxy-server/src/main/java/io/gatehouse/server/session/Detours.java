package io.gatehouse.server.session;

import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Outcome;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.recall.Query;
import io.gatehouse.server.recall.Recall;

import java.util.List;
import java.util.Optional;

/**
 * Which reads of a session need not go to the primary. A replica may answer those that are nothing
 * else, outside transactions, while the session waits for no change of its own to arrive there; of
 * these the broker may keep the answers that only a change of data changes. Owned by the event
 * loop.
 */
final class Detours {
    private final SessionContext session;
    private final SessionState state;

    /** The transaction under way has changed something, which counts from its end on. */
    private boolean pending;

    private boolean changed;
    private long changedNanos;

    Detours(SessionContext session, SessionState state) {
        this.session = session;
        this.state = state;
    }

    /**
     * The replica to ask; none where the primary has to answer, or no replica can be reached. A
     * session always asks the same one, so that it does not see time go backwards between them.
     */
    Optional<LogicalConnection> replica(Request request, Call call, LogicalConnection target) {
        Replicas replicas = target.replicas();
        List<LogicalConnection> servers = replicas.servers();
        if (servers.isEmpty() || !wanted(request) || !safe(request, call) || waits(replicas)) {
            return Optional.empty();
        }
        for (int i = 0; i < servers.size(); i++) {
            LogicalConnection server = servers.get((session.id() + i) % servers.size());
            if (session.reachable(server)) {
                return Optional.of(server);
            }
        }
        return Optional.empty();
    }

    /** Where the answer of a request may be found, or kept; empty where it has to be made anew. */
    Optional<Recall.Attempt> recall(Request request, Call call, CarriedState wanted) {
        boolean kept =
                request.permitted.size() == 1
                        && !request.permitted.getFirst().obligations().cache().isZero()
                        && safe(request, call)
                        && call instanceof Call.Run run
                        && Sameness.answersAlike(run);
        return kept && call instanceof Call.Run run
                ? session.recall()
                        .attempt(
                                Query.of(
                                        session.connection(),
                                        session.principal().user(),
                                        session.door(),
                                        wanted,
                                        run))
                : Optional.empty();
    }

    private static boolean wanted(Request request) {
        return request.permitted.size() == 1
                && request.permitted.getFirst().obligations().replica();
    }

    private boolean safe(Request request, Call call) {
        List<StatementFacts> statements = request.permitted.getFirst().facts().statements();
        boolean plain =
                call instanceof Call.Run run
                        && !run.inTransaction()
                        && run.text().keys() == Call.Keys.NONE
                        && run.text().call() == null
                        && request.uploads.isEmpty()
                        && statements.size() == 1
                        && statements.getFirst().readsDataOnly();
        return plain
                && !state.inTransaction()
                && state.transaction() == TransactionState.NONE
                && !state.namesInDoubt()
                && request.pins.isEmpty()
                && !request.dirties
                && !request.leaves
                && !request.asksForKeys
                && !request.asksForResult;
    }

    private boolean waits(Replicas replicas) {
        if (pending) {
            // Its transaction has ended, if not by a statement of the session's.
            pending = false;
            changed();
        }
        return changed && session.nanoTime() - changedNanos < replicas.stickyAfterWrite().toNanos();
    }

    /** A request begins at the primary. */
    void begins(Request request) {
        request.mayChange = mayChange(request);
        if (request.mayChange) {
            pending |= state.inTransaction();
            changed();
        }
    }

    /** A request went on at the primary, or has ended there. */
    void ran(Request request) {
        boolean commits = pending && request.endsTransaction;
        if (request.changes || commits || request.mayChange) {
            changed();
        }
        pending &= !request.endsTransaction;
    }

    private void changed() {
        session.recall().changed(session.connection());
        changed = true;
        changedNanos = session.nanoTime();
    }

    private static boolean mayChange(Request request) {
        for (Permitted permitted : request.permitted) {
            for (StatementFacts statement : permitted.facts().statements()) {
                if (mayChange(statement)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mayChange(StatementFacts statement) {
        return statement.changes()
                || statement.verbs().contains(Verb.TWO_PHASE)
                || statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                || statement.traits().contains(Trait.DANGEROUS_FUNCTION);
    }

    /** Whether the primary is to be asked because a replica could not be reached. */
    static boolean goesBack(Request request, Fault fault) {
        return request.atPrimary != null && !request.cancelled && fault.sqlState().startsWith("08");
    }

    /**
     * Whether the primary is to be asked for what a replica could not tell: it was lost, or is not
     * as far, or refuses what only its primary does. None of the answer has been told.
     */
    static boolean goesBack(Request request, Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed failed)
                || request.atPrimary == null
                || !request.unanswered
                || request.cancelled) {
            return false;
        }
        String state = failed.fault().sqlState();
        return failed.connectionLost()
                || !request.sent
                || state.startsWith("08")
                || state.startsWith("57P")
                // It does not know a name yet.
                || state.startsWith("42")
                || state.startsWith("3F")
                // It only reads, recovers, or had to end the query to go on.
                || state.equals("25006")
                || state.equals("55000")
                || state.equals("40001");
    }
}
