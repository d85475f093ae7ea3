package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.fact.StatementFacts;

import java.time.Instant;

/**
 * One statement and everything around it.
 *
 * @param asker who asks
 * @param text what the whole text does
 * @param statement one statement of it
 * @param holding the statement's facts as bits of {@link FactName}
 * @param path where tables without a schema are
 * @param now the time
 */
public record Scene(
        Asker asker,
        Facts text,
        StatementFacts statement,
        int holding,
        SearchPath path,
        Instant now) {}
