package io.gatehouse.policy.yaml;

import io.gatehouse.policy.rule.Duty;
import io.gatehouse.policy.rule.Quota;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what a rule asks for where it lets a statement pass. */
final class LimitReader {
    private static final Duration LONGEST_CACHE = Duration.ofHours(24);

    private final Places places;

    LimitReader(Places places) {
        this.places = places;
    }

    Duty read(Map<String, Node> entries) {
        List<Quota> quotas = new ArrayList<>();
        rate(entries.get("rate"), quotas);
        concurrent(entries.get("concurrent"), quotas);
        return new Duty(
                places.flag(entries.get("read-only"), "read-only"),
                places.count(entries.get("max-rows"), "max-rows"),
                places.bytes(entries.get("max-bytes"), "max-bytes"),
                places.duration(entries.get("timeout"), "timeout"),
                quotas,
                new MaskReader(places).read(entries),
                route(entries.get("route")),
                cache(entries.get("cache")));
    }

    private @Nullable Duration cache(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(Words.NEVER)) {
            return Duration.ZERO;
        }
        Duration time = places.duration(node, "cache");
        if (time.compareTo(LONGEST_CACHE) > 0) {
            places.complain(node, "cache is 24h at most");
        }
        return time;
    }

    private Duty.Route route(@Nullable Node node) {
        return node == null
                ? Duty.Route.ANY
                : Duty.Route.valueOf(
                        places.choice(node, "route", Words.ROUTES).toUpperCase(Locale.ROOT));
    }

    private void rate(@Nullable Node node, List<Quota> quotas) {
        if (node == null) {
            return;
        }
        Map<String, Node> entries = places.mapping(node, "rate", Words.RATE);
        Duration per = places.duration(entries.get("per"), "per");
        Quota.Scope scope = scope(entries.get("scope"));
        boolean counts = false;
        for (Quota.Measure measure :
                List.of(Quota.Measure.STATEMENTS, Quota.Measure.ROWS, Quota.Measure.BYTES)) {
            String key = measure.name().toLowerCase(Locale.ROOT);
            Node amount = entries.get(key);
            if (amount != null) {
                counts = true;
                long most =
                        measure == Quota.Measure.BYTES
                                ? places.bytes(amount, key)
                                : places.count(amount, key);
                quotas.add(new Quota(measure, most, per, scope));
            }
        }
        if (!counts || !entries.containsKey("per")) {
            places.complain(node, "rate needs per, and statements, rows or bytes");
        }
    }

    private void concurrent(@Nullable Node node, List<Quota> quotas) {
        if (node == null) {
            return;
        }
        Map<String, Node> entries = places.mapping(node, "concurrent", Words.CONCURRENT);
        if (!entries.containsKey("statements")) {
            places.complain(node, "concurrent needs statements");
        }
        quotas.add(
                new Quota(
                        Quota.Measure.CONCURRENT,
                        places.count(entries.get("statements"), "statements"),
                        Duration.ZERO,
                        scope(entries.get("scope"))));
    }

    private Quota.Scope scope(@Nullable Node node) {
        String scope = places.choice(node, "scope", Words.SCOPES);
        return Quota.Scope.valueOf(scope.toUpperCase(Locale.ROOT));
    }
}
