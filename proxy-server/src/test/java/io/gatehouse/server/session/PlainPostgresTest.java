package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The same programs, by stock pgjdbc, straight to PostgreSQL and through the broker. */
@Timeout(60)
class PlainPostgresTest {
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive().serve("pg", TestBroker.Database.postgres(), 2);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    static Stream<Arguments> programs() {
        return PlainPrograms.ALL.keySet().stream()
                .flatMap(name ->
                        Stream.of("extended", "simple", "extendedForPrepared")
                                .map(mode -> Arguments.of(name, mode)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("programs")
    void seesWhatItSeesWithoutABroker(String name, String mode) throws SQLException {
        List<String> expected;
        try (Connection connection = direct(mode)) {
            expected = seen(name, connection);
        }
        try (Connection connection = connect("preferQueryMode", mode)) {
            assertThat(seen(name, connection)).isEqualTo(expected);
        }
    }

    private static Connection direct(String mode) throws SQLException {
        TestBroker.Database postgres = TestBroker.Database.postgres();
        return java.sql.DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + postgres.port()
                        + "/"
                        + postgres.name()
                        + "?preferQueryMode="
                        + mode,
                postgres.user(),
                postgres.password());
    }

    private static Connection connect(String... properties) throws SQLException {
        return broker.connectAsPostgres("pg", properties);
    }

    private static List<String> seen(String name, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists thing");
            statement.execute("create table thing (id int4 primary key, name varchar(40))");
        }
        List<String> seen = new ArrayList<>();
        PlainPrograms.ALL.get(name).run(connection, seen);
        return seen;
    }

    @Test
    void startupSettingsAreTheSessions() throws SQLException {
        try (Connection connection =
                        connect("options", "-c search_path=pg_catalog,\"Odd\" -c work_mem=5MB");
                Statement statement = connection.createStatement()) {
            assertThat(one(statement, "show search_path")).isEqualTo("pg_catalog, \"Odd\"");
            assertThat(one(statement, "show work_mem")).isEqualTo("5MB");
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(one(statement, "show work_mem")).isEqualTo("4MB");
        }
    }

    @Test
    void unknownStartupSettingsEndTheLogin() {
        assertThatThrownBy(() -> connect("options", "-x"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42704"));
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void aRunningStatementIsCancelledAndTheSessionGoesOn() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> failure =
                    CompletableFuture.supplyAsync(() -> {
                        try {
                            statement.execute("select pg_sleep(30)");
                            return new SQLException("not cancelled");
                        } catch (SQLException e) {
                            return e;
                        }
                    });
            SQLException e = null;
            for (int i = 0; i < 100 && e == null; i++) {
                statement.cancel();
                try {
                    e = failure.get(100, TimeUnit.MILLISECONDS);
                } catch (java.util.concurrent.TimeoutException again) {
                    assertThat(failure).isNotDone();
                }
            }
            assertThat(failure.join().getSQLState()).isEqualTo("57014");
            assertThat(one(statement, "select 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void copyIsRefusedAndTheSessionGoesOn() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("copy pg_class to stdout"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
            assertThat(one(statement, "select 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void otherEncodingsAndDateStylesAreRefused() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("set datestyle to German"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
            assertThatThrownBy(() -> statement.execute("set client_encoding to 'LATIN1'"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("22023"));
            statement.execute("set client_encoding to 'UTF8'");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void columnsAreDescribedAsWithoutABroker(boolean autocommit) throws SQLException {
        List<String> expected;
        try (Connection connection = direct("extended")) {
            expected = described(connection, autocommit);
        }
        assertThat(expected.get(0)).startsWith("thing id 0 true");
        try (Connection connection = connect()) {
            assertThat(described(connection, autocommit)).isEqualTo(expected);
        }
    }

    private static List<String> described(Connection connection, boolean autocommit)
            throws SQLException {
        List<String> described = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists thing");
            statement.execute(
                    "create table thing (id int generated always as identity, name varchar(40)"
                            + " not null, price numeric(10, 2), at timestamp(0), flags bit(5),"
                            + " span interval(2), code char(3), place point, rest text[])");
            statement.execute("insert into thing (name) select 'n' from generate_series(1, 100)");
            connection.setAutoCommit(autocommit);
            statement.setFetchSize(10);
            try (ResultSet rows = statement.executeQuery("select t.*, 1 + 1 from thing as t")) {
                ResultSetMetaData columns = rows.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    described.add(
                            columns.getTableName(i)
                                    + (" " + columns.getColumnName(i))
                                    + (" " + columns.isNullable(i))
                                    + (" " + columns.isAutoIncrement(i))
                                    + (" " + columns.getColumnTypeName(i))
                                    + (" " + columns.getPrecision(i))
                                    + (" " + columns.getScale(i))
                                    + (" " + columns.getColumnDisplaySize(i)));
                }
            }
            if (!autocommit) {
                connection.rollback();
            }
        }
        return described;
    }

    @Test
    void arraysPassInBinary() throws SQLException {
        try (Connection connection = connect("prepareThreshold", "-1");
                var prepared = connection.prepareStatement("select ?::int4[], ?::text[]")) {
            Integer[] numbers = {1, null, -3};
            String[] words = {"a b", "q\"\\,{}", "", "NULL", null};
            prepared.setArray(1, connection.createArrayOf("int4", numbers));
            prepared.setArray(2, connection.createArrayOf("text", words));
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = prepared.executeQuery()) {
                    rows.next();
                    assertThat((Object[]) rows.getArray(1).getArray()).isEqualTo(numbers);
                    assertThat((Object[]) rows.getArray(2).getArray()).isEqualTo(words);
                }
            }
        }
    }
}
