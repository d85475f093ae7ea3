package io.gatehouse.policy;

import io.gatehouse.policy.fact.Dialect;

import java.util.Set;

/**
 * May this text run?
 *
 * @param user the name that was proven
 * @param groups the groups of the user
 * @param connection the logical connection
 * @param dialect whose SQL the text is
 * @param readOnlySession whether the session may only read whatever the rules say
 * @param sql the text
 */
public record Question(
        String user,
        Set<String> groups,
        String connection,
        Dialect dialect,
        boolean readOnlySession,
        String sql) {

    /** Without the text: its literals are the user's data. */
    @Override
    public String toString() {
        return "Question[user="
                + user
                + ", connection="
                + connection
                + ", dialect="
                + dialect
                + ", sql of "
                + sql.length()
                + " characters]";
    }
}
