package io.gatehouse.policy;

import io.gatehouse.policy.FactsCache.Analysis;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.rule.Duty;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.rule.Rule;
import io.gatehouse.policy.rule.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Goes through the rules once for one question. */
final class Judge {
    private final boolean defaultAllow;
    private final Facts facts;
    private final int[] holding;

    private @Nullable Rule denied;
    private @Nullable Rule allowed;
    private @Nullable String readOnlyRule;
    private long maxRows;
    private Duration timeout = Duration.ZERO;
    private @Nullable List<RateLimit> rates;
    private @Nullable List<String> observed;

    Judge(boolean defaultAllow, Analysis analysis, boolean readOnlySession) {
        this.defaultAllow = defaultAllow;
        this.facts = analysis.facts();
        this.holding = analysis.holding();
        this.readOnlyRule = readOnlySession ? Policy.READ_ONLY_SESSION : null;
    }

    Decision judge(List<Rule> rules, Subject subject) {
        for (int i = 0; i < rules.size() && denied == null; i++) {
            Rule rule = rules.get(i);
            if (rule.applies(subject, facts, holding)) {
                apply(rule);
            }
        }
        return verdict();
    }

    private void apply(Rule rule) {
        if (rule.observes()) {
            observed = observed == null ? new ArrayList<>() : observed;
            observed.add(rule.name());
            return;
        }
        switch (rule.verdict()) {
            case DENY -> denied = rule;
            case ALLOW -> {
                allowed = allowed == null ? rule : allowed;
                add(rule);
            }
            case NONE -> add(rule);
        }
    }

    private void add(Rule rule) {
        Duty duty = rule.duty();
        if (duty.readOnly() && readOnlyRule == null) {
            readOnlyRule = rule.name();
        }
        if (duty.maxRows() > 0) {
            maxRows = maxRows == 0 ? duty.maxRows() : Math.min(maxRows, duty.maxRows());
        }
        if (!duty.timeout().isZero()) {
            boolean shorter = timeout.isZero() || duty.timeout().compareTo(timeout) < 0;
            timeout = shorter ? duty.timeout() : timeout;
        }
        Duty.Rate rate = duty.rate();
        if (rate != null) {
            rates = rates == null ? new ArrayList<>() : rates;
            rates.add(
                    new RateLimit(rule.name(), rate.statements(), rate.per(), scope(rate.scope())));
        }
    }

    private static RateLimit.Scope scope(Duty.Scope scope) {
        return switch (scope) {
            case USER -> RateLimit.Scope.USER;
            case CONNECTION -> RateLimit.Scope.CONNECTION;
            case RULE -> RateLimit.Scope.RULE;
        };
    }

    private Decision verdict() {
        if (denied != null) {
            return deny(denied.name(), denied.reason() + detail(), denied.wayForward());
        }
        if (readOnlyRule != null
                && holds(FactName.WRITES.bit() | FactName.LEAVES_READ_ONLY.bit())) {
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
        return new Decision.Allow(
                facts, allowed == null ? Policy.DEFAULT : allowed.name(), obligations());
    }

    private boolean holds(int bits) {
        for (int each : holding) {
            if ((each & bits) != 0) {
                return true;
            }
        }
        return false;
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
        return new Decision.Deny(facts, rule, reason, wayForward);
    }

    private Obligations obligations() {
        boolean none = readOnlyRule == null && maxRows == 0 && timeout.isZero();
        if (none && rates == null && observed == null) {
            return Obligations.NONE;
        }
        return new Obligations(
                readOnlyRule != null,
                maxRows,
                timeout,
                rates == null ? List.of() : rates,
                observed == null ? List.of() : observed);
    }
}
