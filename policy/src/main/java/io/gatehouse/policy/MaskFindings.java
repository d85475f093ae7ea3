package io.gatehouse.policy;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.policy.rule.Masking;
import io.gatehouse.policy.rule.Rule;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What the masks of all rules that apply say of relations, columns and values. */
final class MaskFindings {
    /** A pattern such as {@code *} would take them for columns. */
    private static final Set<String> KEYWORDS =
            Set.of(
                    ("select from where and or not in exists any all some as on using values with"
                         + " by over filter within case when then else end union except intersect"
                         + " join left right full inner outer cross natural lateral into set like"
                         + " ilike similar between is null true false array row limit offset"
                         + " distinct returning order group having partition recursive materialized"
                         + " insert update delete merge matched do nothing conflict only for of asc"
                         + " desc nulls first last fetch next rows window cast text int integer"
                         + " bigint varchar char numeric decimal date timestamp interval explain"
                         + " analyze verbose prepare declare cursor table default tablesample"
                         + " extract escape current_date current_timestamp current_user at time"
                         + " zone both leading trailing placing overlay substring position trim"
                         + " range unbounded preceding following separator duplicate key"
                         + " straight_join minus top")
                            .split(" "));

    private final List<Rule> rules;
    private final Dialect dialect;
    private final SearchPath path;

    /**
     * What is known of a value, the strictest of all rules.
     *
     * @param algorithm how it is to be shown; {@code null} where nothing says that it is masked
     * @param rule the rule whose mask that is
     * @param column the masked column
     * @param unproven why it may be masked all the same; {@code ""} where it is proved not to be
     * @param doubter the rule that has to know
     * @param refuse whether that rule refuses what is not proved
     */
    record Finding(
            @Nullable Algorithm algorithm,
            String rule,
            String column,
            String unproven,
            String doubter,
            boolean refuse) {
        static final Finding CLEAN = new Finding(null, "", "", "", "", false);

        boolean clean() {
            return algorithm == null && unproven.isEmpty();
        }

        Finding and(Finding other) {
            if (clean()) {
                return other;
            }
            if (other.clean()) {
                return this;
            }
            boolean otherDoubts =
                    !other.unproven.isEmpty() && (unproven.isEmpty() || (other.refuse && !refuse));
            Finding doubts = otherDoubts ? other : this;
            Finding masks = masks(other);
            return new Finding(
                    masks.algorithm,
                    masks.rule,
                    masks.column,
                    doubts.unproven,
                    doubts.doubter,
                    doubts.refuse);
        }

        private Finding masks(Finding other) {
            if (algorithm == null || other.algorithm == null) {
                return algorithm == null ? other : this;
            }
            Algorithm both = Algorithm.stricter(algorithm, other.algorithm);
            Finding named = both.equals(other.algorithm) && !both.equals(algorithm) ? other : this;
            return new Finding(both, named.rule, named.column, "", "", false);
        }
    }

    MaskFindings(List<Rule> rules, Dialect dialect, SearchPath path) {
        this.rules = List.copyOf(rules);
        this.dialect = dialect;
        this.path = path;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MaskFindings that
                && rules.equals(that.rules)
                && dialect == that.dialect
                && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dialect, path);
    }

    Dialect dialect() {
        return dialect;
    }

    /** The rule to be named where no other is. */
    String rule() {
        return rules.getFirst().name();
    }

    boolean refusesUnproven() {
        return rules.stream().anyMatch(rule -> masking(rule).refusesUnproven());
    }

    private static Masking masking(Rule rule) {
        Masking masking = rule.duty().masking();
        if (masking == null) {
            throw new IllegalStateException("rule " + rule.name() + " masks nothing");
        }
        return masking;
    }

    /** Whether a masked column may be the relation's. */
    boolean mayMask(Relation relation) {
        return rules.stream().anyMatch(rule -> masking(rule).mayMask(relation, path));
    }

    /** Whether nothing in the relation can be masked. */
    boolean clean(Relation relation) {
        return rules.stream().allMatch(rule -> masking(rule).clean(dialect, relation, path));
    }

    /** Whether the word may be a masked column of the relation. */
    boolean named(Relation relation, String word) {
        for (Rule rule : rules) {
            for (Masking.Mask mask : masking(rule).masks()) {
                boolean may = mask.column().exact() || !KEYWORDS.contains(word);
                if (may && mask.column().named(word) && mask.column().mayBeOf(relation, path)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean clean(String function) {
        return rules.stream().allMatch(rule -> masking(rule).clean(function));
    }

    Finding of(Collection<Origin> origins) {
        Finding all = Finding.CLEAN;
        for (Origin origin : origins) {
            all = all.and(of(origin));
        }
        return all;
    }

    private Finding of(Origin origin) {
        return switch (origin) {
            case Origin.OfColumn column ->
                    column(column.schema(), column.table(), column.column(), column.plain());
            // Whether it is a column is asked when the server says what it has.
            case Origin.Attribute attribute -> Finding.CLEAN;
            case Origin.OfRow row -> row(Masking.read(row.schema(), row.table()));
            case Origin.OfFunction function ->
                    doubted(
                            rule -> !masking(rule).clean(function.name()),
                            "function "
                                    + function.name()
                                    + " may read anything; the rule can list it under"
                                    + " clean.functions");
            case Origin.Unknown unknown -> unproven(unknown.why());
        };
    }

    /** What is not known at all. */
    Finding unproven(String why) {
        return doubted(rule -> true, why);
    }

    private Finding doubted(java.util.function.Predicate<Rule> doubts, String why) {
        Finding all = Finding.CLEAN;
        for (Rule rule : rules) {
            if (doubts.test(rule)) {
                boolean refuse = masking(rule).refusesUnproven();
                all = all.and(new Finding(null, "", "", why, rule.name(), refuse));
            }
        }
        return all;
    }

    private Finding row(Relation relation) {
        Finding all = Finding.CLEAN;
        for (Rule rule : rules) {
            for (Masking.Mask mask : masking(rule).masks()) {
                if (mask.column().mayBeOf(relation, path)) {
                    all = all.and(masked(rule, mask, mask.algorithm().computed()));
                }
            }
        }
        return all.and(notVouched(relation));
    }

    private static Finding masked(Rule rule, Masking.Mask mask, Algorithm algorithm) {
        return new Finding(algorithm, rule.name(), mask.column().toString(), "", "", false);
    }

    private Finding notVouched(Relation relation) {
        return doubted(
                rule ->
                        !masking(rule).mayMask(relation, path)
                                && !masking(rule).clean(dialect, relation, path),
                shown(relation)
                        + " may be a view of a masked column; the rule can list it under"
                        + " clean.relations");
    }

    static String shown(Relation relation) {
        return relation.schema().isEmpty()
                ? relation.name()
                : relation.schema() + "." + relation.name();
    }

    /**
     * A column of a relation.
     *
     * @param plain whether the value is the column's own
     */
    Finding column(String schema, String table, String column, boolean plain) {
        Relation relation = Masking.read(schema, table);
        Finding all = Finding.CLEAN;
        for (Rule rule : rules) {
            Masking masking = masking(rule);
            boolean hit = false;
            for (Masking.Mask mask : masking.masks()) {
                if (mask.column().mayBeOf(relation, path) && mask.column().named(column)) {
                    Algorithm algorithm = plain ? mask.algorithm() : mask.algorithm().computed();
                    all = all.and(masked(rule, mask, algorithm));
                    hit = true;
                }
            }
            if (!hit && !masking.restClean(dialect, relation, path)) {
                String why =
                        shown(relation)
                                + " may be a view of a masked column; the rule can list it under"
                                + " clean.relations";
                all =
                        all.and(
                                new Finding(
                                        null, "", "", why, rule.name(), masking.refusesUnproven()));
            }
        }
        return all;
    }

    /** The columns of a relation that masks may apply to, as the rules write them. */
    List<String> maskedOf(Relation relation) {
        return rules.stream()
                .flatMap(rule -> masking(rule).masks().stream())
                .filter(mask -> mask.column().mayBeOf(relation, path))
                .map(mask -> mask.column().column())
                .distinct()
                .toList();
    }

    /** The masks that may apply to a relation, as the column and how it is shown. */
    List<String> told(Relation relation) {
        return rules.stream()
                .flatMap(rule -> masking(rule).masks().stream())
                .filter(mask -> mask.column().mayBeOf(relation, path))
                .map(mask -> "*." + mask.column().column() + " " + mask.algorithm().word())
                .toList();
    }

    /** Whether the rules let the finding decide on rows. */
    Finding condition(Collection<Origin> conditions) {
        List<Rule> strict =
                rules.stream().filter(rule -> masking(rule).refusesConditions()).toList();
        return strict.isEmpty()
                ? Finding.CLEAN
                : new MaskFindings(strict, dialect, path).of(conditions);
    }
}
