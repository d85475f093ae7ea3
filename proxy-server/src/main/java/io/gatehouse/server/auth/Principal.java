package io.gatehouse.server.auth;

import java.util.Set;

/**
 * Who is asking.
 *
 * @param user the name that was proved
 * @param groups the groups that the user belongs to; immutable
 */
public record Principal(String user, Set<String> groups) {
    public Principal {
        groups = Set.copyOf(groups);
    }
}
