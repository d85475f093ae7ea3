package io.gatehouse.server.directory;

import io.gatehouse.server.auth.Principal;

import java.util.Collections;
import java.util.Set;

/**
 * Who may use a logical connection: whoever is named, or belongs to a named group. Nobody else.
 *
 * @param users names of users; immutable
 * @param groups names of groups; immutable
 */
public record Grants(Set<String> users, Set<String> groups) {
    /** Nobody. */
    public static final Grants NONE = new Grants(Set.of(), Set.of());

    public Grants {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
    }

    /** Whether the principal may use the connection. */
    public boolean permits(Principal principal) {
        return users.contains(principal.user())
                || !Collections.disjoint(groups, principal.groups());
    }
}
