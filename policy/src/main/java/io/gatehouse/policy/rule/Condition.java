package io.gatehouse.policy.rule;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What a rule looks for.
 *
 * @param who which askers
 * @param deed which statements
 * @param times when; empty for always
 * @param when what else has to hold; {@code null} for nothing
 */
public record Condition(Who who, Deed deed, List<TimeWindow> times, @Nullable Expression when) {

    /** Takes everything. */
    public static final Condition ANY = new Condition(Who.ANYBODY, Deed.ANYTHING, List.of(), null);

    public Condition {
        times = List.copyOf(times);
    }

    /** Whether its answer depends on more than asker and text. */
    boolean live() {
        return !times.isEmpty() || when != null;
    }

    /** The first part beside the asker that does not match, or {@code null}. */
    @Nullable Part missing(Moment moment, int statement, boolean surely) {
        Part deedMissing =
                deed.missing(
                        moment.statement(statement),
                        moment.holding(statement),
                        moment.path(),
                        surely);
        if (deedMissing != null) {
            return deedMissing;
        }
        if (!times.isEmpty() && !inTime(moment.now())) {
            return Part.TIMES;
        }
        boolean holds = when == null || when.holds(moment.scene(statement), surely);
        return holds ? null : Part.WHEN;
    }

    /** Whether it takes everything that the other takes; false where that is not plain. */
    public boolean covers(Condition other) {
        return Cover.covers(this, other);
    }

    private boolean inTime(Instant now) {
        for (TimeWindow window : times) {
            if (window.holds(now)) {
                return true;
            }
        }
        return false;
    }
}
