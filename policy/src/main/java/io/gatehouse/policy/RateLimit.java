package io.gatehouse.policy;

import io.gatehouse.policy.rule.Quota;

/**
 * A limit of what may be used up together.
 *
 * @param rule the rule that asks for it
 * @param quota what is counted, how much of it, in which time and for whom
 * @param group whose use counts together where the scope is a group's; else {@code ""}
 */
public record RateLimit(String rule, Quota quota, String group) {}
