package io.gatehouse.server.gate;

import io.gatehouse.policy.Obligations;
import io.gatehouse.policy.fact.Columns;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.fact.Where;
import io.gatehouse.policy.rule.Asker;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes permitted statements for tests of the rooms behind the gate. */
public final class Permits {
    private Permits() {}

    /** Allowed without obligations; the facts say only the verb. */
    public static Permitted of(Dialect dialect, String sql, Trait... traits) {
        return of(dialect, sql, Obligations.NONE, traits);
    }

    public static Permitted of(
            Dialect dialect, String sql, Obligations obligations, Trait... traits) {
        StatementFacts statement =
                new StatementFacts(
                        0,
                        sql.length(),
                        verb(sql),
                        List.of(),
                        Set.of(),
                        Where.NOT_APPLICABLE,
                        Set.of(traits),
                        new SessionEffect.None(),
                        "",
                        Columns.NONE,
                        Set.of(verb(sql)));
        Facts facts = new Facts(dialect, "0000000000000000", sql, "", List.of(statement));
        Asking asking = new Asking(Asker.of("test", Set.of(), "test"), dialect, SearchPath.UNKNOWN);
        return new Permitted(asking, sql, facts, "test", "0", obligations, List.of(), Tab.NONE);
    }

    private static Verb verb(String sql) {
        String word = sql.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
        for (Verb verb : Verb.values()) {
            if (verb.name().equals(word)) {
                return verb;
            }
        }
        return Verb.OTHER;
    }
}
