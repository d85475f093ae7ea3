package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Explanation.ResultColumn;
import io.gatehouse.policy.fact.Dialect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** An explanation says of every column of a result why it is masked, or that it is not. */
class MaskSightTest {
    private static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: personal
                unless: {groups: [support]}
                masks:
                  - {columns: [customers.email], with: partial, first: 2}
              - name: pay
                masks:
                  - {columns: [customers.salary], with: null}
                clean: {relations: [orders]}
            """;

    private static List<ResultColumn> columns(String sql, String... groups) throws Exception {
        Policy policy = Policy.parse("p.yaml", POLICY);
        return policy.explain(
                        new Question("u", Set.of(groups), "c", Dialect.POSTGRESQL, false, sql))
                .columns();
    }

    @Test
    void tellsOriginMaskAndRule() throws Exception {
        assertThat(columns("select c.id, email as e, lower(email), salary from customers c"))
                .containsExactly(
                        new ResultColumn("id", List.of("customers.id"), "clear", "", "", ""),
                        new ResultColumn(
                                "e",
                                List.of("customers.email"),
                                "partial",
                                "personal",
                                "customers.email",
                                ""),
                        new ResultColumn(
                                "#3",
                                List.of("customers.email, computed"),
                                "null",
                                "personal",
                                "customers.email",
                                ""),
                        new ResultColumn(
                                "salary",
                                List.of("customers.salary"),
                                "null",
                                "pay",
                                "customers.salary",
                                ""));
    }

    @Test
    void tellsTheColumnsOfATable() throws Exception {
        assertThat(columns("select * from customers"))
                .extracting(c -> c.name() + " " + c.shown() + " " + c.rule())
                .containsExactly("* clear ", "*.email partial personal", "*.salary null pay");
    }

    @Test
    void tellsWhatCannotBeProved() throws Exception {
        List<ResultColumn> columns = columns("select contact, f(1) as g from v");
        assertThat(columns).allMatch(c -> c.shown().equals("refused"));
        assertThat(columns.getFirst().origins()).containsExactly("v.contact");
        assertThat(columns.getFirst().why()).contains("clean.relations");
        assertThat(columns.getLast().origins()).containsExactly("function f");
        assertThat(columns.getLast().why()).contains("clean.functions");
        assertThat(columns("select (c).* from customers c").getFirst().origins())
                .containsExactly("what cannot be told: the parser does not know the syntax");
    }

    @Test
    void tellsNothingWhereNoRuleMasks() throws Exception {
        assertThat(columns("select email from customers", "support"))
                .extracting(ResultColumn::shown)
                .containsExactly("clear");
        Policy plain = Policy.parse("p.yaml", "policy: 1\ndefault: allow\n");
        Question question =
                new Question("u", Set.of(), "c", Dialect.POSTGRESQL, false, "select 1 as a");
        assertThat(plain.explain(question).columns()).isEmpty();
    }

    /** A function with the row is called like a column: the server says which it is. */
    @Test
    void aColumnWithoutATableIsACall() throws Exception {
        Policy policy = Policy.parse("p.yaml", POLICY);
        String sql = "select c.f, c.id, o.* from customers c, orders o";
        Decision decision =
                policy.decide(new Question("u", Set.of(), "c", Dialect.POSTGRESQL, false, sql));
        // orders is clean for one rule only.
        assertThat(decision).isInstanceOf(Decision.Deny.class);
        sql = "select c.f, c.id, lower(c.note) from customers c";
        Decision.Allow allow =
                (Decision.Allow)
                        policy.decide(
                                new Question("u", Set.of(), "c", Dialect.POSTGRESQL, false, sql));
        MaskPlan plan = allow.obligations().masks().getFirst().orElseThrow();
        assertThat(plan.of(0, 3, new MaskPlan.Shown("f", "", "", "")))
                .isInstanceOf(Treatment.Refused.class);
        assertThat(plan.of(0, 3, new MaskPlan.Shown("f", "public", "customers", "f")))
                .isEqualTo(new Treatment.Clear());
        assertThat(plan.of(2, 3, new MaskPlan.Shown("lower", "", "", "")))
                .isEqualTo(new Treatment.Clear());
    }
}
