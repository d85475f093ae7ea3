package io.gatehouse.policy.fact;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A column of a result, or several of which only the server knows how many they are.
 *
 * @param width how many columns it stands for
 * @param name the name of the one column; {@code ""} where only the server knows it
 * @param origins what its values may have come from
 */
public record Output(Width width, String name, Set<Origin> origins) {

    /** How many columns. */
    public enum Width {
        ONE,
        /** Every column of the one table in the origins, each under its own name. */
        TABLE,
        /** Any number of columns under any names; each may have come from any of the origins. */
        ANY
    }

    public Output {
        origins = Set.copyOf(origins);
    }

    /** One column. */
    public static Output one(String name, Set<Origin> origins) {
        return new Output(Width.ONE, name, origins);
    }

    /** Every column of a table. */
    public static Output table(String schema, String table) {
        return new Output(Width.TABLE, "", Set.of(new Origin.OfRow(schema, table)));
    }

    /** Any columns. */
    public static Output any(Set<Origin> origins) {
        return new Output(Width.ANY, "", origins);
    }

    /** Columns of which nobody knows anything. */
    public static Output unknown(String why) {
        return any(Set.of(new Origin.Unknown(why)));
    }

    /** What a value that is computed from these columns may have come from. */
    public Set<Origin> computed() {
        Set<Origin> computed = new LinkedHashSet<>();
        origins.forEach(origin -> computed.add(origin.computed()));
        return computed;
    }
}
