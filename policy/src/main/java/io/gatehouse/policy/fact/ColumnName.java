package io.gatehouse.policy.fact;

/**
 * A column that a statement names.
 *
 * @param schema of its table, {@code ""} where that is not said
 * @param table the table, {@code ""} where it may be any that the statement names
 * @param name unquoted names are in lower case, quoted ones as written
 */
public record ColumnName(String schema, String table, String name) {}
