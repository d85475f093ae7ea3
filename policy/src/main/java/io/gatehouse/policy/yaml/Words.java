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
                    "route",
                    "cache",
                    "rate",
                    "concurrent",
                    "masks",
                    "unproven",
                    "conditions",
                    "clean");
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

    /** Those of them that look at the statement. */
    static final Set<String> ABOUT_STATEMENT =
            keys("verbs", "relations", "access", "columns", "functions", "facts", "when");

    static final Set<String> TIME = keys("days", "from", "to", "zone");
    static final Set<String> APPROVERS = keys("users", "groups");
    static final Set<String> RATE = keys("statements", "rows", "bytes", "per", "scope");
    static final Set<String> CONCURRENT = keys("statements", "scope");

    static final Set<String> MASK =
            keys("columns", "with", "value", "first", "last", "length", "to");
    static final Set<String> CLEAN = keys("relations", "functions");

    static final List<String> ALGORITHMS =
            List.of("null", "constant", "partial", "hash", "truncate");
    static final List<String> UNITS = List.of("year", "month", "day");
    static final List<String> UNPROVEN = List.of("refuse", "mask");
    static final List<String> ON_CONDITIONS = List.of("allow", "refuse");
    static final List<String> DEFAULTS = List.of("deny", "allow");
    static final List<String> DECISIONS = List.of("deny", "allow", "confirm", "approve");
    static final List<String> MODES = List.of("enforce", "observe");
    static final List<String> ACCESS = List.of("read", "write");
    static final List<String> DOORS = List.of("driver", "postgresql");
    static final List<String> ROUTES = List.of("replica", "primary");
    static final String NEVER = "never";
    static final List<String> SCOPES = List.of("user", "group", "connection", "rule");

    private Words() {}

    static Set<String> keys(String... keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }
}
