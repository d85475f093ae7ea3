package io.gatehouse.policy.sql;

import java.util.Set;

/**
 * Functions that PostgreSQL calls where a column of that name is asked of a table that has none:
 * {@code t.to_json} is {@code to_json(t)}, which shows the whole row.
 */
final class RowCalls {
    private static final Set<String> SHOWING =
            Set.of(
                    "any_value",
                    "array_agg",
                    "concat",
                    "hstore",
                    "json_agg",
                    "json_agg_strict",
                    "json_build_array",
                    "jsonb_agg",
                    "jsonb_agg_strict",
                    "jsonb_build_array",
                    "max",
                    "min",
                    "quote_literal",
                    "quote_nullable",
                    "record_out",
                    "record_send",
                    "row_to_json",
                    "to_json",
                    "to_jsonb");

    private RowCalls() {}

    /** Whether the column may be such a call. */
    static boolean known(String column) {
        return SHOWING.contains(LineageNames.unquoted(column));
    }
}
