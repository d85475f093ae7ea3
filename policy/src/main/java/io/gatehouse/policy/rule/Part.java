package io.gatehouse.policy.rule;

import java.util.Locale;

/** What of a rule a statement did not meet, in the order in which it is looked at. */
public enum Part {
    USERS,
    GROUPS,
    ROLES,
    ADDRESSES,
    APPLICATIONS,
    DOORS,
    CONNECTIONS,
    LABELS,
    FACTS,
    VERBS,
    FUNCTIONS,
    /** The relations, or how they are touched. */
    RELATIONS,
    COLUMNS,
    TIMES,
    WHEN,
    /** It was not understood, and the rule does not name that. */
    NOT_UNDERSTOOD,
    /** The rule leaves it alone. */
    UNLESS;

    /** The key in a policy file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
