package io.gatehouse.server.fault;

import java.time.Duration;

/** The part of the catalogue for what policy holds and limits. One factory each. */
public final class PolicyFaults {
    private PolicyFaults() {}

    /**
     * @param token to be repeated with the statement
     */
    public static Fault confirmNeeded(
            String rule, String reason, String wayForward, String token, Duration validFor) {
        String hint =
                "To run it all the same, repeat it within %d s as /* confirm:%s */ and the same"
                        + " text.%s";
        String further = wayForward.isEmpty() ? "" : " Or " + wayForward + ".";
        return Fault.of(
                "42501",
                "policy rule \"%s\" asks you to confirm: %s".formatted(rule, reason),
                hint.formatted(validFor.toSeconds(), token, further));
    }

    /**
     * @param id what the person who decides names it by
     */
    public static Fault approvalNeeded(String rule, String reason, String id, String wayForward) {
        String hint =
                "It waits as approval %s; once an approver has agreed, repeat the same text.%s";
        String further = wayForward.isEmpty() ? "" : " " + Faults.sentence(wayForward) + ".";
        return Fault.of(
                "42501",
                "policy rule \"%s\" asks for another person's approval: %s".formatted(rule, reason),
                hint.formatted(id, further));
    }

    public static Fault approvalRejected(String rule, String id, String by, String wayForward) {
        return Fault.of(
                "42501",
                "approval %s of policy rule \"%s\" was rejected by %s".formatted(id, rule, by),
                Faults.sentence(wayForward));
    }

    public static Fault notApprovable(String rule, int characters) {
        String why =
                "policy rule \"%s\" asks for another person's approval, which no text above %d"
                        + " characters can get";
        return Fault.of(
                "42501",
                why.formatted(rule, characters),
                "Use parameters for long values, or split the statement.");
    }

    public static Fault tooManyApprovals(String rule) {
        return Fault.of(
                "53400",
                "too many statements wait for approval by policy rule \"" + rule + "\" already",
                "Have them decided first, or ask the administrator to raise limits.approvals.");
    }

    public static Fault heldAlone(String rule, String reason) {
        return Fault.of(
                "42501",
                "policy rule \"%s\" holds a text of several statements: %s".formatted(rule, reason),
                "Send one statement at a time.");
    }

    /**
     * @param why what could not be proved
     */
    public static Fault unproven(String rule, String column, String why) {
        return Fault.of(
                "42501",
                ("policy rule \"%s\" masks columns, and column \"%s\" of the result cannot be"
                                + " proved free of them: %s")
                        .formatted(rule, column, why),
                "Name plain columns of tables, or ask for the rule to vouch for what is clean.");
    }

    public static Fault maskedAlone() {
        return Fault.of(
                "42501",
                "a text of several statements comes near masked columns",
                "Send one statement at a time.");
    }

    public static Fault answerTooLarge(String rule, long limit) {
        String what = "the answer is above the %d bytes that policy rule \"%s\" lets through";
        return Fault.of(
                "54000",
                what.formatted(limit, rule),
                "Select fewer rows or columns, or add a LIMIT.");
    }

    public static Fault tooManyAtOnce(String rule, long most) {
        String what = "policy rule \"%s\" lets %d statements run at once, and they do";
        return Fault.of(
                        "53400",
                        what.formatted(rule, most),
                        "Try again as soon as one of them has ended.")
                .as(FaultClass.TRANSIENT);
    }

    /**
     * @param what statements, rows or bytes
     */
    public static Fault rateLimited(String what, String rule, Duration retryAfter) {
        return Fault.of(
                        "53400",
                        "too many " + what + ": limit of policy rule \"" + rule + "\" reached",
                        "Try again in " + Math.max(1, retryAfter.toMillis()) + " ms.")
                .as(FaultClass.TRANSIENT);
    }
}
