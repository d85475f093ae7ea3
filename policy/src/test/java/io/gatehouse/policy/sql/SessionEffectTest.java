package io.gatehouse.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.SessionEffect.Setting;
import io.gatehouse.policy.fact.StatementFacts;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** What statements do to their session. */
class SessionEffectTest {
    private static final Dialect PG = Dialect.POSTGRESQL;

    static Stream<Arguments> effects() {
        return Stream.of(settings(), transactions(), twoPhase(), pinning(), others())
                .flatMap(List::stream);
    }

    private static List<Arguments> settings() {
        return List.of(
                of(PG, "SET search_path TO a, b", sets("search_path", "a, b", false)),
                of(PG, "SET LOCAL Work_Mem = '4MB'", sets("work_mem", "'4MB'", true)),
                of(PG, "SET SESSION TIME ZONE 'UTC'", sets("timezone", "'UTC'", false)),
                of(PG, "SET my.var = 3", sets("my.var", "3", false)),
                of(PG, "SET SCHEMA 'x'", sets("search_path", "'x'", false)),
                of(PG, "SET a TO DEFAULT", new SessionEffect.Resets("a")),
                of(PG, "RESET ALL", new SessionEffect.Resets("*")),
                of(PG, "RESET TIME ZONE", new SessionEffect.Resets("timezone")),
                of(PG, "SELECT set_config('A.b', 'c', true)", sets("a.b", "'c'", true)),
                of(PG, "SELECT pg_catalog.set_config('a', '', false) AS x", sets("a", "''", false)),
                of(PG, "SELECT set_config('a', $2, false)", bound("a", "$2", false, 2)),
                of(PG, "SELECT set_config('a', ?::text, true)", bound("a", "?", true, 1)),
                of(
                        PG,
                        "SELECT set_config('search_path', ?, false)",
                        bound("search_path", "?", false, 1)),
                of(PG, "SELECT set_config('role', ?, false)", pins(PinReason.SETTING)),
                of(
                        PG,
                        "SELECT set_config('search_path', 'A, b', false)",
                        sets("search_path", "'a', 'b'", false)),
                of(
                        PG,
                        "SELECT set_config('search_path', '\"A\", b', false)",
                        pins(PinReason.SETTING)),
                of(PG, "SET ROLE admin", new SessionEffect.ChangesRole("admin")),
                of(PG, "SET SESSION AUTHORIZATION u", new SessionEffect.ChangesRole("u")),
                of(
                        PG,
                        "SELECT set_config('role', 'x', false)",
                        new SessionEffect.ChangesRole("'x'")),
                of(PG, "RESET ROLE", new SessionEffect.ChangesRole("none")));
    }

    private static List<Arguments> transactions() {
        return List.of(
                of(PG, "begin", new SessionEffect.Begins("")),
                of(
                        PG,
                        "BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY",
                        new SessionEffect.Begins("isolation level serializable, read only")),
                of(PG, "START TRANSACTION", new SessionEffect.Begins("")),
                of(PG, "COMMIT", new SessionEffect.Ends(true, false)),
                of(PG, "END TRANSACTION", new SessionEffect.Ends(true, false)),
                of(PG, "COMMIT AND CHAIN", new SessionEffect.Ends(true, true)),
                of(PG, "ROLLBACK AND NO CHAIN", new SessionEffect.Ends(false, false)),
                of(PG, "ABORT", new SessionEffect.Ends(false, false)),
                of(PG, "SAVEPOINT \"A b\"", new SessionEffect.Saves("A b")),
                of(PG, "RELEASE A", new SessionEffect.Releases("a")),
                of(PG, "ROLLBACK TO SAVEPOINT a", new SessionEffect.RollsBackTo("a")),
                of(
                        PG,
                        "SET TRANSACTION READ ONLY",
                        new SessionEffect.TransactionMode("read only", false)),
                of(
                        PG,
                        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                        new SessionEffect.TransactionMode("read only", true)));
    }

    private static List<Arguments> twoPhase() {
        SessionEffect step = new SessionEffect.TwoPhase();
        return List.of(
                of(PG, "PREPARE TRANSACTION 'x'", step),
                of(PG, "commit prepared 'x'", step),
                of(PG, "ROLLBACK PREPARED 'x'", step),
                of(Dialect.MARIADB, "XA START 0x61,'',0x1", step),
                of(Dialect.MARIADB, "xa begin 'a' resume", step),
                of(Dialect.MARIADB, "XA END 'a','b',1 SUSPEND", step),
                of(Dialect.MYSQL, "XA PREPARE 'a'", step),
                of(Dialect.MYSQL, "XA COMMIT 'a' ONE PHASE", step),
                of(Dialect.MYSQL, "XA ROLLBACK 'a'", step),
                of(Dialect.MYSQL, "XA RECOVER", step),
                of(Dialect.H2, "PREPARE COMMIT \"a|b\"", step),
                of(Dialect.H2, "COMMIT TRANSACTION a", step),
                of(Dialect.H2, "ROLLBACK TRANSACTION \"a\"", step),
                of(Dialect.H2, "COMMIT", new SessionEffect.Ends(true, false)));
    }

    private static List<Arguments> pinning() {
        return List.of(
                of(PG, "LISTEN a", pins(PinReason.LISTEN)),
                of(PG, "PREPARE p AS SELECT 1", pins(PinReason.PREPARED_STATEMENT)),
                of(PG, "DECLARE c CURSOR WITH HOLD FOR SELECT 1", pins(PinReason.HELD_CURSOR)),
                of(PG, "DECLARE c CURSOR FOR SELECT 1", SessionEffect.None.INSTANCE),
                of(PG, "SELECT pg_advisory_lock(1)", pins(PinReason.SESSION_LOCK)),
                of(PG, "SELECT pg_try_advisory_lock(1) FROM t", pins(PinReason.SESSION_LOCK)),
                of(PG, "SELECT pg_advisory_xact_lock(1)", SessionEffect.None.INSTANCE),
                of(PG, "CREATE TEMP TABLE x (a int)", pins(PinReason.TEMPORARY_TABLE)),
                of(PG, "CREATE TEMPORARY TABLE x AS SELECT 1", pins(PinReason.TEMPORARY_TABLE)),
                of(PG, "SELECT 1 INTO TEMP x", pins(PinReason.TEMPORARY_TABLE)),
                of(PG, "LOAD 'x'", pins(PinReason.LOADED_CODE)),
                of(PG, "SELECT setseed(0.5)", pins(PinReason.RANDOM_SEED)),
                of(PG, "SELECT pg_advisory_unlock(1)", SessionEffect.None.INSTANCE),
                of(PG, "CREATE TABLE pg_temp.x (a int)", pins(PinReason.TEMPORARY_TABLE)),
                of(PG, "CREATE TABLE \"pg_temp\".x (a int)", pins(PinReason.TEMPORARY_TABLE)),
                of(PG, "SELECT 1 INTO pg_temp.x", pins(PinReason.TEMPORARY_TABLE)),
                of(PG, "DISCARD ALL", new SessionEffect.Resets("*")),
                of(PG, "SELECT 1", SessionEffect.None.INSTANCE),
                of(PG, "SELECT a @ b, @ -5 FROM t", SessionEffect.None.INSTANCE));
    }

    private static List<Arguments> others() {
        return List.of(
                of(Dialect.MYSQL, "SET autocommit = 0", sets("autocommit", "0", false)),
                of(Dialect.MYSQL, "SET @@session.a = 1", sets("a", "1", false)),
                of(Dialect.MYSQL, "SET NAMES utf8mb4", sets("names", "utf8mb4", false)),
                of(
                        Dialect.MYSQL,
                        "SET a = 1, SESSION b = 'x'",
                        new SessionEffect.Sets(
                                List.of(
                                        new Setting("a", "1", false),
                                        new Setting("b", "'x'", false)))),
                of(Dialect.MYSQL, "SET @x = 1", pins(PinReason.USER_VARIABLE)),
                of(Dialect.MYSQL, "SELECT @x := 1", pins(PinReason.USER_VARIABLE)),
                of(Dialect.MYSQL, "SELECT a INTO @x FROM t", pins(PinReason.USER_VARIABLE)),
                of(Dialect.MYSQL, "SELECT @@version", SessionEffect.None.INSTANCE),
                of(Dialect.MYSQL, "SELECT GET_LOCK('a', 1)", pins(PinReason.SESSION_LOCK)),
                of(Dialect.MYSQL, "LOCK TABLES t WRITE, u READ", pins(PinReason.TABLE_LOCK)),
                of(Dialect.MYSQL, "UNLOCK TABLES", SessionEffect.None.INSTANCE),
                of(
                        Dialect.MYSQL,
                        "UPDATE s SET v = LAST_INSERT_ID(v + 1)",
                        pins(PinReason.LAST_STATEMENT)),
                of(Dialect.MYSQL, "USE d", new SessionEffect.ChangesSchema("d")),
                of(
                        Dialect.MYSQL,
                        "SET SESSION TRANSACTION READ ONLY",
                        new SessionEffect.TransactionMode("read only", true)),
                of(Dialect.SQLSERVER, "SET NOCOUNT ON", sets("nocount", "ON", false)),
                of(Dialect.SQLSERVER, "BEGIN TRAN", new SessionEffect.Begins("")),
                of(Dialect.SQLSERVER, "SELECT 1 AS a INTO #x", pins(PinReason.TEMPORARY_TABLE)),
                of(Dialect.SQLSERVER, "CREATE TABLE #x (a int)", pins(PinReason.TEMPORARY_TABLE)),
                of(Dialect.SQLSERVER, "SAVE TRAN a", new SessionEffect.Saves("a")),
                of(
                        Dialect.SQLSERVER,
                        "SET TRANSACTION ISOLATION LEVEL SNAPSHOT",
                        new SessionEffect.TransactionMode("isolation level snapshot", true)),
                of(Dialect.H2, "SET SCHEMA x", new SessionEffect.ChangesSchema("x")),
                of(Dialect.H2, "SET @x = 1", pins(PinReason.USER_VARIABLE)),
                of(
                        Dialect.ORACLE,
                        "ALTER SESSION SET CURRENT_SCHEMA = x",
                        sets("current_schema", "x", false)));
    }

    private static Arguments of(Dialect dialect, String sql, SessionEffect effect) {
        return Arguments.of(dialect, sql, effect);
    }

    private static SessionEffect bound(String name, String mark, boolean local, int number) {
        return new SessionEffect.Sets(List.of(new Setting(name, mark, local, number)));
    }

    private static SessionEffect sets(String name, String value, boolean local) {
        return new SessionEffect.Sets(List.of(new Setting(name, value, local)));
    }

    private static SessionEffect pins(PinReason reason) {
        return new SessionEffect.Pins(reason);
    }

    @ParameterizedTest
    @MethodSource("effects")
    void isRead(Dialect dialect, String sql, SessionEffect effect) {
        StatementFacts statement =
                new SqlAnalyzer(AnalysisLimits.DEFAULT)
                        .analyze(dialect, sql)
                        .statements()
                        .getFirst();
        assertThat(statement.notUnderstood()).isEmpty();
        assertThat(statement.effect()).isEqualTo(effect);
    }
}
