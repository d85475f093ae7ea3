package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.Lease;

import java.sql.SQLException;
import java.sql.Statement;

/** Generated keys that a backend remembers with a connection, whoever uses it. */
final class Keys {
    /** The borrower may have left keys on the connection in this lease. */
    private boolean own;

    /** So may it have in earlier ones, since when nobody else had the connection. */
    private boolean earlier;

    /** So may others before it, and the connection did not forget them since. */
    private boolean others;

    /** Anybody may have, since it was opened or forgot them. */
    private boolean any;

    /**
     * A lease begins.
     *
     * @param resumed whether its borrower had the connection last
     */
    void begin(boolean resumed) {
        earlier = resumed && (earlier || own);
        own = false;
        others |= any && !resumed;
    }

    /** The connection remembers none. */
    void forgotten() {
        own = false;
        earlier = false;
        others = false;
        any = false;
    }

    /**
     * Sees to it that a statement gets no key of another borrower: the connection forgets them
     * before the first question, unless keys of this borrower may be among them. Of a user who asks
     * for keys also before the first statement that leaves some, so that they can be told apart.
     */
    static void protect(Lease lease, Facts facts) throws SQLException {
        for (StatementFacts statement : facts.statements()) {
            if (statement.asksForKeys()) {
                lease.asksForKeys();
                Keys keys = LeaseState.of(lease).keys();
                keys.asked(lease);
                keys.any |= statement.leavesKeys();
            } else if (statement.leavesKeys()) {
                LeaseState.of(lease).keys().left(lease);
            } else if (statement.verb() != Verb.SELECT && statement.changes()) {
                // By a trigger, which nobody sees.
                LeaseState.of(lease).keys().any = true;
            }
        }
    }

    private void asked(Lease lease) throws SQLException {
        if (others && !own) {
            String forget = lease.kind().carrying().forgetKeys();
            // Where the borrower's own may be among them, only forgetting in time told them apart;
            // what cannot forget is trusted to have the latest ones.
            if (earlier != forget.isEmpty()) {
                throw new GatehouseException(Faults.lastStatementGone());
            }
            if (!earlier) {
                forget(lease, forget);
            }
        }
        own = true;
    }

    private void left(Lease lease) throws SQLException {
        String forget = lease.kind().carrying().forgetKeys();
        boolean foreign = others && !own && !earlier;
        if (foreign && !forget.isEmpty() && lease.userAsksForKeys()) {
            forget(lease, forget);
        }
        own = true;
        any = true;
    }

    private void forget(Lease lease, String sql) throws SQLException {
        try (Statement statement = lease.connection().createStatement()) {
            statement.execute(sql);
        }
        forgotten();
    }
}
