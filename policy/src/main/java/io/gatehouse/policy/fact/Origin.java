package io.gatehouse.policy.fact;

/** What a value may have come from. */
public sealed interface Origin {

    /**
     * A column.
     *
     * @param schema of its table, {@code ""} where the statement does not say
     * @param plain whether the value is that of the column itself, not one computed from it
     */
    record OfColumn(String schema, String table, String column, boolean plain) implements Origin {
        @Override
        public Origin computed() {
            return plain ? new OfColumn(schema, table, column, false) : this;
        }
    }

    /**
     * Beside a column: PostgreSQL takes {@code c.f} for a call of {@code f} with the whole row
     * where the table has no such column.
     */
    record Attribute(String schema, String table, String name) implements Origin {}

    /** Any columns of a table. */
    record OfRow(String schema, String table) implements Origin {}

    /** A function that is not a known built-in, and may read anything. */
    record OfFunction(String name) implements Origin {}

    /** Nobody can tell. */
    record Unknown(String why) implements Origin {}

    /** The same for a value that is computed from the one that came from here. */
    default Origin computed() {
        return this;
    }
}
