package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.kind.Remains;
import io.gatehouse.server.pool.Attachment;
import io.gatehouse.server.pool.Lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What pins a session to a backend connection, as far as the server can tell. The server is asked
 * only after what may have ended it, and outside a transaction: a rollback could bring it back.
 */
final class Leftovers implements Attachment {
    private boolean inDoubt;
    private boolean tablesUnlocked;

    static Leftovers of(Lease lease) {
        return lease.attachment(Leftovers.class, Leftovers::new);
    }

    /** The reasons that are over, after statements that succeeded. */
    Set<PinReason> over(Lease lease, List<Permitted> done) throws SQLException {
        boolean open = Transactions.state(lease) != TransactionState.NONE;
        for (Permitted permitted : done) {
            for (StatementFacts statement : permitted.facts().statements()) {
                note(lease, statement, open);
            }
        }
        if (!inDoubt || open || !LeaseState.of(lease).cursors().isEmpty()) {
            return Set.of();
        }
        Remains remains = lease.kind().remains();
        Set<PinReason> over = EnumSet.noneOf(PinReason.class);
        if (!remains.sql().isEmpty()) {
            over.addAll(remains.reasons());
            over.removeAll(ask(lease, remains.sql()));
        }
        if (tablesUnlocked) {
            // Nobody can ask for table locks; UNLOCK TABLES leaves none where it succeeds.
            over.add(PinReason.TABLE_LOCK);
        }
        inDoubt = false;
        return over;
    }

    private void note(Lease lease, StatementFacts statement, boolean open) {
        boolean pins = statement.effect() instanceof SessionEffect.Pins;
        boolean ends = statement.traits().contains(Trait.ENDS_STATE);
        // What a transaction made may go with its rollback, or with its commit (ON COMMIT DROP).
        inDoubt |= ends || (open && pins);
        if (statement.verb() == Verb.LOCK) {
            tablesUnlocked = ends;
        }
        if (statement.verb() == Verb.DISCARD) {
            lease.doubtApplied();
        }
    }

    private static Set<PinReason> ask(Lease lease, String sql) throws SQLException {
        Set<PinReason> held = EnumSet.noneOf(PinReason.class);
        if (!lease.connection().getAutoCommit()) {
            lease.connection().setAutoCommit(true);
        }
        try (Statement statement = lease.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                held.add(PinReason.valueOf(rows.getString(1)));
            }
        }
        return held;
    }

    @Override
    public void returned() {
        inDoubt = false;
        tablesUnlocked = false;
    }
}
