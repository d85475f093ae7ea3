package io.gatehouse.policy.rule;

import java.util.Set;

/**
 * Who asks, and for which connection.
 *
 * @param user the name that was proven
 * @param groups the groups of the user
 * @param connection the logical connection
 */
public record Subject(String user, Set<String> groups, String connection) {}
