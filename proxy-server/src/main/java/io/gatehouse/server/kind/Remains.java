package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.PinReason;

import java.util.Set;

/**
 * How a backend is asked whether a session still needs its connection.
 *
 * @param sql a query of one column: the names of those {@code reasons} that still hold; {@code ""}
 *     where the kind cannot be asked
 * @param reasons what the query tells about; any other reason holds until the session ends
 */
public record Remains(String sql, Set<PinReason> reasons) {
    /** The kind tells nothing. */
    static final Remains UNKNOWN = new Remains("", Set.of());

    public Remains {
        reasons = Set.copyOf(reasons);
    }
}
