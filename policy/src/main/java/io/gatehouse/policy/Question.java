package io.gatehouse.policy;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import java.time.InstantSource;
import java.util.Set;

/**
 * May this text run?
 *
 * @param asker who asks, from where and for which connection
 * @param dialect whose SQL the text is
 * @param path where tables are that the text names without a schema
 * @param readOnlySession whether the session may only read whatever the rules say
 * @param clock asked for the time where a rule needs it
 * @param sql the text
 */
public record Question(
        Asker asker,
        Dialect dialect,
        SearchPath path,
        boolean readOnlySession,
        InstantSource clock,
        String sql) {

    /** Of somebody about whom no more is known, in a session without settings of its own. */
    public Question(
            String user,
            Set<String> groups,
            String connection,
            Dialect dialect,
            boolean readOnlySession,
            String sql) {
        this(
                Asker.of(user, groups, connection),
                dialect,
                SearchPath.UNKNOWN,
                readOnlySession,
                InstantSource.system(),
                sql);
    }

    /** Without the text: its literals are the user's data. */
    @Override
    public String toString() {
        return "Question[user="
                + asker.user()
                + ", connection="
                + asker.connection()
                + ", dialect="
                + dialect
                + ", sql of "
                + sql.length()
                + " characters]";
    }
}
