package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Reads calls of SQL Server's procedures that list what its catalogue holds, and change nothing.
 *
 * <p>Drivers and tools ask by them. The server looks for such a name among its own procedures
 * first, so that nobody can put another one in its place.
 */
final class CatalogCalls {
    private static final Set<String> LISTING =
            Set.of(
                    "sp_column_privileges",
                    "sp_columns",
                    "sp_columns_100",
                    "sp_columns_170",
                    "sp_databases",
                    "sp_datatype_info",
                    "sp_datatype_info_100",
                    "sp_fkeys",
                    "sp_helpconstraint",
                    "sp_helpindex",
                    "sp_pkeys",
                    "sp_server_info",
                    "sp_special_columns",
                    "sp_special_columns_100",
                    "sp_sproc_columns",
                    "sp_sproc_columns_100",
                    "sp_statistics",
                    "sp_statistics_100",
                    "sp_stored_procedures",
                    "sp_table_privileges",
                    "sp_tables");

    private CatalogCalls() {}

    /** Whether the statement is nothing but such a call, whose arguments are plain values. */
    static boolean read(Cursor whole, Draft draft) {
        Cursor cursor = whole.from(0);
        boolean braces = cursor.acceptMark('{');
        boolean begins = braces ? cursor.accept("CALL") : cursor.acceptAny("EXEC", "EXECUTE");
        if (braces && !begins) {
            return false;
        }
        boolean listing = cursor.peek().kind() == Token.Kind.WORD && listing(cursor.name());
        boolean parenthesis = listing && cursor.acceptMark('(');
        if (!listing || !arguments(cursor)) {
            return false;
        }
        boolean ends = !parenthesis || cursor.acceptMark(')');
        if (!ends || (braces && !cursor.acceptMark('}')) || !cursor.done()) {
            return false;
        }
        draft.verb(Verb.SHOW, Trait.RETURNS_ROWS);
        return true;
    }

    private static boolean listing(@Nullable QualifiedName name) {
        return name != null
                && (name.schema().isEmpty() || name.schema().equals("sys"))
                && LISTING.contains(Letters.lower(name.name()));
    }

    private static boolean arguments(Cursor cursor) {
        if (cursor.done() || cursor.peek().mark(')') || cursor.peek().mark('}')) {
            return true;
        }
        do {
            if (cursor.peek(1).text().equals("=")) {
                cursor.next();
                cursor.next();
            }
            boolean value =
                    switch (cursor.peek().kind()) {
                        // A word may be the begin of another statement; a quoted one is a text.
                        case STRING, NAME, NUMBER, PARAMETER, VARIABLE -> true;
                        case WORD -> cursor.is("NULL") || cursor.is("DEFAULT");
                        case OPERATOR, MARK -> false;
                    };
            if (!value) {
                return false;
            }
            cursor.next();
        } while (cursor.acceptMark(','));
        return true;
    }
}
