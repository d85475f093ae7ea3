package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Question;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** However a statement is written: what was refused stays refused, what was allowed allowed. */
@Timeout(120)
class RewritingsTest {
    private static final long SEED = Long.getLong("gatehouse.seed", 20_260_101L);
    private static final int EACH = 75;
    private static final List<String> SCHEMA =
            List.of(
                    "create table rw_t (id int primary key, a int, b varchar(40))",
                    "create table rw_u (id int primary key, tid int, n int)");
    private static final List<String> STATEMENTS =
            List.of(
                    "select id , a from rw_t where b = 'x' and a > 5",
                    "select count( * ) as n from rw_t",
                    "select rw_t . id , rw_u . n from rw_t join rw_u on rw_u . tid = rw_t . id",
                    "select id from rw_t where id in ( select tid from rw_u where n > 2 )",
                    "select a , count( * ) as n from rw_t group by a having count( * ) > 1",
                    "select max( a ) as x , min( b ) as y from rw_t where b = 'drop'",
                    "with x as ( select id from rw_t ) select id from x",
                    "delete from rw_t where id = 1",
                    "update rw_t set a = 2 where id = 1",
                    "update rw_t set b = 'delete' where id in ( select tid from rw_u )",
                    "insert into rw_t ( id , a ) values ( 1 , 2 )",
                    "insert into rw_t ( id , a ) select id , n from rw_u where n > 3",
                    "delete from rw_t",
                    "delete from rw_t where 1 = 1",
                    "delete from rw_t where id = id",
                    "delete from rw_t where id = 1 or 1 = 1",
                    "update rw_t set a = 1",
                    "update rw_t set a = 1 where id = 1 or id <> 1",
                    "drop table rw_t",
                    "select id from rw_t ; drop table rw_t");
    private static final Map<Dialect, List<String>> MORE =
            Map.of(
                    Dialect.POSTGRESQL,
                    List.of(
                            "with x as ( delete from rw_t returning id ) select id from x",
                            "explain analyze delete from rw_t",
                            "explain delete from rw_t",
                            "select pg_sleep ( 0 ) as x",
                            "select id from rw_t where length( pg_read_file ( 'x' ) ) > 1",
                            "prepare p as delete from rw_t",
                            "copy rw_t to '/nowhere/x'",
                            "do 'begin'",
                            "truncate rw_t",
                            "select set_config ( 'a.b' , b , false ) as x from rw_t",
                            "insert into rw_t ( id ) values ( 1 ) on conflict ( id ) do update set"
                                    + " a = 2",
                            "merge into rw_t using rw_u on rw_t . id = rw_u . tid when matched"
                                    + " then update set a = n",
                            "select id from rw_t for update"),
                    Dialect.MARIADB,
                    List.of(
                            "select sleep ( 0 ) as x",
                            "select load_file ( '/etc/passwd' ) as x from rw_t",
                            "truncate table rw_t",
                            "execute immediate 'commit'",
                            "insert into rw_t ( id ) values ( 1 ) on duplicate key update a = 2",
                            "replace into rw_t ( id , a ) values ( 1 , 2 )"),
                    Dialect.SQLSERVER,
                    List.of(
                            "exec xp_cmdshell 'dir'",
                            "select id from rw_t with ( updlock )",
                            "select id from openrowset ( 'a' , 'b' , 'c' ) x",
                            "exec sp_executesql N'select'"),
                    Dialect.ORACLE,
                    List.of(
                            "select utl_http . request ( 'x' ) as x from rw_t",
                            "begin delete from rw_t ; end",
                            "select a from rw_t for update"),
                    Dialect.SQLITE,
                    List.of(
                            "insert or replace into rw_t ( id , a ) values ( 1 , 2 )",
                            "attach 'x' as y",
                            "select load_extension ( 'x' ) as x"),
                    Dialect.H2,
                    List.of(
                            "call file_read ( '/etc/passwd' )",
                            "script to '/tmp/x'",
                            "select id from csvread ( 'x' ) x"));

    @TempDir static Path dir;
    private static Policy policy;

    private final List<String> changed = new ArrayList<>();

    @BeforeAll
    static void load() throws Exception {
        policy = Policy.load(List.of(Path.of("../conf/policies/default.yaml")));
    }

    private static String verdict(Dialect dialect, Set<String> groups, String sql) {
        Question question = new Question("u", groups, "c", dialect, false, sql);
        return switch (policy.decide(question)) {
            case Decision.Allow allow -> "allow";
            case Decision.Hold hold -> hold.rule();
            case Decision.Deny deny -> deny.rule();
        };
    }

    private static List<String> statements(Dialect dialect) {
        List<String> all = new ArrayList<>(STATEMENTS);
        all.addAll(MORE.getOrDefault(dialect, List.of()));
        return all;
    }

    private static String plain(String words) {
        return words.replace(" . ", ".").replace(" ( ", "(").replace(" )", ")");
    }

    @Test
    void noRewritingChangesAVerdict() {
        int count = 0;
        int refused = 0;
        for (Dialect dialect : Dialect.values()) {
            Rewritings rewritings = new Rewritings(new Random(SEED), dialect);
            for (String words : statements(dialect)) {
                String writer = verdict(dialect, Set.of(), plain(words));
                String reader = verdict(dialect, Set.of("readers"), plain(words));
                for (int i = 0; i < EACH; i++) {
                    String sql = rewritings.of(words);
                    compare(dialect, Set.of(), writer, sql);
                    compare(dialect, Set.of("readers"), reader, sql);
                    count++;
                    refused += reader.equals("allow") ? 0 : 1;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d rewritings judged twice, %d of them refused, seed %d%n",
                count,
                refused,
                SEED);
        assertThat(changed).as("seed " + SEED).isEmpty();
        assertThat(count).isGreaterThan(12_000);
        assertThat(refused).isGreaterThan(4_000);
    }

    private void compare(Dialect dialect, Set<String> groups, String expected, String sql) {
        String verdict = verdict(dialect, groups, sql);
        if (!verdict.equals(expected)) {
            changed.add(dialect + " " + groups + " " + expected + " -> " + verdict + ": " + sql);
        }
    }

    /** Or a rewriting might pass for being nonsense. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "SQLITE", "H2"})
    void rewritingsAreStillSqlToTheServer(Dialect dialect) throws SQLException {
        Rewritings rewritings = new Rewritings(new Random(SEED), dialect);
        int count = 0;
        List<String> nonsense = new ArrayList<>();
        try (Connection direct = database(dialect).direct();
                Statement statement = direct.createStatement()) {
            boolean kept = dialect == Dialect.SQLITE || dialect == Dialect.H2;
            for (String table : List.of("rw_t", "rw_u")) {
                statement.execute("drop table if exists " + table);
            }
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
            direct.setAutoCommit(kept);
            for (String words : STATEMENTS) {
                boolean runs = !words.contains(" ; ") && !words.startsWith("drop");
                for (int i = 0; i < EACH / 3 && runs; i++) {
                    String sql = rewritings.of(words);
                    count++;
                    try {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        nonsense.add(e.getSQLState() + " " + e.getMessage() + ": " + sql);
                    }
                    statement.execute(kept ? "delete from rw_t" : "rollback");
                }
            }
            direct.setAutoCommit(true);
            statement.execute("drop table rw_t");
            statement.execute("drop table rw_u");
        }
        System.out.printf(Locale.ROOT, "%d rewritings run by %s%n", count, dialect);
        assertThat(nonsense).as("seed " + SEED).isEmpty();
        assertThat(count).isGreaterThan(400);
    }

    private static TestBroker.Database database(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> TestBroker.Database.postgres();
            case MARIADB -> TestBroker.Database.mariadb();
            case SQLITE -> TestBroker.Database.sqlite(dir.resolve("rewritings.db"));
            case H2 -> TestBroker.Database.h2();
            case MYSQL, SQLSERVER, ORACLE -> throw new IllegalArgumentException();
        };
    }

    /** A look-alike of a keyword, a blank or a function is never the thing itself to the gate. */
    @ParameterizedTest
    @EnumSource
    void lookAlikesPassForNothing(Dialect dialect) {
        Map<Character, String> alike =
                Map.of(
                        'e', "\u0435\uff45\u212f",
                        's', "\u017f\uff53\u0455",
                        'k', "\u212a\uff4b",
                        'l', "\uff4c\u217c",
                        'a', "\u0430\uff41",
                        'p', "\u0440\uff50",
                        'o', "\u043e\uff4f",
                        ' ', "\u00a0\u2003\u3000\u200b\u2028\ufeff\u0085\u1680");
        Random random = new Random(SEED);
        List<String> words = List.of("delete from rw_t", "drop table rw_t", "select sleep(1)");
        Set<String> passed = new TreeSet<>();
        int count = 0;
        for (int i = 0; i < 300; i++) {
            String sql = words.get(i % words.size());
            StringBuilder text = new StringBuilder(sql);
            int at = random.nextInt(sql.length());
            String others = alike.get(sql.charAt(at));
            if (others != null) {
                text.setCharAt(at, others.charAt(random.nextInt(others.length())));
                count++;
                String verdict = verdict(dialect, Set.of(), text.toString());
                if (verdict.equals("allow") && !harmless(sql, at)) {
                    passed.add(text.toString());
                }
            }
        }
        assertThat(passed).as("seed " + SEED).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    /** Within a name, a letter of another alphabet makes another name. */
    private static boolean harmless(String sql, int at) {
        int name = Math.max(sql.indexOf("rw_t"), sql.indexOf("sleep"));
        return name >= 0 && at >= name;
    }
}
