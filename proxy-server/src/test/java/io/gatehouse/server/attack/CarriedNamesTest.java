package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and patterns that somebody puts into SQL on the client's behalf: none may be read as SQL.
 */
@Timeout(120)
class CarriedNamesTest {
    @TempDir static Path dir;

    private static final List<String> HOSTILE =
            List.of(
                    "a; drop table prey; --",
                    "a'; drop table prey; --",
                    "a\"; drop table prey; --",
                    "a`; drop table prey; -- ",
                    "a\\'; drop table prey; -- ",
                    "a\\\"; drop table prey; -- ",
                    "a'); drop table prey; --",
                    "a\"); drop table prey; --",
                    "a]; drop table prey; --",
                    "a\n; drop table prey; --");

    private static TestBroker broker;
    private static Connection held;
    private static final List<TestBroker.Database> ALL = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        ALL.add(TestBroker.Database.postgres());
        ALL.add(TestBroker.Database.mariadb());
        TestBroker.Database h2 = TestBroker.Database.h2();
        ALL.add(h2);
        // It would be gone with its last connection.
        held = h2.direct();
        ALL.add(TestBroker.Database.sqlite(dir.resolve("prey.db")));
        broker = TestBroker.withDefaultPolicy();
        for (TestBroker.Database database : ALL) {
            broker.serve(database.kind(), database, 2);
            if (database.kind().equals("postgresql") || database.kind().equals("mariadb")) {
                try (Connection direct = database.direct();
                        Statement statement = direct.createStatement()) {
                    statement.execute("drop table if exists prey");
                }
            }
            try (Connection connection = broker.connect(database.kind());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table prey (id int primary key)");
                statement.execute("insert into prey values (1), (2), (3)");
            }
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        held.close();
        broker.close();
    }

    private interface Step {
        void run(Connection connection) throws Exception;
    }

    private static String attempt(String kind, Step step) throws SQLException {
        String said = "ok";
        try (Connection connection = broker.connect(kind)) {
            step.run(connection);
        } catch (SQLException e) {
            said = e.getSQLState() + " " + e.getMessage();
        } catch (Exception e) {
            said = e.toString();
        }
        try (Connection connection = broker.connect(kind);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from prey")) {
            rows.next();
            assertThat(rows.getInt(1)).as(said).isEqualTo(3);
        }
        assertThat(said).as("an error of the broker's own").doesNotStartWith("XX000");
        return said;
    }

    private static void select(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2", "sqlite"})
    void of_places_savepoints_and_keys(String kind) throws SQLException {
        for (String name : HOSTILE) {
            attempt(
                    kind,
                    connection -> {
                        connection.setSchema(name);
                        select(connection);
                    });
            attempt(
                    kind,
                    connection -> {
                        connection.setCatalog(name);
                        select(connection);
                    });
            attempt(
                    kind,
                    connection -> {
                        connection.setClientInfo("ApplicationName", name);
                        select(connection);
                    });
            attempt(
                    kind,
                    connection -> {
                        connection.setAutoCommit(false);
                        select(connection);
                        var savepoint = connection.setSavepoint(name);
                        connection.rollback(savepoint);
                        connection.releaseSavepoint(savepoint);
                        connection.commit();
                    });
            attempt(
                    kind,
                    connection -> {
                        try (PreparedStatement insert =
                                connection.prepareStatement(
                                        "insert into prey values (1)", new String[] {name})) {
                            insert.execute();
                        }
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2", "sqlite"})
    void of_the_catalogue(String kind) throws SQLException {
        for (Method method : DatabaseMetaData.class.getMethods()) {
            List<Class<?>> types = List.of(method.getParameterTypes());
            if (method.getReturnType() == ResultSet.class && types.contains(String.class)) {
                attempt(kind, connection -> all(connection, method));
            }
        }
    }

    private static void all(Connection connection, Method method) throws Exception {
        for (String name : HOSTILE) {
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                Class<?> type = method.getParameterTypes()[i];
                arguments[i] =
                        type == String.class
                                ? name
                                : type == boolean.class ? true : type == int.class ? 0 : null;
            }
            try (ResultSet rows = (ResultSet) method.invoke(connection.getMetaData(), arguments)) {
                rows.next();
            } catch (InvocationTargetException e) {
                assertThat(e.getCause())
                        .as("%s of %s", method, name)
                        .isInstanceOf(SQLException.class);
            }
        }
    }
}
