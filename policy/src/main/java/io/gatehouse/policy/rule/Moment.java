package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.fact.StatementFacts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;

/** One text that somebody asks for. Reads the clock once, and only for a rule that needs it. */
public final class Moment {
    private final Asker asker;
    private final Facts facts;
    private final int[] holding;
    private final SearchPath path;
    private final InstantSource clock;
    private @Nullable Instant now;

    /**
     * @param holding the facts of each statement as bits of {@link FactName}; not changed
     */
    public Moment(Asker asker, Facts facts, int[] holding, SearchPath path, InstantSource clock) {
        this.asker = asker;
        this.facts = facts;
        this.holding = holding;
        this.path = path;
        this.clock = clock;
    }

    Asker asker() {
        return asker;
    }

    /** What the text does. */
    public Facts facts() {
        return facts;
    }

    int statements() {
        return holding.length;
    }

    StatementFacts statement(int index) {
        return facts.statements().get(index);
    }

    int holding(int index) {
        return holding[index];
    }

    /** Where tables without a schema are. */
    public SearchPath path() {
        return path;
    }

    Instant now() {
        Instant known = now;
        if (known == null) {
            known = clock.instant();
            now = known;
        }
        return known;
    }

    Scene scene(int index) {
        return new Scene(asker, facts, statement(index), holding[index], path, now());
    }

    /** Whether one of the facts holds for any statement. */
    public boolean holds(int bits) {
        for (int each : holding) {
            if ((each & bits) != 0) {
                return true;
            }
        }
        return false;
    }
}
