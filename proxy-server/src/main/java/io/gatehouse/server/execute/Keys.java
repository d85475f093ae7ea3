package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.Lease;

import java.sql.SQLException;
import java.sql.Statement;

/** Generated keys that a backend remembers with a connection, whoever uses it. */
final class Keys {
    private Keys() {}

    /**
     * Sees to it that a statement gets no key of an earlier borrower: the connection forgets them
     * before the first question, unless keys of this borrower may be among them.
     */
    static void protect(Lease lease, Facts facts) throws SQLException {
        LeaseState known = LeaseState.of(lease);
        for (StatementFacts statement : facts.statements()) {
            if (statement.asksForKeys() && !known.keysAreOwn()) {
                forget(lease, known);
            }
            if (statement.asksForKeys() || statement.leavesKeys()) {
                known.keysAreOwn(true);
            }
        }
    }

    private static void forget(Lease lease, LeaseState known) throws SQLException {
        String sql = lease.kind().carrying().forgetKeys();
        if (!sql.isEmpty()) {
            try (Statement statement = lease.connection().createStatement()) {
                statement.execute(sql);
            }
        } else if (known.borrowedBefore()) {
            throw new GatehouseException(Faults.lastStatementGone());
        }
    }
}
