package io.gatehouse.server.soak;

import io.gatehouse.server.soak.Books.Fate;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Set;

/** Reads from an exception what is known of the work that it ended. */
final class Losses {
    private static final Set<String> BACKEND_GONE = Set.of("57P01", "57P02", "57P03");

    private Losses() {}

    /** Whether the connection, the client's or the backend's, broke under the statement. */
    static boolean is(SQLException e) {
        String state = stateOf(e);
        return state.startsWith("08") || BACKEND_GONE.contains(state);
    }

    /** What became of a statement in autocommit that ended like this. */
    static Fate fate(SQLException e) {
        return is(e) && !stateOf(e).equals("08001") ? Fate.UNKNOWN : Fate.UNDONE;
    }

    /** Marks that it was a commit that ended like this. */
    static SQLException committing(SQLException e) {
        if (is(e)) {
            return new InCommit(e);
        }
        return e;
    }

    static boolean inCommit(SQLException e) {
        return e instanceof InCommit;
    }

    static String stateOf(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private static final class InCommit extends SQLException {
        private static final long serialVersionUID = 1;

        InCommit(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
