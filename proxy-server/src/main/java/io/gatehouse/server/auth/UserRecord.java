package io.gatehouse.server.auth;

import java.util.Set;

/**
 * A user as configured.
 *
 * @param verifier checks a proof; the password itself is kept nowhere
 * @param groups immutable
 * @param clients the most connections of this user at once; 0 where only the broker's own limits
 *     hold
 */
public record UserRecord(String name, ScramVerifier verifier, Set<String> groups, int clients) {
    public UserRecord {
        groups = Set.copyOf(groups);
    }

    /** A user without a limit of its own. */
    public UserRecord(String name, ScramVerifier verifier, Set<String> groups) {
        this(name, verifier, groups, 0);
    }
}
