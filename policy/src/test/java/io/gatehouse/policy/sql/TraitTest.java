package io.gatehouse.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relations, functions and traits of single statements. */
class TraitTest {
    private static StatementFacts facts(Dialect dialect, String sql) {
        StatementFacts statement =
                new SqlAnalyzer(AnalysisLimits.DEFAULT)
                        .analyze(dialect, sql)
                        .statements()
                        .getFirst();
        assertThat(statement.notUnderstood()).as(sql).isEmpty();
        return statement;
    }

    private static Relation read(String schema, String name) {
        return new Relation(schema, name, Access.READ);
    }

    private static Relation write(String name) {
        return new Relation("", name, Access.WRITE);
    }

    @Test
    void relationsOfAQueryAreFoundInEveryPosition() {
        String sql =
                "WITH c AS (SELECT * FROM s.a) SELECT (SELECT max(x) FROM b), \"Q\".y FROM c"
                        + " JOIN \"Q\" ON EXISTS (SELECT 1 FROM d) WHERE z IN (SELECT z FROM e)"
                        + " UNION SELECT 1, 2 FROM f ORDER BY (SELECT 1 FROM g)";
        assertThat(facts(Dialect.POSTGRESQL, sql).relations())
                .containsExactlyInAnyOrder(
                        read("s", "a"),
                        read("", "b"),
                        read("", "Q"),
                        read("", "d"),
                        read("", "e"),
                        read("", "f"),
                        read("", "g"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "TABLE t",
                "VALUES (1), (2)",
                "WITH a AS (SELECT * FROM t) SELECT count(*), now() FROM a, s.u WHERE x = $1",
                "SELECT version, t.user, changes FROM t WHERE \"current_user\" = 'current_user'",
                "SELECT lower(a) FROM t UNION ALL SELECT pg_typeof(b)::text FROM u LIMIT 5",
            })
    void whatOnlyReadsDataIsToldFromAllElse(String sql) {
        assertThat(facts(Dialect.POSTGRESQL, sql).readsDataOnly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t FOR UPDATE",
                "SELECT f(a) FROM t",
                "SELECT nextval('s')",
                "SELECT currval('s')",
                "SELECT current_user",
                "SELECT a FROM t WHERE owner = USER",
                "SELECT pg_catalog.current_setting('x') FROM t",
                "SELECT pg_is_in_recovery()",
                "SELECT * FROM pg_stat_activity",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM pg_temp.t",
                "SELECT * INTO u FROM t",
                "WITH c AS (DELETE FROM t RETURNING a) SELECT * FROM c",
                "EXPLAIN SELECT * FROM t",
                "SHOW timezone",
                "SET search_path = a",
                "SELECT pg_advisory_lock(1)",
                "SELECT set_config('a.b', 'c', false)",
                "SELECT pg_read_file('x')",
                "COPY t TO STDOUT",
                "FETCH c",
                "LISTEN a",
            })
    void whatIsMoreThanAReadOfDataIsNoneOf(String sql) {
        assertThat(facts(Dialect.POSTGRESQL, sql).readsDataOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT now() FROM t",
                "SELECT a FROM t WHERE b > CURRENT_DATE",
                "SELECT LOCALTIMESTAMP(0) FROM t",
                "SELECT pg_catalog.random() FROM t",
                "SELECT gen_random_uuid() FROM t",
                "SELECT age(b) FROM t",
                "SELECT a FROM t TABLESAMPLE SYSTEM (10)",
            })
    void whatChangesByItselfIsNoAnswerToKeep(String sql) {
        assertThat(facts(Dialect.POSTGRESQL, sql).answersAlike()).isFalse();
        assertThat(facts(Dialect.POSTGRESQL, "SELECT a FROM t").answersAlike()).isTrue();
        assertThat(facts(Dialect.SQLITE, "SELECT date() FROM t").answersAlike()).isFalse();
        assertThat(facts(Dialect.MYSQL, "SELECT date(a) FROM t").answersAlike()).isTrue();
    }

    @Test
    void variablesAreOfTheirServerOrSession() {
        assertThat(facts(Dialect.MYSQL, "SELECT @@version FROM t").readsDataOnly()).isFalse();
        assertThat(facts(Dialect.MYSQL, "SELECT @a FROM t").readsDataOnly()).isFalse();
        assertThat(facts(Dialect.MYSQL, "SELECT last_insert_id()").readsDataOnly()).isFalse();
        assertThat(facts(Dialect.SQLSERVER, "SELECT * FROM #t").readsDataOnly()).isFalse();
        assertThat(facts(Dialect.MYSQL, "SELECT a FROM t").readsDataOnly()).isTrue();
    }

    @Test
    void aCommonTableExpressionDoesNotHideATableOfItsName() {
        String inside = "WITH t AS (SELECT * FROM t) SELECT * FROM t";
        assertThat(facts(Dialect.POSTGRESQL, inside).relations()).containsExactly(read("", "t"));
        String target = "WITH t AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM t";
        assertThat(facts(Dialect.POSTGRESQL, target).relations()).containsExactly(write("t"));
        String recursive = "WITH RECURSIVE t AS (SELECT 1 AS a UNION SELECT a FROM t) TABLE t";
        assertThat(facts(Dialect.POSTGRESQL, recursive).relations()).isEmpty();
    }

    @Test
    void aTargetNamedByItsAliasIsWritten() {
        assertThat(
                        facts(Dialect.SQLSERVER, "UPDATE x SET a = 1 FROM t x WHERE x.id = 1")
                                .relations())
                .contains(write("t"));
        assertThat(
                        facts(Dialect.MYSQL, "DELETE x FROM t x JOIN u ON x.a = u.a WHERE u.b = 1")
                                .relations())
                .contains(write("t"), read("", "u"));
        assertThat(
                        facts(
                                        Dialect.MYSQL,
                                        "UPDATE t JOIN u ON t.a = u.a SET u.b = 1 WHERE t.c = 2")
                                .relations())
                .contains(write("t"), write("u"));
    }

    @Test
    void aTargetThatIsACommonTableExpressionReachesItsTables() {
        String sql = "WITH x AS (SELECT * FROM t) DELETE FROM x WHERE a = 1";
        assertThat(facts(Dialect.SQLSERVER, sql).relations()).contains(write("t"));
    }

    @Test
    void queriesInsideOtherStatementsAreSeen() {
        StatementFacts set = facts(Dialect.MYSQL, "SET @a = (SELECT b FROM secret)");
        assertThat(set.relations()).contains(read("", "secret"));
        assertThat(set.traits()).contains(Trait.UNPARSED);
        String view = "CREATE VIEW v AS SELECT 1 FROM a JOIN b ON a.x = b.x, secret";
        assertThat(facts(Dialect.POSTGRESQL, view).relations())
                .contains(write("v"), read("", "secret"));
        StatementFacts copy = facts(Dialect.POSTGRESQL, "COPY (SELECT * FROM secret) TO STDOUT");
        assertThat(copy.relations()).contains(read("", "secret"));
        assertThat(copy.traits()).contains(Trait.UNPARSED);
    }

    @Test
    void nestedVerbsAreAllReported() {
        String sql =
                "WITH a AS (DELETE FROM t WHERE x = 1 RETURNING *) INSERT INTO u SELECT * FROM a";
        StatementFacts statement = facts(Dialect.POSTGRESQL, sql);
        assertThat(statement.verb()).isEqualTo(Verb.INSERT);
        assertThat(statement.verbs()).contains(Verb.INSERT, Verb.DELETE);
        assertThat(statement.relations()).contains(write("t"), write("u"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT version()",
                "SELECT count(*), max(a) FROM t",
                "SELECT a FROM t LIMIT 1",
                "SELECT now(), current_user"
            })
    void oneRowIsProven(String sql) {
        assertThat(facts(Dialect.POSTGRESQL, sql).traits()).contains(Trait.SINGLE_ROW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t",
                "SELECT generate_series(1, 9)",
                "SELECT unnest(a) FROM t LIMIT 5",
                "SELECT count(*) FROM t GROUP BY a",
                "SELECT count(*) OVER () FROM t",
                "SELECT my_set()",
                "SELECT count(*), generate_series(1, 9) FROM t",
                "SELECT 1 UNION ALL SELECT 2",
                "SELECT a FROM t LIMIT ALL",
                "VALUES (1), (2)"
            })
    void moreRowsArePossible(String sql) {
        assertThat(facts(Dialect.POSTGRESQL, sql).traits()).doesNotContain(Trait.SINGLE_ROW);
    }

    @Test
    void rowsAreReturnedByQueriesAndByChangesThatSaySo() {
        assertThat(facts(Dialect.POSTGRESQL, "SELECT 1").traits()).contains(Trait.RETURNS_ROWS);
        assertThat(facts(Dialect.POSTGRESQL, "SHOW a").traits()).contains(Trait.RETURNS_ROWS);
        assertThat(facts(Dialect.POSTGRESQL, "DELETE FROM t WHERE a = 1 RETURNING b").traits())
                .contains(Trait.RETURNS_ROWS);
        assertThat(facts(Dialect.POSTGRESQL, "DELETE FROM t WHERE a = 1").traits())
                .doesNotContain(Trait.RETURNS_ROWS);
        assertThat(facts(Dialect.POSTGRESQL, "SELECT 1 INTO x").traits())
                .doesNotContain(Trait.RETURNS_ROWS);
    }

    @Test
    void functionsThatAreNotBuiltInAreNoted() {
        assertThat(facts(Dialect.POSTGRESQL, "SELECT s.mine(1)").functions()).contains("s.mine");
        assertThat(facts(Dialect.POSTGRESQL, "SELECT s.mine(1)").traits())
                .contains(Trait.UNKNOWN_FUNCTION);
        assertThat(facts(Dialect.POSTGRESQL, "SELECT upper('a')").traits())
                .doesNotContain(Trait.UNKNOWN_FUNCTION);
        assertThat(facts(Dialect.POSTGRESQL, "SELECT nextval('a')").traits())
                .contains(Trait.SEQUENCE, Trait.MOVES_SEQUENCE);
    }

    @Test
    void offsetsLeaveSeparatorsOut() {
        var statements =
                new SqlAnalyzer(AnalysisLimits.DEFAULT)
                        .analyze(Dialect.H2, " select 1 ;\n select 2;")
                        .statements();
        assertThat(statements).hasSize(2);
        assertThat(statements.get(0).start()).isEqualTo(1);
        assertThat(statements.get(0).end()).isEqualTo(9);
        assertThat(statements.get(1).start()).isEqualTo(13);
    }

    @Test
    void tooMuchIsNotUnderstood() {
        SqlAnalyzer small = new SqlAnalyzer(new AnalysisLimits(100, 20, 10, 3));
        assertThat(small.analyze(Dialect.H2, "select " + "1".repeat(100)).understood()).isFalse();
        assertThat(small.analyze(Dialect.H2, "select 1" + ",1".repeat(20)).understood()).isFalse();
        assertThat(small.analyze(Dialect.H2, "select ((((1))))").understood()).isFalse();
        assertThat(small.analyze(Dialect.H2, "select (((1)))").understood()).isTrue();
    }
}
