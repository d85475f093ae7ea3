package io.gatehouse.server.auth;

import java.util.Set;

/**
 * A user as configured.
 *
 * @param verifier checks a proof; the password itself is kept nowhere
 * @param groups immutable
 */
public record UserRecord(String name, ScramVerifier verifier, Set<String> groups) {
    public UserRecord {
        groups = Set.copyOf(groups);
    }
}
