package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A row limit holds for each result, however the query asks for more. */
@Timeout(60)
class RowLimitDoorsTest {
    private static final int MOST = 3;
    private static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: few-rows
                max-rows: 3
            """;
    private static final List<String> EVERYWHERE =
            List.of(
                    "select id from plenty",
                    "select id from plenty order by id limit 50",
                    "select id from plenty limit 50 offset 1",
                    "select id from (select id from plenty limit 90) x",
                    "with x as (select id from plenty) select id from x",
                    "select id from plenty union all select id from plenty",
                    "select a.id from plenty a cross join plenty b",
                    "select id from plenty where id > 0 group by id");
    private static final List<String> POSTGRES =
            List.of(
                    "select id from plenty limit all",
                    "select id from plenty limit null",
                    "select id from plenty fetch first 50 rows only",
                    "select id from plenty order by id fetch first 50 rows with ties",
                    "(select id from plenty limit 2) union all (select id from plenty)",
                    "table plenty",
                    "values (1), (2), (3), (4), (5)",
                    "select generate_series(1, 50)",
                    "select * from generate_series(1, 50)",
                    "update plenty set id = id returning id",
                    "with x as (update plenty set id = id returning id) select id from x",
                    "explain (analyze, verbose) select id from plenty",
                    "show all");

    @TempDir static Path dir;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.with(POLICY);
        List<TestBroker.Database> all =
                List.of(
                        TestBroker.Database.postgres(),
                        TestBroker.Database.mariadb(),
                        TestBroker.Database.sqlite(dir.resolve("plenty.db")),
                        TestBroker.Database.h2());
        for (TestBroker.Database database : all) {
            broker.serveKept(database.kind(), database, 2);
            database.prepare(
                    "drop table if exists plenty",
                    "create table plenty (id int primary key)",
                    "insert into plenty values (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static void check(Connection connection, String sql, int fetch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(fetch);
            boolean rows = statement.execute(sql);
            assertThat(rows).as(sql).isTrue();
            int count = 0;
            try (ResultSet result = statement.getResultSet()) {
                while (result.next()) {
                    count++;
                }
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as(sql).isNotEqualTo("08006");
            }
            assertThat(count).as(sql).isPositive().isLessThanOrEqualTo(MOST);
        }
    }

    private static void all(Connection connection, String kind) throws SQLException {
        for (String sql : EVERYWHERE) {
            check(connection, sql, 0);
            check(connection, sql, 2);
        }
        if (kind.equals("postgresql")) {
            for (String sql : POSTGRES) {
                check(connection, sql, 0);
            }
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("declare c cursor for select id from plenty");
                check(connection, "fetch all from c", 0);
                statement.execute("declare d cursor for select id from plenty");
                check(connection, "fetch forward 50 from d", 1);
                check(connection, EVERYWHERE.getFirst(), 1);
            }
            connection.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite", "h2"})
    void noFormOfAQueryGivesMore(String kind) throws SQLException {
        try (Connection connection = broker.connect(kind)) {
            all(connection, kind);
        }
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = broker.connectAsPostgres(kind, "preferQueryMode", mode)) {
                all(connection, kind);
            }
        }
    }
}
