package io.gatehouse.policy;

import io.gatehouse.policy.MaskFindings.Finding;
import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.Lineage;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a text may run for somebody from whom columns are masked, and what is masked then. */
final class MaskJudge {
    /** They keep a number or a text that somebody can ask for afterwards. */
    private static final Set<String> KEEPERS =
            Set.of("setval", "setseed", "last_insert_id", "get_lock");

    private static final Set<Trait> UNSEEN =
            Set.of(
                    Trait.DANGEROUS_FUNCTION,
                    Trait.FILE_ACCESS,
                    Trait.PROGRAM_ACCESS,
                    Trait.RUNS_TEXT);

    private final MaskFindings rules;
    private final Dialect dialect;

    MaskJudge(MaskFindings rules) {
        this.rules = rules;
        this.dialect = rules.dialect();
    }

    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param plans for each statement what is masked; empty where no statement comes near a
         *     masked column
         */
        record Passed(List<Optional<MaskPlan>> plans) implements Outcome {}

        record Refused(String rule, String reason, String wayForward) implements Outcome {}
    }

    /** Thrown within, to say no from any depth. */
    private static final class No extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Outcome.Refused refused;

        No(String rule, String reason, String wayForward) {
            super(reason, null, false, false);
            this.refused = new Outcome.Refused(rule, reason, wayForward);
        }
    }

    Outcome judge(Facts facts, List<Lineage> lineages) {
        List<Optional<MaskPlan>> plans = new ArrayList<>();
        boolean any = false;
        try {
            for (int i = 0; i < facts.statements().size(); i++) {
                Lineage lineage =
                        lineages.size() == facts.statements().size()
                                ? lineages.get(i)
                                : Lineage.unread("the text was not understood");
                Optional<MaskPlan> plan = statement(facts.statements().get(i), lineage);
                any |= plan.isPresent();
                plans.add(plan);
            }
        } catch (No no) {
            return no.refused;
        }
        return new Outcome.Passed(any ? plans : List.of());
    }

    private No opaque(String why) {
        return new No(
                rules.rule(),
                why + ", so that nobody can tell whether a masked column is read",
                "write it as a plain SELECT, INSERT, UPDATE or DELETE");
    }

    private Optional<MaskPlan> statement(StatementFacts facts, Lineage lineage) throws No {
        if (!facts.understood()) {
            throw opaque("the statement was not understood");
        }
        for (Trait trait : facts.traits()) {
            if (UNSEEN.contains(trait)) {
                throw opaque("the statement runs what is not looked into");
            }
        }
        return switch (facts.verb()) {
            case SELECT, VALUES, INSERT, UPDATE, DELETE, MERGE, REPLACE -> query(facts, lineage);
            case PREPARE, DECLARE_CURSOR -> {
                query(facts, lineage);
                yield Optional.empty();
            }
            case EXPLAIN -> explain(facts, lineage);
            case FETCH, EXECUTE -> Optional.of(later(facts));
            case CALL, DO -> call(facts);
            case CREATE, ALTER, COPY -> structure(facts, lineage);
            case LOAD, IMPORT, OTHER, UNKNOWN -> throw opaque("the statement is of a special kind");
            case SET, RESET, SHOW -> setting(facts, lineage);
            case TRUNCATE, DROP, COMMENT, GRANT, REVOKE, USE, DESCRIBE, BEGIN, COMMIT ->
                    Optional.empty();
            case ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, SET_TRANSACTION, TWO_PHASE, LOCK ->
                    Optional.empty();
            case DEALLOCATE, CLOSE, LISTEN, NOTIFY, UNLISTEN, DISCARD, VACUUM, ANALYZE, EMPTY ->
                    Optional.empty();
        };
    }

    /** Rows of a statement that was sent before: only the server can tell what they are. */
    private MaskPlan later(StatementFacts facts) throws No {
        List<Output> unknown =
                List.of(Output.unknown("the rows are those of an earlier statement"));
        if (dialect != Dialect.POSTGRESQL && rules.refusesUnproven()) {
            throw unproven("result", rules.of(unknown.getFirst().origins()));
        }
        return new MaskPlan(rules, unknown, facts.relations());
    }

    private Optional<MaskPlan> call(StatementFacts facts) throws No {
        boolean known = !facts.functions().isEmpty();
        for (String function : facts.functions()) {
            known &= rules.clean(function);
        }
        if (!known) {
            throw new No(
                    rules.rule(),
                    "the statement calls a procedure that may read a masked column",
                    "ask for the procedure to be listed under clean.functions of the rule");
        }
        return Optional.empty();
    }

    private Optional<MaskPlan> setting(StatementFacts facts, Lineage lineage) throws No {
        boolean plain = lineage.read() && lineage.stored().isEmpty();
        if (facts.traits().contains(Trait.UNPARSED) || !plain) {
            throw opaque("the statement holds a query, or asks for messages");
        }
        return Optional.empty();
    }

    private Optional<MaskPlan> structure(StatementFacts facts, Lineage lineage) throws No {
        boolean plain =
                lineage.read()
                        && lineage.stored().isEmpty()
                        && !facts.traits().contains(Trait.OPAQUE);
        if (!plain || facts.traits().contains(Trait.UNKNOWN_FUNCTION)) {
            throw opaque("the statement makes or changes what may read tables");
        }
        for (Relation relation : facts.relations()) {
            boolean made = relation.access() == Access.WRITE && !rules.mayMask(relation);
            if (!made && !rules.clean(relation)) {
                throw new No(
                        rules.rule(),
                        "the statement builds on "
                                + MaskFindings.shown(relation)
                                + ", which has or may show a masked column",
                        "ask somebody from whom the column is not masked");
            }
        }
        return Optional.empty();
    }

    private Optional<MaskPlan> explain(StatementFacts facts, Lineage lineage) throws No {
        Optional<MaskPlan> plan = query(facts, lineage);
        // MySQL and MariaDB put values that they have looked up into the plan.
        boolean shows = dialect != Dialect.POSTGRESQL;
        if (plan.isEmpty()) {
            return plan;
        }
        if (shows || !lineage.read() || unknownFunction(facts)) {
            throw opaque("a plan may show values of the tables");
        }
        return Optional.of(new MaskPlan(rules, List.of(Output.any(Set.of())), facts.relations()));
    }

    private boolean unknownFunction(StatementFacts facts) {
        if (!facts.traits().contains(Trait.UNKNOWN_FUNCTION)) {
            return false;
        }
        return !facts.functions().stream().allMatch(rules::clean);
    }

    private Optional<MaskPlan> query(StatementFacts facts, Lineage lineage) throws No {
        boolean touches = !lineage.read() || unknownFunction(facts);
        for (Relation relation : facts.relations()) {
            touches |= !rules.clean(relation);
        }
        if (touches) {
            hidden(facts, lineage);
        }
        stored(facts, lineage, touches);
        Finding condition = rules.condition(lineage.conditions());
        if (!condition.clean()) {
            throw new No(
                    condition.algorithm() == null ? condition.doubter() : condition.rule(),
                    "the statement picks, groups or orders rows by "
                            + (condition.algorithm() == null
                                    ? "what may be a masked column"
                                    : "the masked column " + condition.column()),
                    "pick rows by another column");
        }
        int number = 0;
        for (Output output : lineage.outputs()) {
            touches |= output(output, ++number, lineage.read());
        }
        if (!touches) {
            return Optional.empty();
        }
        List<Relation> written = new ArrayList<>();
        for (Relation relation : facts.relations()) {
            if (relation.access() == Access.WRITE) {
                written.add(relation);
            }
        }
        return Optional.of(new MaskPlan(rules, lineage.outputs(), written));
    }

    /** A masked column's name stands where the parser did not tell what it is. */
    private void hidden(StatementFacts facts, Lineage lineage) throws No {
        for (Relation relation : facts.relations()) {
            for (String name : lineage.hidden()) {
                if (rules.named(relation, name)) {
                    throw opaque("the name " + name + " stands in a form that is not looked into");
                }
            }
        }
    }

    private void stored(StatementFacts facts, Lineage lineage, boolean touches) throws No {
        Finding stored = rules.of(lineage.stored());
        if (!stored.clean()) {
            boolean masked = stored.algorithm() != null;
            throw new No(
                    masked ? stored.rule() : stored.doubter(),
                    masked
                            ? "the statement would store the masked column " + stored.column()
                            : "the statement would store what may be masked: " + stored.unproven(),
                    "leave the column out, or ask somebody from whom it is not masked");
        }
        for (String function : facts.functions()) {
            boolean keeps = KEEPERS.contains(function) || function.contains("advisory");
            if (keeps && touches) {
                throw opaque("function " + function + " keeps what it is given");
            }
        }
    }

    /** Whether the output comes near a masked column. Only what is certain is refused here. */
    private boolean output(Output output, int number, boolean read) throws No {
        String name = output.name().isEmpty() ? "" + number : "\"" + output.name() + "\"";
        if (output.width() == Output.Width.TABLE) {
            boolean touches = false;
            for (Origin origin : output.origins()) {
                if (origin instanceof Origin.OfRow row) {
                    Relation relation = MaskPlan.relation(row);
                    touches |= !rules.clean(relation);
                    Finding finding = rules.of(Set.of(origin));
                    if (finding.algorithm() == null && finding.refuse()) {
                        throw unproven(name, finding);
                    }
                }
            }
            return touches;
        }
        Finding finding = rules.of(output.origins());
        boolean last = read || dialect != Dialect.POSTGRESQL;
        if (finding.refuse() && !finding.unproven().isEmpty() && last) {
            throw unproven(name, finding);
        }
        return !finding.clean();
    }

    private static No unproven(String column, Finding finding) {
        return new No(
                finding.doubter(),
                "column "
                        + column
                        + " cannot be proved free of masked columns: "
                        + finding.unproven(),
                "name plain columns of tables, or ask for the rule to vouch for what is clean");
    }
}
