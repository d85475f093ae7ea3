package io.gatehouse.policy.rule;

import java.util.Set;

/**
 * Who asks, from where, and for which connection.
 *
 * @param user the name that was proven
 * @param groups the groups of the user
 * @param role the role at the database; {@code ""} where nobody knows
 * @param address from where, as digits; {@code ""} where nobody knows
 * @param application what the client calls itself
 * @param door {@code driver} or {@code postgresql}
 * @param connection the logical connection
 * @param labels the labels of the connection
 */
public record Asker(
        String user,
        Set<String> groups,
        String role,
        String address,
        String application,
        String door,
        String connection,
        Set<String> labels) {

    public Asker {
        groups = Set.copyOf(groups);
        labels = Set.copyOf(labels);
    }

    /** Of texts, which remember theirs: it is asked for with every statement. */
    @Override
    public int hashCode() {
        int hash = 31 * user.hashCode() + address.hashCode();
        hash = 31 * hash + application.hashCode();
        hash = 31 * hash + role.hashCode();
        return 31 * hash + connection.hashCode();
    }

    /** Somebody of whom no more is known. */
    public static Asker of(String user, Set<String> groups, String connection) {
        return new Asker(user, groups, "", "", "", "", connection, Set.of());
    }
}
