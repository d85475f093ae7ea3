package io.gatehouse.policy.rule;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Under which terms a statement that is held may go on.
 *
 * @param validFor how long a confirmation or an approval holds
 * @param users who may approve; may hold {@code *}
 * @param groups whose members may approve; may hold {@code *}
 */
public record Terms(Duration validFor, List<Glob> users, List<Glob> groups) {
    public Terms {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    /** Whether that person may approve, unless it is the one who asks. */
    public boolean mayApprove(String user, Set<String> ofGroups) {
        if (Glob.any(users, user)) {
            return true;
        }
        for (String group : ofGroups) {
            if (Glob.any(groups, group)) {
                return true;
            }
        }
        return false;
    }
}
