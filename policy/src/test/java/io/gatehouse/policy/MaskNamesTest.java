package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Names that a server may read in another way than they look: by none a value is lost sight of. */
class MaskNamesTest {
    private static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: personal
                masks:
                  - {columns: [mk_customers.email], with: partial, first: 2}
                clean: {relations: [mk_orders]}
            """;

    /** Each shows an address to whom the server gives it under the other reading of a name. */
    private static final String LOST =
            """
            postgresql: select lower(x.email) from (select note as email from mk_orders) "X", mk_customers x
            postgresql: select (select lower(x.email) from (select note as email from mk_orders) \
            "X" limit 1) from mk_customers x
            postgresql: select lower(x.email) from (select note as "EMAIL", email::text from mk_customers) x
            postgresql: select (select lower(note) from (select 'a'::text) x) from (select email as \
            note from mk_customers) y
            postgresql: select (select lower(note) from (select 'a' as "NOTE") x) from (select \
            email as note from mk_customers) y
            postgresql: select (select lower("É") from (select 'a' as É) x) from (select email as \
            "É" from mk_customers) y
            postgresql: with recursive a as (select lower(note) as q from mk_orders), mk_orders as \
            (select email as note from mk_customers) select q from a
            mariadb: with recursive a as (select lower(note) as q from mk_orders), mk_orders as \
            (select email as note from mk_customers) select q from a
            mariadb: select (select concat(b) from (select email as ` b` from mk_customers limit 1) \
            x) from (select note as b from mk_orders) y
            mariadb: select c.*, concat(email) as ` x`, o.* from mk_customers c, mk_orders o
            mariadb: with w(` x`, y) as (select email, id from mk_customers) select o.*, \
            concat(w.x), o.* from w, mk_orders o
            mariadb: select concat(X.email) from (select note as email from mk_orders) x, mk_customers X
            mariadb: with MK_CUSTOMERS as (select note as email from mk_orders) select \
            concat(email) from mk_customers
            mariadb: with w(x) as (select email from mk_customers) select convert(x, char(20)) from w
            mariadb: select convert(`lower(email)`, char(20)) from (select lower(email) from mk_customers) w
            sqlite: select concat(email) from (select (email), note as email from mk_customers)
            sqlite: with a as (select lower(note) as q from mk_orders), mk_orders as (select email \
            as note from mk_customers) select q from a
            sqlite: with mk_orders as (select note as a, email as b from mk_customers union all \
            select b, a from mk_orders limit 9) select upper(a) from mk_orders
            h2: select (select concat(note) from (select 'a' as "note") x) from (select email as \
            note from mk_customers) y
            h2: with "mk_customers" as (select note as email from mk_orders) select concat(email) \
            from mk_customers
            h2: select concat(email) from (select (email), note as "email" from mk_customers)
            h2: select (select concat(ss) from (select email as ß from mk_customers limit 1) x) \
            from (select note as ss from mk_orders) y
            oracle: with "mk_customers" as (select note as email from mk_orders) select \
            concat(email) from mk_customers
            sqlserver: select l.x from mk_customers c cross apply (select upper(email) as x) l
            sqlserver: select l.x from mk_customers c outer apply (select upper(c.email) as x) l
            sqlserver: select upper([email ]) from mk_customers
            sqlserver: select upper(email) from [mk_customers ]
            sqlserver: select upper([ｅmail]) from mk_customers
            """;

    private static final String KEPT =
            """
            postgresql: select lower(x.note) from (select email, note from mk_customers) x
            postgresql: select (select max(n) from (select 1 as n) y) from mk_orders x
            postgresql: with mk_orders as (select * from mk_orders) select lower(note) from mk_orders
            postgresql: with b as (select email from mk_customers), a as (select note from \
            mk_orders) select upper(note) from a
            postgresql: with recursive r(n) as (select 1 union all select n + 1 from r where n < 5) \
            select upper(o.note) from r, mk_orders o
            postgresql: select o."É" from (select note as "É" from mk_orders) o
            postgresql: select extract(year from o.born), o.note collate "C" from mk_orders o
            mariadb: select concat(x.note) from (select note, email from mk_customers) x
            mariadb: select note, convert(note, char(20)) from mk_orders
            mariadb: with w as (select note from mk_orders) select concat(note) from w
            sqlite: with w as (select note from mk_orders) select upper(note) from w
            h2: with w as (select note from mk_orders) select concat(note) from w
            h2: select "NOTE", größe from mk_orders
            sqlserver: select l.x from mk_orders o cross apply (select upper(o.note) as x) l
            sqlserver: select upper([note]) from [mk_orders]
            """;

    static Stream<String> lost() {
        return LOST.lines();
    }

    static Stream<String> kept() {
        return KEPT.lines();
    }

    private static Decision decide(String line) throws Exception {
        return Policy.parse("p.yaml", POLICY).decide(question(line));
    }

    private static Question question(String line) {
        int colon = line.indexOf(": ");
        Dialect dialect = Dialect.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
        return new Question(
                Asker.of("ann", Set.of(), "shop"),
                dialect,
                SearchPath.UNKNOWN,
                false,
                InstantSource.system(),
                line.substring(colon + 2));
    }

    @ParameterizedTest
    @MethodSource("lost")
    void isRefusedOrMasked(String line) throws Exception {
        Decision decision = decide(line);
        if (decision instanceof Decision.Allow allow) {
            MaskPlan plan = allow.obligations().masks().getFirst().orElseThrow();
            int count = line.contains("o.*") ? 9 : 1;
            int masked = 0;
            for (int i = 0; i < count; i++) {
                Treatment treatment = plan.of(i, count, new MaskPlan.Shown("x", "", "", ""));
                masked += treatment instanceof Treatment.Clear ? 0 : 1;
            }
            assertThat(masked).as(allow.obligations().masked().toString()).isPositive();
        } else {
            assertThat(decision).isInstanceOf(Decision.Deny.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void isShown(String line) throws Exception {
        assertThat(decide(line))
                .isInstanceOfSatisfying(
                        Decision.Allow.class,
                        allow -> assertThat(allow.obligations().masked()).isEmpty());
    }

    /** The same ways around a rule that denies. */
    @Test
    void rulesAboutTablesAndColumnsSeeThemToo() throws Exception {
        String yaml =
                """
                policy: 1
                default: allow
                rules:
                  - name: no-table
                    match: {relations: [secret]}
                    decide: deny
                    reason: x
                  - name: no-column
                    match: {columns: [people.salary, people.mass]}
                    decide: deny
                    reason: x
                """;
        Policy policy = Policy.parse("p.yaml", yaml);
        for (String line :
                List.of(
                        "h2: with \"secret\" as (select 1 as a from other) select a from secret",
                        "oracle: with \"secret\" as (select 1 a from other) select a from secret",
                        "mysql: with SECRET as (select 1 as a from other) select a from secret",
                        "h2: select ma\u00df from people",
                        "sqlite: select p.salary from people as \"P\"",
                        "mysql: select P.salary from people as `p`",
                        "sqlserver: select p.salary from people as [P]",
                        "sqlserver: select [salary ] from people",
                        "sqlserver: select a from [se\u00adcret]")) {
            assertThat(policy.decide(question(line))).as(line).isInstanceOf(Decision.Deny.class);
        }
        for (String line :
                List.of(
                        "h2: with secret as (select 1 as a from other) select a from SECRET",
                        "mysql: with secret as (select 1 as a from other) select a from secret",
                        "sqlite: select p.name from people as \"P\"",
                        "sqlserver: select [first name] from people",
                        "h2: select gr\u00f6\u00dfe from kunden")) {
            assertThat(policy.decide(question(line))).as(line).isInstanceOf(Decision.Allow.class);
        }
    }
}
