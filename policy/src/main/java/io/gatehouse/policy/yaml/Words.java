package io.gatehouse.policy.yaml;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The keys and words of policy files. The published schema says the same. */
final class Words {
    static final Set<String> FILE = keys("policy", "default", "rules");
    static final Set<String> RULE =
            keys(
                    "name",
                    "match",
                    "unless",
                    "decide",
                    "reason",
                    "way-forward",
                    "mode",
                    "approvers",
                    "valid-for",
                    "max-rows",
                    "max-bytes",
                    "timeout",
                    "read-only",
                    "rate",
                    "concurrent");
    static final Set<String> CONDITION =
            keys(
                    "users",
                    "groups",
                    "roles",
                    "addresses",
                    "applications",
                    "doors",
                    "connections",
                    "labels",
                    "verbs",
                    "relations",
                    "access",
                    "columns",
                    "functions",
                    "facts",
                    "times",
                    "when");
    static final Set<String> TIME = keys("days", "from", "to", "zone");
    static final Set<String> APPROVERS = keys("users", "groups");
    static final Set<String> RATE = keys("statements", "rows", "bytes", "per", "scope");
    static final Set<String> CONCURRENT = keys("statements", "scope");

    static final List<String> DEFAULTS = List.of("deny", "allow");
    static final List<String> DECISIONS = List.of("deny", "allow", "confirm", "approve");
    static final List<String> MODES = List.of("enforce", "observe");
    static final List<String> ACCESS = List.of("read", "write");
    static final List<String> DOORS = List.of("driver", "postgresql");
    static final List<String> SCOPES = List.of("user", "group", "connection", "rule");

    private Words() {}

    static Set<String> keys(String... keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }
}
