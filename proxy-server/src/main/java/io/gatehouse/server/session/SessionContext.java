package io.gatehouse.server.session;

import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.execute.Executor;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Asking;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Pool;
import io.gatehouse.server.recall.Recall;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a session's parts share: its client, its identity and the rooms it walks through. */
final class SessionContext {
    private final int id;
    private final Client client;
    private final Principal principal;
    private final LogicalConnection opened;
    private final Rooms rooms;
    private final Journal journal;
    private final Askings askings;
    private final Consumer<Fault> end;
    private volatile @Nullable LogicalConnection granted;
    private CarriedState lastAsked = CarriedState.PRISTINE;
    private CarriedState reading = CarriedState.PRISTINE.withReadOnly(true).theOne();

    /**
     * @param opened the logical connection as it was when the session began
     * @param end ends the session, telling the client why
     */
    SessionContext(
            int id,
            Client client,
            Principal principal,
            LogicalConnection opened,
            Rooms rooms,
            Journal journal,
            Askings askings,
            Consumer<Fault> end) {
        this.id = id;
        this.client = client;
        this.principal = principal;
        this.opened = opened;
        this.rooms = rooms;
        this.journal = journal;
        this.askings = askings;
        this.end = end;
    }

    int id() {
        return id;
    }

    Client client() {
        return client;
    }

    Principal principal() {
        return principal;
    }

    Kind kind() {
        return opened.kind();
    }

    /** What its client speaks. */
    String door() {
        return askings.door();
    }

    String connection() {
        return opened.name();
    }

    SessionLimits limits() {
        return rooms.limits();
    }

    Executor executor() {
        return rooms.executor();
    }

    Journal journal() {
        return journal;
    }

    long nanoTime() {
        return rooms.nanoTime().getAsLong();
    }

    /** The logical connection as it is now; empty when it is gone or no longer granted. */
    @SuppressWarnings("ReferenceEquality") // most often it is the very same
    Optional<LogicalConnection> target() {
        Optional<LogicalConnection> found = rooms.directory().find(opened.name());
        if (found.isPresent() && found.get() == granted) {
            return found;
        }
        Optional<LogicalConnection> target =
                found.filter(now -> now.grants().permits(principal))
                        .filter(now -> now.kind().name().equals(opened.kind().name()));
        granted = target.orElse(null);
        return target;
    }

    /** Why {@link #target} is empty. */
    Fault gone() {
        return rooms.directory().find(opened.name()).isPresent()
                ? Faults.noGrant(principal.user(), opened.name())
                : Faults.unknownConnection(opened.name());
    }

    Pool pool(LogicalConnection target) {
        return rooms.pools().of(target);
    }

    /** Whether a server can be reached, as far as is known. */
    boolean reachable(LogicalConnection server) {
        return rooms.pools().reachable(server);
    }

    /** Where answers are kept. */
    Recall recall() {
        return rooms.recall();
    }

    private Asking asking() {
        return askings.of(target().orElse(opened));
    }

    /** Decides on texts in turn, up to the first that is refused. */
    List<Verdict> decide(List<String> texts) {
        List<Verdict> verdicts = new ArrayList<>(texts.size());
        // What comes first may change where the tables of the others are.
        Asking asking = texts.size() > 1 ? asking().withoutPath() : asking();
        for (String text : texts) {
            Verdict verdict = rooms.gate().decide(asking, text);
            verdicts.add(verdict);
            if (verdict instanceof Verdict.Refused) {
                break;
            }
        }
        return verdicts;
    }

    /** As {@link #decide}, but counts nothing against rate limits. */
    Verdict foresee(String text) {
        return rooms.gate().foresee(asking(), text);
    }

    /**
     * The state for a request, read-only where the backend must hold it to reading. One without a
     * text of its own gets what the policy says of the plainest read: it may begin the transaction
     * that others join.
     */
    CarriedState heldTo(List<Permitted> permitted, CarriedState asked) {
        return mayOnlyRead(permitted) ? reading(asked) : asked;
    }

    /** The same, read-only; made anew only when another is asked for. */
    @SuppressWarnings("ReferenceEquality") // most often it is the very same
    CarriedState reading(CarriedState asked) {
        if (asked != lastAsked) {
            lastAsked = asked;
            reading = asked.withReadOnly(true).theOne();
        }
        return reading;
    }

    private boolean mayOnlyRead(List<Permitted> permitted) {
        for (Permitted text : permitted) {
            if (text.obligations().readOnly()) {
                return true;
            }
        }
        return permitted.isEmpty() && rooms.gate().onlyReads(asking());
    }

    Duration idleInTransaction() {
        return target().orElse(opened).timeouts().idleInTransaction();
    }

    Duration cancelGrace() {
        return target().orElse(opened).timeouts().cancelGrace();
    }

    /** Runs what may take long off the event loop. */
    void aside(Runnable task) {
        rooms.aside().execute(task);
    }

    /** Ends the session, telling the client why. */
    void end(Fault why) {
        end.accept(why);
    }
}
