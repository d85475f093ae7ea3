package io.gatehouse.server.admin;

import java.time.Instant;
import java.util.List;

/**
 * A statement that waits for a decision, or has got it, for the eyes of who may decide.
 *
 * @param state {@code waiting}, {@code approved} or {@code rejected}
 * @param by who decided; empty while it waits
 * @param until when it is forgotten
 * @param role at the database; empty where nobody knows
 * @param searchPath where tables without a schema are; empty where nobody knows
 * @param statement with its literals
 */
public record ApprovalView(
        String id,
        String state,
        String by,
        Instant until,
        String user,
        String connection,
        String address,
        String application,
        String role,
        List<String> searchPath,
        String rule,
        String reason,
        String statement) {
    public ApprovalView {
        searchPath = List.copyOf(searchPath);
    }

    /** Without the statement: its literals are the user's data. */
    @Override
    public String toString() {
        return "ApprovalView[" + id + ", " + state + "]";
    }
}
