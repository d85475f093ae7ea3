package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.policy.rule.Asker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which columns of which statements are masked, in both directions. */
class MaskTest {
    private static final String MASKS =
            """
                masks:
                  - {columns: [public.customers.email], with: partial, first: 2}
                  - {columns: [public.customers.born], with: truncate, to: year}
                  - {columns: [public.customers.salary], with: null}
                  - {columns: [public.customers.ssn], with: hash}
                clean: {relations: [public.orders, public.notes], functions: [harmless]}
            """;

    private static Decision decide(Dialect dialect, String rest, String sql) throws Exception {
        String yaml = "policy: 1\ndefault: allow\nrules:\n  - name: personal\n" + MASKS + rest;
        return Policy.parse("p.yaml", yaml).decide(question(dialect, sql));
    }

    private static Question question(Dialect dialect, String sql) {
        return new Question(
                Asker.of("ann", Set.of(), "shop"),
                dialect,
                new SearchPath(List.of("public")),
                false,
                InstantSource.system(),
                sql);
    }

    private static String told(Dialect dialect, String rest, String sql) throws Exception {
        return switch (decide(dialect, rest, sql)) {
            case Decision.Allow allow -> {
                Obligations obligations = allow.obligations();
                List<String> masks = obligations.masked();
                String none = obligations.masks().isEmpty() ? "clean" : "near";
                yield masks.isEmpty() ? none : String.join(", ", masks);
            }
            case Decision.Deny deny -> "deny";
            case Decision.Hold hold -> "hold";
        };
    }

    static Stream<Arguments> table() {
        return (PASSING + REFUSED + OTHERS)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" => "))
                .map(parts -> {
                    boolean maria = parts[0].startsWith("maria: ");
                    return Arguments.of(
                            maria ? Dialect.MARIADB : Dialect.POSTGRESQL,
                            maria ? parts[0].substring("maria: ".length()) : parts[0],
                            parts[1]);
                });
    }

    @ParameterizedTest
    @MethodSource("table")
    void follows(Dialect dialect, String sql, String expected) throws Exception {
        assertThat(told(dialect, "", sql)).isEqualTo(expected);
    }

    @Test
    void masksWhatCannotBeProvedWhereTheRuleSaysSo() throws Exception {
        String mask = "    unproven: mask\n";
        assertThat(told(Dialect.POSTGRESQL, mask, "select id, f(1) from v"))
                .isEqualTo("id null, #2 null");
        assertThat(told(Dialect.MARIADB, mask, "select @x, 1")).isEqualTo("#1 null");
        assertThat(told(Dialect.POSTGRESQL, mask, "insert into notes select id from v"))
                .isEqualTo("deny");
    }

    @Test
    void refusesConditionsWhereTheRuleSaysSo() throws Exception {
        String refuse = "    conditions: refuse\n";
        for (String sql :
                List.of(
                        "select id from customers where email = 'x'",
                        "select id from customers order by salary",
                        "select email from customers order by 1",
                        "select email as x from customers group by x",
                        "select max(id) from customers group by born",
                        "select o.id from orders o join customers c on c.ssn = o.note",
                        "select id from orders where note in (select ssn from customers where"
                                + " salary > 5)",
                        "delete from customers where salary > 5",
                        "update orders set note = 'x' from customers c where c.salary > 5")) {
            assertThat(told(Dialect.POSTGRESQL, refuse, sql)).as(sql).isEqualTo("deny");
        }
        assertThat(told(Dialect.POSTGRESQL, refuse, "select email from customers where id = 1"))
                .isEqualTo("email partial");
    }

    @Test
    void knowsNoColumnByANameThatTheServerMayReadOtherwise() throws Exception {
        String name = "a".repeat(63);
        for (String sql :
                List.of(
                        "select b from (select email as 'b' from customers) x",
                        "select x.b from (select concat(email) as 'b' from customers) x",
                        "select c.*, upper(email) as \"a\"\"b\", o.* from customers c, orders o",
                        "with "
                                + name
                                + "b as (select email from customers) select email from "
                                + name,
                        "select " + name + " from (select email as " + name + "b from customers) x",
                        "select b from (select email as x from customers) y")) {
            assertThat(told(Dialect.MARIADB, "", sql)).as(sql).isNotEqualTo("clean");
        }
    }

    /** Both texts do the same as far as rules see, but an alias may be a string. */
    @Test
    void answersNoTextForAnother() throws Exception {
        String yaml = "policy: 1\ndefault: allow\nrules:\n  - name: personal\n" + MASKS;
        Policy policy = Policy.parse("p.yaml", yaml);
        for (String alias : List.of("a", "b")) {
            String sql =
                    "select c.*, concat(c.email) as '%s', o.* from customers c, orders o"
                            .formatted(alias);
            MaskPlan plan = plan(policy.decide(question(Dialect.MARIADB, sql)));
            assertThat(plan.of(3, 6, shown(alias, "", "", "")))
                    .as(alias)
                    .isEqualTo(new Treatment.Masked(Algorithm.NOTHING));
        }
    }

    private static MaskPlan plan(Decision decision) {
        Decision.Allow allow = (Decision.Allow) decision;
        return allow.obligations().masks().getFirst().orElseThrow();
    }

    @Test
    void holdsTheTextAgainstTheServer() throws Exception {
        MaskPlan plan = plan("select *, note as x from customers");
        assertThat(plan.of(0, 4, shown("id", "", "", ""))).isEqualTo(new Treatment.Clear());
        assertThat(plan.of(1, 4, shown("email", "", "", "")))
                .isEqualTo(new Treatment.Masked(new Algorithm.Partial(2, 0)));
        assertThat(plan.of(2, 4, shown("other", "public", "customers", "salary")))
                .isEqualTo(new Treatment.Masked(Algorithm.NOTHING));
        assertThat(plan.of(3, 4, shown("email", "", "", ""))).isEqualTo(new Treatment.Clear());
        assertThat(plan.ofUnknown("x")).isInstanceOf(Treatment.Refused.class);
        assertThat(plan("select id, note from customers").of(0, 3, shown("id", "", "", "")))
                .isInstanceOf(Treatment.Refused.class);
    }

    @Test
    void takesTheServersWordForRowsOfAnEarlierStatement() throws Exception {
        MaskPlan plan = plan("fetch all from c");
        assertThat(plan.of(0, 1, shown("x", "public", "orders", "note")))
                .isEqualTo(new Treatment.Clear());
        assertThat(plan.of(0, 1, shown("x", "public", "customers", "born")))
                .isEqualTo(new Treatment.Masked(new Algorithm.Truncate(Algorithm.Unit.YEAR)));
        assertThat(plan.of(0, 1, shown("x", "", "", ""))).isInstanceOf(Treatment.Refused.class);
        assertThat(plan.of(0, 1, shown("x", "public", "v", "y")))
                .isInstanceOf(Treatment.Refused.class);
    }

    private static MaskPlan plan(String sql) throws Exception {
        if (decide(Dialect.POSTGRESQL, "", sql) instanceof Decision.Allow allow) {
            return allow.obligations().masks().getFirst().orElseThrow();
        }
        throw new AssertionError("refused: " + sql);
    }

    private static MaskPlan.Shown shown(String label, String schema, String table, String name) {
        return new MaskPlan.Shown(label, schema, table, name);
    }

    @Test
    void theStrictestMaskHolds() {
        Algorithm hash = new Algorithm.Hash(16);
        Algorithm partial = new Algorithm.Partial(4, 1);
        assertThat(Algorithm.stricter(hash, Algorithm.NOTHING)).isEqualTo(Algorithm.NOTHING);
        assertThat(Algorithm.stricter(partial, hash)).isEqualTo(hash);
        assertThat(Algorithm.stricter(partial, new Algorithm.Partial(1, 3)))
                .isEqualTo(new Algorithm.Partial(1, 1));
        assertThat(
                        Algorithm.stricter(
                                new Algorithm.Truncate(Algorithm.Unit.DAY),
                                new Algorithm.Truncate(Algorithm.Unit.YEAR)))
                .isEqualTo(new Algorithm.Truncate(Algorithm.Unit.YEAR));
    }

    @Test
    void lintFindsMasksWithoutWork() throws Exception {
        String rest = "    # twice\n";
        String yaml =
                "policy: 1\nrules:\n  - name: twice\n    masks:\n"
                        + "      - {columns: ['*.email'], with: null}\n"
                        + "      - {columns: [customers.email], with: partial}\n"
                        + rest;
        assertThat(Policy.parse("p.yaml", yaml).lint())
                .singleElement()
                .asString()
                .contains("masks customers.email twice");
    }

    @Test
    void aDeepStatementIsNotFollowedForEver() throws Exception {
        StringBuilder sql = new StringBuilder("select email from customers");
        for (int i = 0; i < 20; i++) {
            sql = new StringBuilder("select email from (" + sql + ") t group by (" + sql + ")");
            if (sql.length() > 60_000) {
                break;
            }
        }
        assertThat(told(Dialect.POSTGRESQL, "", sql.toString())).isNotEqualTo("clean");
    }

    private static final String PASSING =
            """
            select 1 => clean
            select id, email from customers => email partial
            select * from customers => *.email partial, *.born truncate, *.salary null, *.ssn hash
            select id, email as e, born from public.customers c => e partial, born truncate
            select c from customers c => c null
            select customers from customers => customers null
            select c::text from customers c => #1 null
            select (c).email from customers c => #1 null
            select row_to_json(c) from customers c => #1 null
            select to_jsonb(c.*) from customers c => #1 null
            select c.row_to_json from customers c => row_to_json null
            select count(*) from customers => near
            select count(email) from customers => #1 null
            select lower(email), email || 'x', substr(email,1,2) from customers => #1 null, #2 null, #3 null
            select case when id > 1 then email else 'x' end from customers => #1 null
            with a as (select email as x from customers) select x from a => x partial
            with a(q) as (select email from customers) select q, 1 from a => q partial
            with recursive r as (select id, email from customers union all select r.id+1, r.email from r) \
            select email from r => email partial
            with recursive r(n, e) as (select 1, '' union all select n+1, (select email from customers) from r) \
            select e, n from r => e null
            select x from (select email x from customers) t => x partial
            select t.* from (select id, email from customers) t => email partial
            select * from (select note from (select * from customers) a) t => near
            select email from customers union select note from orders => email partial
            select note from orders union all select email from customers => note partial
            select note from orders => clean
            select * from orders => clean
            select o.*, c.id from orders o join customers c on c.id = o.customer => near
            select o.*, c.email from orders o join customers c using (id) => email partial
            select * from orders o natural join customers c => * null
            select l.e from customers c, lateral (select c.email as e) l => e partial
            select array_agg(email), string_agg(email, ',') from customers => #1 null, #2 null
            select u from customers c, unnest(array[c.email]) u => u null
            select (select email from customers limit 1) => #1 null
            select exists(select 1 from customers where email like 'a%') => near
            select id from customers where email = 'x' order by email => near
            select max(born), min(id) from customers => #1 null
            select rank() over (order by email) from customers => #1 null
            table customers => *.email partial, *.born truncate, *.salary null, *.ssn hash
            values (1, 'a') => clean
            insert into orders(note) values ('x') returning note => clean
            insert into customers(id, email) values (1, 'x') on conflict (id) do update set email = \
            excluded.email returning email => email partial
            update customers set note = 'a' where id = 1 => near
            update customers set email = 'x' where id = 1 returning email, id => email partial
            delete from orders using customers c where c.id = orders.id returning c.email, orders.id => email partial
            merge into orders o using customers c on o.id = c.id when matched then update set note = 'x' => near
            create table x (id int) => clean
            alter table orders add column x int => clean
            prepare p as select email from customers => clean
            execute p => * unproven
            declare c cursor for select email from customers => clean
            fetch all from c => * unproven
            explain select email from customers => near
            explain analyze select id from orders => clean
            copy orders to stdout => clean
            select relname from pg_class => clean
            select * from information_schema.columns => clean
            show a.b => clean
            select setval('s', 5) => clean
            select email::regclass from customers => #1 null
            select e from customers as c(i, e, b) => e null
            select * from customers as c(i, e, b) => * null
            select id from customers group by id having max(email) > 'a' => near
            select "email" from "public"."customers" => email partial
            select EMAIL from PUBLIC.Customers => email partial
            select public.customers.email from public.customers => email partial
            select e.key, e.value from customers c, jsonb_each_text(to_jsonb(c)) e => key null, value null
            with d as (delete from customers returning email, id) select * from d => email partial
            select current_user, now(), id from orders => clean
            select harmless(id) from orders => clean
            select harmless(email) from customers => #1 null
            begin => clean
            """;

    private static final String REFUSED =
            """
            select * from v_customers => deny
            select id from v_customers => deny
            select crm.customers.email from crm.customers => deny
            insert into orders(note) select email from customers => deny
            insert into customers(id, email) values (1, 'x') on conflict (id) do update set note = \
            customers.email => deny
            insert into orders(note) values ((select email from customers limit 1)) => deny
            update orders set note = c.email from customers c where c.id = orders.id => deny
            update customers set note = email => deny
            merge into orders o using customers c on o.id = c.id when matched then update set note = c.email => deny
            create table x as select * from customers => deny
            create view x as select * from customers => deny
            create function f() returns int language sql as 'select 1' => deny
            alter table customers rename column email to e => deny
            select email into z from customers => deny
            prepare p as insert into orders(note) select email from customers => deny
            copy customers to stdout => deny
            copy (select email from customers) to stdout => deny
            do $$ begin end $$ => deny
            call p() => deny
            select f(id) from orders => deny
            select * from pg_stats => deny
            select * from pg_catalog.pg_statistic => deny
            select query_to_xml('select * from customers', true, false, '') => deny
            select lo_get(1) => deny
            select set_config('a.b', email, false) from customers => deny
            select pg_advisory_lock(salary) from customers => deny
            select setval('s', salary) from customers => deny
            with d as (insert into orders(note) select email from customers returning 1) select 1 => deny
            """;

    private static final String OTHERS =
            """
            maria: select id, email from customers => email partial
            maria: select email into @x from customers limit 1 => deny
            maria: select @x := email from customers => deny
            maria: select @x => deny
            maria: select @@version => clean
            maria: set @x = (select email from customers limit 1) => deny
            maria: show warnings => deny
            maria: show tables => clean
            maria: explain select email from customers where id = 1 => deny
            maria: insert into orders(note) select note from notes on duplicate key update note = email => deny
            maria: replace into orders(note) values ('x') => clean
            maria: replace into orders(note) select email from customers => deny
            maria: select last_insert_id(salary) from customers => deny
            maria: insert into customers(id) values (1) on duplicate key update email = values(email) => near
            maria: select group_concat(email) from customers => #1 null
            maria: rename table customers to x => deny
            """;
}
