package io.gatehouse.policy;

import io.gatehouse.policy.Standing.Candidate;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.Lineage;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.rule.Duty;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.rule.Moment;
import io.gatehouse.policy.rule.Rule;
import io.gatehouse.policy.rule.Terms;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Goes through the rules once for one question. */
final class Judge {
    private final boolean defaultAllow;
    private final Moment moment;
    private final Facts facts;

    private @Nullable Rule denied;
    private @Nullable Rule allowed;
    private @Nullable String readOnlyRule;
    private long maxRows;
    private long maxBytes;
    private String bytesRule = "";
    private Duration timeout = Duration.ZERO;
    private Duty.Route route = Duty.Route.ANY;
    private @Nullable Duration cache;
    private @Nullable List<RateLimit> rates;
    private @Nullable List<Demand> demands;
    private @Nullable List<String> observed;
    private @Nullable List<Rule> masking;
    private final Supplier<List<Lineage>> lineages;

    /**
     * @param lineages of the text's statements; asked only where a rule masks
     */
    Judge(
            boolean defaultAllow,
            Moment moment,
            boolean readOnlySession,
            Supplier<List<Lineage>> lineages) {
        this.lineages = lineages;
        this.defaultAllow = defaultAllow;
        this.moment = moment;
        this.facts = moment.facts();
        this.readOnlyRule = readOnlySession ? Policy.READ_ONLY_SESSION : null;
    }

    Decision judge(Standing standing) {
        List<Candidate> candidates = standing.candidates();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            Rule rule = candidate.rule();
            boolean counts = denied == null || rule.observes();
            if (counts && rule.missing(moment, candidate.exempts()) == null) {
                apply(candidate);
            }
        }
        return verdict();
    }

    private void apply(Candidate candidate) {
        Rule rule = candidate.rule();
        if (rule.observes()) {
            observed = observed == null ? new ArrayList<>() : observed;
            observed.add(rule.name() + " " + deed(rule));
            return;
        }
        switch (rule.verdict()) {
            case DENY -> denied = rule;
            case ALLOW -> {
                allowed = allowed == null ? rule : allowed;
                add(candidate);
            }
            case CONFIRM -> {
                demand(Demand.Kind.CONFIRM, rule);
                add(candidate);
            }
            case APPROVE -> {
                demand(Demand.Kind.APPROVE, rule);
                add(candidate);
            }
            case NONE -> add(candidate);
        }
    }

    /** What a rule does, in the words of the policy files. */
    private static String deed(Rule rule) {
        return rule.verdict() == Rule.Verdict.NONE
                ? "limit"
                : rule.verdict().name().toLowerCase(Locale.ROOT);
    }

    private void demand(Demand.Kind kind, Rule rule) {
        Terms terms = rule.terms();
        if (terms != null) {
            demands = demands == null ? new ArrayList<>() : demands;
            demands.add(new Demand(kind, rule.name(), rule.reason(), rule.wayForward(), terms));
        }
    }

    private void add(Candidate candidate) {
        Rule rule = candidate.rule();
        Duty duty = rule.duty();
        if (duty.readOnly() && readOnlyRule == null) {
            readOnlyRule = rule.name();
        }
        if (duty.maxRows() > 0) {
            maxRows = maxRows == 0 ? duty.maxRows() : Math.min(maxRows, duty.maxRows());
        }
        if (duty.maxBytes() > 0 && (maxBytes == 0 || duty.maxBytes() < maxBytes)) {
            maxBytes = duty.maxBytes();
            bytesRule = rule.name();
        }
        if (!duty.timeout().isZero()) {
            boolean shorter = timeout.isZero() || duty.timeout().compareTo(timeout) < 0;
            timeout = shorter ? duty.timeout() : timeout;
        }
        if (duty.route().compareTo(route) > 0) {
            // Where rules differ the primary wins: its answer is never older than the other's.
            route = duty.route();
        }
        Duration kept = duty.cache();
        if (kept != null && (cache == null || kept.compareTo(cache) < 0)) {
            cache = kept;
        }
        if (duty.masking() != null) {
            masking = masking == null ? new ArrayList<>() : masking;
            masking.add(rule);
        }
        if (!candidate.limits().isEmpty()) {
            rates = rates == null ? new ArrayList<>() : rates;
            rates.addAll(candidate.limits());
        }
    }

    private Decision verdict() {
        if (denied != null) {
            return deny(denied.name(), denied.reason() + detail(), denied.wayForward());
        }
        if (readOnlyRule != null
                && moment.holds(FactName.WRITES.bit() | FactName.LEAVES_READ_ONLY.bit())) {
            return deny(
                    readOnlyRule,
                    "you may only read here, and the statement writes or asks to",
                    "use a user or a connection that may write");
        }
        if (allowed == null && !facts.understood()) {
            return deny(
                    Policy.NOT_UNDERSTOOD,
                    "the statement was not understood" + detail(),
                    "write it in plainer SQL, or ask for a rule that allows it");
        }
        if (allowed == null && !defaultAllow) {
            return deny(
                    Policy.DEFAULT,
                    "no rule allows the statement, and what no rule allows is refused",
                    "ask for a rule that allows it");
        }
        if (masking == null) {
            return allow(List.of());
        }
        MaskFindings findings = new MaskFindings(masking, facts.dialect(), moment.path());
        return switch (new MaskJudge(findings).judge(facts, lineages.get())) {
            case MaskJudge.Outcome.Refused no -> deny(no.rule(), no.reason(), no.wayForward());
            case MaskJudge.Outcome.Passed passed -> allow(passed.plans());
        };
    }

    private Decision allow(List<Optional<MaskPlan>> masks) {
        Decision.Allow allow =
                new Decision.Allow(
                        facts,
                        allowed == null ? Policy.DEFAULT : allowed.name(),
                        obligations(masks));
        return demands == null ? allow : new Decision.Hold(inOrder(demands), allow);
    }

    /** Nobody is asked to confirm what nobody has approved. */
    private static List<Demand> inOrder(List<Demand> demands) {
        List<Demand> ordered = new ArrayList<>();
        demands.stream().filter(d -> d.kind() == Demand.Kind.APPROVE).forEach(ordered::add);
        demands.stream().filter(d -> d.kind() == Demand.Kind.CONFIRM).forEach(ordered::add);
        return ordered;
    }

    private String detail() {
        for (StatementFacts statement : facts.statements()) {
            if (!statement.understood()) {
                return " (" + statement.notUnderstood() + ")";
            }
        }
        return "";
    }

    private Decision deny(String rule, String reason, String wayForward) {
        return new Decision.Deny(
                facts, rule, reason, wayForward, observed == null ? List.of() : observed);
    }

    private Obligations obligations(List<Optional<MaskPlan>> masks) {
        boolean replica = route == Duty.Route.REPLICA;
        boolean none = readOnlyRule == null && maxRows == 0 && maxBytes == 0 && timeout.isZero();
        none &= !replica && cache == null;
        if (none && rates == null && observed == null && masks.isEmpty()) {
            return Obligations.NONE;
        }
        return new Obligations(
                readOnlyRule != null,
                maxRows,
                maxBytes,
                bytesRule,
                timeout,
                replica,
                cache == null ? Duration.ZERO : cache,
                rates == null ? List.of() : rates,
                observed == null ? List.of() : observed,
                masks);
    }
}
