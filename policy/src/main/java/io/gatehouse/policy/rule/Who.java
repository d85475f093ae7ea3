package io.gatehouse.policy.rule;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Which askers a rule looks for. An empty part takes all; of the others every one has to match.
 *
 * @param users user names, may hold {@code *}
 * @param groups group names, may hold {@code *}
 * @param roles roles at the database, may hold {@code *}
 * @param addresses where they are
 * @param applications what they call themselves, may hold {@code *}
 * @param doors {@code driver} or {@code postgresql}
 * @param connections logical connections, may hold {@code *}
 * @param labels of the connection, may hold {@code *}
 */
public record Who(
        List<Glob> users,
        List<Glob> groups,
        List<Glob> roles,
        List<Subnet> addresses,
        List<Glob> applications,
        Set<String> doors,
        List<Glob> connections,
        List<Glob> labels) {

    /** Everybody. */
    public static final Who ANYBODY =
            new Who(
                    List.of(), List.of(), List.of(), List.of(), List.of(), Set.of(), List.of(),
                    List.of());

    public Who {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
        addresses = List.copyOf(addresses);
        applications = List.copyOf(applications);
        doors = Set.copyOf(doors);
        connections = List.copyOf(connections);
        labels = List.copyOf(labels);
    }

    /**
     * The first part that does not match, or {@code null}.
     *
     * @param surely whether what is not known does not match, or else does
     */
    @Nullable Part missing(Asker asker, boolean surely) {
        if (!one(users, asker.user(), surely)) {
            return Part.USERS;
        }
        if (!any(groups, asker.groups())) {
            return Part.GROUPS;
        }
        if (!one(roles, asker.role(), surely)) {
            return Part.ROLES;
        }
        if (!addresses.isEmpty() && !inside(asker.address(), surely)) {
            return Part.ADDRESSES;
        }
        if (!one(applications, asker.application(), true)) {
            return Part.APPLICATIONS;
        }
        if (!doors.isEmpty() && !doors.contains(asker.door()) && known(asker.door(), surely)) {
            return Part.DOORS;
        }
        if (!one(connections, asker.connection(), surely)) {
            return Part.CONNECTIONS;
        }
        return any(labels, asker.labels()) ? null : Part.LABELS;
    }

    private static boolean known(String text, boolean surely) {
        return surely || !text.isEmpty();
    }

    private static boolean one(List<Glob> patterns, String text, boolean surely) {
        return patterns.isEmpty() || !known(text, surely) || Glob.any(patterns, text);
    }

    private static boolean any(List<Glob> patterns, Set<String> texts) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (String text : texts) {
            if (Glob.any(patterns, text)) {
                return true;
            }
        }
        return false;
    }

    private boolean inside(String address, boolean surely) {
        if (!known(address, surely)) {
            return true;
        }
        for (Subnet subnet : addresses) {
            if (subnet.holds(address)) {
                return true;
            }
        }
        return false;
    }
}
