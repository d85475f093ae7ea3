package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Question;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Real servers say what a statement touches: whatever one refuses to somebody who has no right to a
 * table, a column or a function, a rule about that table, column or function refuses too.
 */
@Timeout(240)
class PrivilegeOracleTest {
    private static final String READER = "po_reader";

    private static final String RULES =
            """
            policy: 1
            default: allow
            rules:
              - name: no
                match: {%s}
                decide: deny
                reason: x
            """;

    /** All but what is not hers. */
    private static final String CUSTOMERS =
            "columns: [mk_customers.email, mk_customers.born, mk_customers.salary,"
                    + " mk_customers.ssn, mk_customers.photo]";

    private final List<String> missed = new ArrayList<>();
    private int refused;
    private int allowed;

    @BeforeEach
    void count() {
        missed.clear();
        refused = 0;
        allowed = 0;
    }

    private static Policy policy(String match) throws Exception {
        return Policy.parse("p.yaml", RULES.formatted(match));
    }

    private static boolean denied(Policy policy, Dialect dialect, String schema, String sql) {
        Question question =
                new Question(
                        Asker.of(READER, Set.of(), "c"),
                        dialect,
                        new SearchPath(List.of(schema)),
                        false,
                        InstantSource.system(),
                        sql);
        return policy.decide(question) instanceof Decision.Deny;
    }

    private static List<String> customers(boolean postgresql) {
        List<String> all = new ArrayList<>(MaskStatements.everywhere());
        all.addAll(postgresql ? MaskStatements.postgresql() : List.of());
        all.addAll(postgresql ? MaskNames.POSTGRESQL : MaskNames.MARIADB);
        return all;
    }

    private void pass(int atLeast) {
        System.out.printf(Locale.ROOT, "%d refused by the server, %d not%n", refused, allowed);
        assertThat(missed).isEmpty();
        assertThat(refused).isGreaterThan(atLeast);
        // A reader who may do nothing would show nothing.
        assertThat(allowed).isGreaterThan(10);
    }

    private static void postgresqlReader(String... grants) throws SQLException {
        Database database = Database.postgres();
        database.prepare(
                "do $$ begin create role po_reader; exception when others then null; end $$",
                "drop owned by po_reader",
                "grant usage, create on schema public to po_reader",
                "drop function if exists po_forbidden(int)",
                "create function po_forbidden(int default 1) returns int language sql as"
                        + " 'select $1'",
                "revoke execute on function po_forbidden(int) from public",
                "create or replace function po_touch() returns trigger language plpgsql as"
                        + " 'begin return new; end'",
                "create sequence if not exists po_seq");
        database.prepare(grants);
    }

    /** Runs a statement as the reader, and nothing of it stays. */
    private void asked(Connection c, String sql, Pattern about, List<Policy> policies)
            throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("begin; set local role po_reader");
            try {
                s.execute(sql);
                allowed++;
            } catch (SQLException e) {
                boolean right = "42501".equals(e.getSQLState());
                judge(
                        right && about.matcher(e.getMessage()).find(),
                        Dialect.POSTGRESQL,
                        "public",
                        sql,
                        policies);
            } finally {
                s.execute("rollback");
            }
        }
    }

    private void judge(
            boolean noRight, Dialect dialect, String schema, String sql, List<Policy> policies) {
        // What is prepared was judged when it was.
        if (!noRight || sql.contains("execute ")) {
            allowed++;
            return;
        }
        refused++;
        for (Policy policy : policies) {
            if (!denied(policy, dialect, schema, sql)) {
                missed.add(sql);
                return;
            }
        }
    }

    @Test
    void tablesOfPostgresql() throws Exception {
        Database.postgres()
                .prepare(
                        "drop publication if exists po_pub",
                        "drop materialized view if exists po_mat",
                        "drop view if exists po_view",
                        "drop table if exists po_other");
        Database.postgres().prepare(PrivilegeStatements.SCHEMA.toArray(String[]::new));
        postgresqlReader(
                "alter table po_open owner to po_reader", "grant all on po_open to public");
        List<Policy> policies =
                List.of(policy("relations: [po_secret]"), policy("relations: [public.po_secret]"));
        try (Connection c = Database.postgres().direct()) {
            for (String sql : PrivilegeStatements.postgresql()) {
                asked(c, sql, Pattern.compile("po_secret"), policies);
            }
        } finally {
            Database.postgres().prepare("drop table po_open, po_secret");
        }
        pass(700);
    }

    @Test
    void functionsOfPostgresql() throws Exception {
        Database.postgres().prepare(PrivilegeStatements.SCHEMA.toArray(String[]::new));
        postgresqlReader("alter table po_open owner to po_reader");
        List<Policy> policies =
                List.of(
                        policy("functions: [po_forbidden]"),
                        policy("functions: [public.po_forbidden, 'po_forb*']"));
        try (Connection c = Database.postgres().direct()) {
            for (String call :
                    List.of(
                            "po_forbidden(1)",
                            "public.po_forbidden()",
                            "PO_Forbidden( 1 )",
                            "\"po_forbidden\"(1)",
                            "(select po_forbidden(1))")) {
                for (String sql : PrivilegeStatements.calls(call)) {
                    asked(c, sql, Pattern.compile("po_forbidden"), policies);
                }
            }
        }
        pass(300);
    }

    @Test
    void columnsOfPostgresql() throws Exception {
        Database database = Database.postgres();
        database.prepare(
                "drop view if exists mk_view",
                "drop function if exists mk_rows()",
                "drop table if exists mk_customers cascade");
        database.prepare(MaskStatements.schema("text", "bytea").toArray(String[]::new));
        postgresqlReader(
                "grant select (id, note), insert (id, note), update (id, note), delete on"
                        + " mk_customers to po_reader",
                "grant all on mk_orders, mk_kept to po_reader");
        try (Connection c = database.direct()) {
            for (String sql : customers(true)) {
                asked(c, sql, Pattern.compile("mk_customers"), List.of(policy(CUSTOMERS)));
            }
        }
        pass(1_000);
    }

    @Test
    void tablesAndColumnsOfMariadb() throws Exception {
        Database database = Database.mariadb();
        database.prepare(PrivilegeStatements.SCHEMA.toArray(String[]::new));
        database.prepare(MaskStatements.schema("varchar(100)", "blob").toArray(String[]::new));
        String name = database.name();
        database.prepare(
                "create or replace procedure po_nothing(x int) begin end",
                "create or replace user po_reader@localhost identified by 'x'",
                "grant select, insert, update, delete, create, create view, index, alter, drop,"
                        + " trigger, references on "
                        + name
                        + ".po_open to po_reader@localhost",
                "grant all on " + name + ".po_made to po_reader@localhost",
                "grant create temporary tables, lock tables, execute on "
                        + name
                        + ".* to po_reader@localhost",
                "grant all on " + name + ".mk_orders to po_reader@localhost",
                "grant all on " + name + ".mk_kept to po_reader@localhost",
                "grant select (id, note), insert (id, note), update (id, note) on "
                        + name
                        + ".mk_customers to po_reader@localhost");
        Database reader =
                new Database("mariadb", database.host(), database.port(), name, READER, "x");
        List<Policy> tables =
                List.of(
                        policy("relations: [po_secret]"),
                        policy("relations: [" + name + ".po_secret]"));
        try (Connection c = reader.direct()) {
            for (String sql : PrivilegeStatements.mariadb(name)) {
                mariadb(c, sql, "po_secret", tables);
            }
            for (String sql : customers(false)) {
                mariadb(c, sql, "mk_customers", List.of(policy(CUSTOMERS)));
            }
        }
        pass(600);
    }

    private void mariadb(Connection c, String sql, String table, List<Policy> policies)
            throws SQLException {
        String schema = c.getCatalog();
        try (Statement s = c.createStatement()) {
            s.execute("start transaction");
            try {
                s.execute(sql);
                allowed++;
            } catch (SQLException e) {
                // The right to a table, and to a column.
                boolean right = e.getErrorCode() == 1142 || e.getErrorCode() == 1143;
                boolean about = e.getMessage().contains(table);
                judge(right && about, Dialect.MARIADB, schema, sql, policies);
            } finally {
                s.execute("unlock tables");
                s.execute("rollback");
            }
        }
    }
}
