package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Whom and what a condition takes, in both directions. */
class MatcherTest {
    private static final Instant MONDAY_NOON = Instant.parse("2026-01-05T12:00:00Z");

    private static Asker ann() {
        return asker("10.1.2.3", "psql", "driver", "app");
    }

    private static Asker asker(String address, String application, String door, String role) {
        return new Asker(
                "ann",
                Set.of("staff", "readers"),
                role,
                address,
                application,
                door,
                "shop-eu",
                Set.of("production", "eu"));
    }

    private static String decided(String match, Asker asker, SearchPath path, String sql)
            throws Exception {
        return decided(match, "deny", asker, path, MONDAY_NOON, sql);
    }

    private static String decided(
            String match, String decide, Asker asker, SearchPath path, Instant now, String sql)
            throws Exception {
        String fallback = decide.equals("deny") ? "allow" : "deny";
        Policy policy =
                Policy.parse(
                        "p.yaml",
                        """
                        policy: 1
                        default: %s
                        rules:
                          - name: r
                            match: {%s}
                            decide: %s
                            reason: because
                        """
                                .formatted(fallback, match, decide));
        Question question =
                new Question(asker, Dialect.POSTGRESQL, path, false, InstantSource.fixed(now), sql);
        return policy.decide(question).rule();
    }

    private static boolean matches(String match) throws Exception {
        return matches(match, ann());
    }

    private static boolean matches(String match, Asker asker) throws Exception {
        return decided(match, asker, SearchPath.UNKNOWN, "select 1").equals("r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users: [ann]            | true",
                "users: [bob]            | false",
                "groups: [read*]         | true",
                "groups: [admins]        | false",
                "roles: [app]            | true",
                "roles: [owner]          | false",
                "applications: [PSQL]    | true",
                "applications: [dbeaver] | false",
                "doors: [driver]         | true",
                "doors: [postgresql]     | false",
                "connections: [shop-*]   | true",
                "connections: [orders]   | false",
                "labels: [production]    | true",
                "labels: [test]          | false",
                "addresses: [10.0.0.0/8] | true",
                "addresses: [10.1.2.3]   | true",
                "addresses: [10.2.0.0/16]| false",
                "addresses: ['::/0']     | false",
            })
    void whoAndFromWhere(String match, boolean expected) throws Exception {
        assertThat(matches(match)).isEqualTo(expected);
    }

    @Test
    void whatIsNotKnownOfAnAskerIsAgainstTheStatement() throws Exception {
        Asker unknown = asker("", "", "", "");
        for (String match : List.of("roles: [x]", "addresses: [10.0.0.0/8]", "doors: [driver]")) {
            assertThat(matches(match, unknown)).as(match).isTrue();
            SearchPath path = SearchPath.UNKNOWN;
            assertThat(decided(match, "allow", unknown, path, MONDAY_NOON, "select 1"))
                    .as(match)
                    .isEqualTo("default");
        }
        assertThat(matches("applications: [x]", unknown)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{days: [mon-fri], zone: UTC}                                | true",
                "{days: [sat, sun], zone: UTC}                               | false",
                "{from: '08:00', to: '18:00', zone: UTC}                     | true",
                "{from: '08:00', to: '12:00', zone: UTC}                     | false",
                "{from: '12:00', to: '12:01', zone: UTC}                     | true",
                // Noon in UTC is one o'clock in Berlin, and ten in the evening in Brisbane.
                "{from: '12:30', to: '13:30', zone: Europe/Berlin}           | true",
                "{from: '22:00', to: '06:00', zone: Australia/Brisbane}      | true",
                "{days: [sun], from: '22:00', to: '06:00', zone: UTC}        | false",
                // The night of Sunday goes on in the morning of Monday.
                "{days: [sun], from: '22:00', to: '12:30', zone: UTC}        | true",
                "{days: [mon], from: '22:00', to: '12:30', zone: UTC}        | false",
            })
    void times(String window, boolean expected) throws Exception {
        assertThat(matches("times: [" + window + "]")).isEqualTo(expected);
    }

    @Test
    void anAnswerThatDependsOnTheTimeIsNotKept() throws Exception {
        Policy policy =
                Policy.parse(
                        "p",
                        """
                        policy: 1
                        default: allow
                        rules:
                          - name: night
                            match: {times: [{from: "22:00", to: "06:00", zone: UTC}]}
                            decide: deny
                            reason: it is night
                        """);
        for (int hour : new int[] {12, 23, 12, 5}) {
            Instant now = Instant.parse("2026-01-05T00:00:00Z").plus(Duration.ofHours(hour));
            Question question =
                    new Question(
                            ann(),
                            Dialect.POSTGRESQL,
                            SearchPath.UNKNOWN,
                            false,
                            InstantSource.fixed(now),
                            "select 1");
            boolean night = policy.decide(question) instanceof Decision.Deny;
            assertThat(night).as("at " + hour).isEqualTo(hour != 12);
        }
    }

    @Test
    void theSearchPathSaysWhereATableIs() throws Exception {
        String match = "relations: [sales.*]";
        SearchPath sales = new SearchPath(List.of("sales", "public"));
        SearchPath other = new SearchPath(List.of("public"));
        String sql = "select * from a";
        assertThat(decided(match, ann(), SearchPath.UNKNOWN, sql)).isEqualTo("r");
        assertThat(decided(match, ann(), sales, sql)).isEqualTo("r");
        assertThat(decided(match, ann(), other, sql)).isEqualTo("default");
        assertThat(decided(match, ann(), other, "select * from sales.a")).isEqualTo("r");
        assertThat(decided("relations: [pg_catalog.*]", ann(), other, "table pg_authid"))
                .isEqualTo("r");
        // What comes first may move the path.
        assertThat(decided(match, ann(), other, "set search_path = sales; " + sql)).isEqualTo("r");
        assertThat(decided(match, ann(), other, "select f(1); " + sql)).isEqualTo("r");
        assertThat(decided(match, "allow", ann(), SearchPath.UNKNOWN, MONDAY_NOON, sql))
                .isEqualTo("default");
        assertThat(decided(match, "allow", ann(), sales, MONDAY_NOON, sql)).isEqualTo("default");
        SearchPath only = new SearchPath(List.of("sales"));
        assertThat(decided(match, "allow", ann(), only, MONDAY_NOON, sql)).isEqualTo("r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select salary from employees                                 | true",
                "select e.Salary from employees e                             | true",
                "select name from employees where salary > 1                  | true",
                "select name from employees order by max(salary) over ()      | true",
                "select * from employees                                      | true",
                "select e.* from employees e join orders o on true            | true",
                "select e from employees e                                    | true",
                "select row_to_json(employees) from employees                 | true",
                "select e.to_json from employees e                            | true",
                "select e.row_to_json ->> 'salary' from employees e           | true",
                "select query_to_xml('table employees', true, false, '')      | true",
                "select o.max from orders o                                   | false",
                "select x.a from (select salary as a from employees) x        | true",
                "with x(a) as (select salary from employees) select a from x  | true",
                "select a from employees as e(a, b)                           | true",
                "table employees                                              | true",
                "update employees set salary = 1 where id = 2                 | true",
                "insert into employees values (1, 2)                          | true",
                "insert into employees (salary) values (1)                    | true",
                "copy employees to stdout                                     | true",
                "call raise()                                                 | true",
                "explain select salary from employees                         | true",
                "select hr.employees.salary from hr.employees                 | true",
                "select name from employees                                   | false",
                "select count(*) from employees                               | false",
                "select o.salary from orders o join employees e on e.id = o.e | false",
                "select salary from contracts                                 | false",
                "select * from contracts                                      | false",
                "insert into employees (name) values ('salary')               | false",
                "explain select name from employees                           | false",
                "select 'salary' from employees                               | false",
                "show search_path                                             | false",
            })
    void columns(String sql, boolean expected) throws Exception {
        String match = "columns: [employees.salary]";
        String decided = decided(match, ann(), SearchPath.UNKNOWN, sql);
        assertThat(decided.equals("r")).isEqualTo(expected);
    }

    @Test
    void anAllowByColumnHasToCoverEveryColumn() throws Exception {
        String match = "columns: [employees.name, employees.id]";
        for (String sql : List.of("select name from employees where id = 1")) {
            assertThat(decided(match, "allow", ann(), SearchPath.UNKNOWN, MONDAY_NOON, sql))
                    .isEqualTo("r");
        }
        for (String sql :
                List.of(
                        "select * from employees",
                        "select name, salary from employees",
                        "select name from employees join orders on true",
                        "select 1")) {
            assertThat(decided(match, "allow", ann(), SearchPath.UNKNOWN, MONDAY_NOON, sql))
                    .as(sql)
                    .isEqualTo("default");
        }
    }
}
