package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Stock pgjdbc on databases that are not PostgreSQL. */
@Timeout(60)
class PlainKindsTest {
    @TempDir private static Path folder;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker =
                TestBroker.permissive()
                        .serve("h2", TestBroker.Database.h2(), 2)
                        .serve("sqlite", TestBroker.Database.sqlite(folder.resolve("db")), 1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite"})
    void worksAsOnPostgresql(String name) throws SQLException {
        try (Connection connection = broker.connectAsPostgres(name);
                Statement statement = connection.createStatement()) {
            statement.execute("create table item (id integer primary key, name varchar(40))");
            insert(connection);
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate("delete from item where id < 5")).isEqualTo(5);
            connection.rollback();
            statement.setFetchSize(3);
            int count = 0;
            try (ResultSet rows = statement.executeQuery("select id, name from item order by id")) {
                while (rows.next()) {
                    assertThat(rows.getInt(1)).isEqualTo(count);
                    assertThat(rows.getString(2)).isEqualTo("name $1 ? " + count);
                    count++;
                }
            }
            assertThat(count).isEqualTo(20);
            connection.commit();
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> statement.execute("select * from nowhere"))
                    .isInstanceOf(SQLException.class);
            assertThat(one(statement, "select count(*) from item")).isEqualTo("20");
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement("insert into item (id, name) values (?, ?)")) {
            for (int i = 0; i < 20; i++) {
                prepared.setInt(1, i);
                prepared.setString(2, "name $1 ? " + i);
                prepared.addBatch();
            }
            assertThat(prepared.executeBatch()).hasSize(20).containsOnly(1);
        }
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite"})
    void hasTheParametersOfAPostgresqlServer(String name) throws SQLException {
        try (Connection connection = broker.connectAsPostgres(name);
                Statement statement = connection.createStatement()) {
            assertThat(one(statement, "show server_encoding")).isEqualTo("UTF8");
            statement.execute("SET extra_float_digits = 3");
            assertThat(one(statement, "SHOW extra_float_digits")).isEqualTo("3");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            statement.execute("set application_name to 'tested'");
            assertThat(one(statement, "show application_name")).isEqualTo("tested");
            assertThatThrownBy(() -> statement.execute("set server_version = '1'"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("55P02"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite"})
    void preparedStatementsTurnBinary(String name) throws SQLException {
        try (Connection connection = broker.connectAsPostgres(name);
                PreparedStatement prepared =
                        connection.prepareStatement("select cast(? as integer) + 1 as x")) {
            for (int i = 0; i < 10; i++) {
                prepared.setInt(1, i);
                try (ResultSet rows = prepared.executeQuery()) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(i + 1);
                }
            }
        }
    }
}
