package io.gatehouse.policy.fact;

/**
 * A table, view or the like that a statement names.
 *
 * @param schema the qualifier next to the name, {@code ""} if there is none
 * @param name the name; unquoted names are in lower case, quoted ones as written
 * @param access whether it may be changed
 */
public record Relation(String schema, String name, Access access) {}
