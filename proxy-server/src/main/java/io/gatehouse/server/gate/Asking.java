package io.gatehouse.server.gate;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

/**
 * Who asks, and in what state the session is.
 *
 * @param asker who asks, from where and for which connection
 * @param dialect whose SQL is asked in
 * @param path where tables are that a text names without a schema
 */
public record Asking(Asker asker, Dialect dialect, SearchPath path) {
    /** The same where nobody knows where tables are. */
    public Asking withoutPath() {
        return new Asking(asker, dialect, SearchPath.UNKNOWN);
    }
}
