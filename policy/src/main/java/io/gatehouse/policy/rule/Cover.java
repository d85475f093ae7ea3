package io.gatehouse.policy.rule;

import java.util.Collection;
import java.util.function.BiPredicate;

/** Whether one condition takes everything that another takes. Where that is not plain: no. */
final class Cover {
    private Cover() {}

    static boolean covers(Condition wide, Condition narrow) {
        boolean sameWhen = wide.when() == null;
        boolean sameTimes =
                wide.times().isEmpty()
                        || (!narrow.times().isEmpty() && wide.times().containsAll(narrow.times()));
        return sameWhen
                && sameTimes
                && covers(wide.who(), narrow.who())
                && covers(wide.deed(), narrow.deed());
    }

    private static boolean covers(Who wide, Who narrow) {
        return all(wide.users(), narrow.users(), Glob::covers)
                && all(wide.groups(), narrow.groups(), Glob::covers)
                && all(wide.roles(), narrow.roles(), Glob::covers)
                && all(wide.addresses(), narrow.addresses(), Subnet::covers)
                && all(wide.applications(), narrow.applications(), Glob::covers)
                && all(wide.doors(), narrow.doors(), String::equals)
                && all(wide.connections(), narrow.connections(), Glob::covers)
                && all(wide.labels(), narrow.labels(), Glob::covers);
    }

    private static boolean covers(Deed wide, Deed narrow) {
        boolean access = wide.access() == null || wide.access() == narrow.access();
        boolean facts =
                wide.facts() == 0 || (narrow.facts() != 0 && (narrow.facts() & ~wide.facts()) == 0);
        return access
                && facts
                && (wide.verbs().isEmpty()
                        || (!narrow.verbs().isEmpty() && wide.verbs().containsAll(narrow.verbs())))
                && all(wide.relations(), narrow.relations(), RelationPattern::covers)
                && all(wide.columns(), narrow.columns(), ColumnPattern::covers)
                && all(wide.functions(), narrow.functions(), Glob::covers);
    }

    /** Whether each of the narrow patterns has a wide one; no pattern takes all. */
    private static <T> boolean all(
            Collection<T> wide, Collection<T> narrow, BiPredicate<T, T> covers) {
        if (wide.isEmpty()) {
            return true;
        }
        return !narrow.isEmpty()
                && narrow.stream().allMatch(n -> wide.stream().anyMatch(w -> covers.test(w, n)));
    }
}
