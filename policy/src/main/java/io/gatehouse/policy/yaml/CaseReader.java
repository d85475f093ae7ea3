package io.gatehouse.policy.yaml;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.policy.yaml.Case.Expected;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a file of cases from its root. */
final class CaseReader {
    private static final Set<String> FILE = Words.keys("policy-tests", "cases");
    private static final Set<String> CASE = Words.keys("name", "as", "on", "at", "sql", "expect");
    private static final Set<String> AS =
            Words.keys("user", "groups", "role", "address", "application", "door");
    private static final Set<String> ON =
            Words.keys("connection", "labels", "dialect", "search-path");
    private static final Set<String> EXPECT =
            Words.keys(
                    "decision",
                    "rule",
                    "read-only",
                    "max-rows",
                    "max-bytes",
                    "timeout",
                    "route",
                    "cache",
                    "observed",
                    "masks");
    private static final List<String> DIALECTS =
            Arrays.stream(Dialect.values()).map(d -> d.name().toLowerCase(Locale.ROOT)).toList();

    private final Places places;

    CaseReader(Places places) {
        this.places = places;
    }

    List<Case> read(Node root) {
        Map<String, Node> entries = places.mapping(root, "a file of cases", FILE);
        Node version = entries.get("policy-tests");
        if (version == null || !"1".equals(places.text(version, "policy-tests"))) {
            places.complain(
                    version == null ? root : version, "write \"policy-tests: 1\" at its head");
        }
        List<Case> cases = new ArrayList<>();
        for (Node node : places.sequence(entries.get("cases"), "cases")) {
            cases.add(one(node));
        }
        if (cases.isEmpty()) {
            places.complain(root, "there are no cases");
        }
        return cases;
    }

    private Case one(Node node) {
        Map<String, Node> entries = places.mapping(node, "a case", CASE);
        Map<String, Node> on = inner(node, entries, "on", ON);
        String name = places.text(entries.get("name"), "name");
        List<String> schemas = places.texts(on.get("search-path"), "search-path");
        return new Case(
                name == null ? "" : name,
                Places.line(node),
                Places.column(node),
                asker(node, entries, on),
                dialect(on.get("dialect")),
                new SearchPath(schemas),
                instant(entries.get("at")),
                texts(node, entries.get("sql")),
                expected(node, entries));
    }

    private Map<String, Node> inner(
            Node node, Map<String, Node> entries, String key, Set<String> keys) {
        Node inner = entries.get(key);
        if (inner == null) {
            places.complain(node, "the case has no " + key);
            return Map.of();
        }
        return places.mapping(inner, key, keys);
    }

    private Asker asker(Node node, Map<String, Node> entries, Map<String, Node> on) {
        Map<String, Node> as = inner(node, entries, "as", AS);
        return new Asker(
                needed(node, as, "user"),
                new HashSet<>(places.texts(as.get("groups"), "groups")),
                text(as, "role"),
                text(as, "address"),
                text(as, "application"),
                as.containsKey("door") ? places.choice(as.get("door"), "door", Words.DOORS) : "",
                needed(node, on, "connection"),
                new HashSet<>(places.texts(on.get("labels"), "labels")));
    }

    private String needed(Node node, Map<String, Node> entries, String key) {
        if (!entries.containsKey(key)) {
            places.complain(node, "the case has no " + key);
        }
        return text(entries, key);
    }

    private String text(Map<String, Node> entries, String key) {
        String text = places.text(entries.get(key), key);
        return text == null ? "" : text;
    }

    private Dialect dialect(@Nullable Node node) {
        String word = node == null ? "postgresql" : places.choice(node, "dialect", DIALECTS);
        return Dialect.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private @Nullable Instant instant(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        String text = places.text(node, "at");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            places.complain(node, "at is written 2026-01-05T10:00:00Z");
            return null;
        }
    }

    private List<String> texts(Node node, @Nullable Node sql) {
        if (sql == null) {
            places.complain(node, "the case has no sql");
            return List.of();
        }
        if (sql instanceof ScalarNode) {
            String text = places.text(sql, "sql");
            return text == null ? List.of() : List.of(text);
        }
        return places.texts(sql, "sql");
    }

    private Expected expected(Node node, Map<String, Node> entries) {
        Map<String, Node> expect = inner(node, entries, "expect", EXPECT);
        if (!expect.containsKey("decision")) {
            places.complain(node, "expect needs a decision");
        }
        Node timeout = expect.get("timeout");
        Node route = expect.get("route");
        Node observed = expect.get("observed");
        Node masks = expect.get("masks");
        return new Expected(
                places.choice(expect.get("decision"), "decision", Words.DECISIONS),
                places.text(expect.get("rule"), "rule"),
                expect.containsKey("read-only")
                        ? (Boolean) places.flag(expect.get("read-only"), "read-only")
                        : null,
                expect.containsKey("max-rows")
                        ? (Long) places.count(expect.get("max-rows"), "max-rows")
                        : null,
                expect.containsKey("max-bytes")
                        ? (Long) places.bytes(expect.get("max-bytes"), "max-bytes")
                        : null,
                timeout == null ? null : places.duration(timeout, "timeout"),
                route == null ? null : places.choice(route, "route", Words.ROUTES),
                cache(expect.get("cache")),
                observed == null ? null : places.texts(observed, "observed"),
                masks == null ? null : masks(masks));
    }

    private @Nullable Duration cache(@Nullable Node node) {
        boolean never = node instanceof ScalarNode word && word.getValue().equals(Words.NEVER);
        return node == null ? null : never ? Duration.ZERO : places.duration(node, "cache");
    }

    /** Here an empty list says something. */
    private List<String> masks(Node node) {
        boolean none = node instanceof SequenceNode list && list.getValue().isEmpty();
        return none ? List.of() : places.texts(node, "masks");
    }
}
