package io.gatehouse.server.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.differential.Differential;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.JdbcDatabaseContainer;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What every database in a container is asked: the programs of the differential tests, and what two
 * clients on one connection see of each other. MySQL and SQL Server have it; Oracle has no kind yet
 * and is left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class ContainerProgram {
    private static final Duration STARTUP = Duration.ofMinutes(5);
    private static final String ONE = "one";

    private JdbcDatabaseContainer<?> container;
    private TestBroker broker;

    /** A container, not started. */
    abstract JdbcDatabaseContainer<?> container();

    /** Where the broker finds it. */
    abstract Database database(JdbcDatabaseContainer<?> started);

    /** The vendor's URL. */
    abstract String directUrl(JdbcDatabaseContainer<?> started);

    abstract Differential programs(TestBroker broker, String name, Differential.Door direct);

    /** A query that gives the session's isolation level. */
    abstract String isolationQuery();

    /** The name of a temporary table. */
    abstract String temporaryTable();

    abstract String createTemporaryTable();

    @BeforeAll
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void start() throws Exception {
        container = container().withStartupTimeout(STARTUP);
        container.start();
        broker = TestBroker.permissive();
        Database database = database(container);
        broker.serve(database.kind(), database, 4);
        broker.serve(ONE, database, 1);
        try (Connection c = direct()) {
            run(c, "drop table if exists shared_rows");
            run(c, "create table shared_rows (id int primary key)");
        }
    }

    @AfterAll
    void stop() {
        if (broker != null) {
            broker.close();
        }
        if (container != null) {
            container.stop();
        }
    }

    private Connection direct() throws SQLException {
        return DriverManager.getConnection(
                directUrl(container), container.getUsername(), container.getPassword());
    }

    @TestFactory
    Stream<DynamicTest> sameAsDirect() {
        return programs(broker, database(container).kind(), this::direct).tests();
    }

    @Test
    void waitsForATransactionAndNeverSeesIt() throws Exception {
        try (Connection a = broker.connect(ONE);
                Connection b = broker.connect(ONE)) {
            a.setAutoCommit(false);
            run(a, "insert into shared_rows values (1)");
            CompletableFuture<String> other =
                    CompletableFuture.supplyAsync(() -> count(b), Thread::startVirtualThread);
            assertThatThrownBy(() -> other.get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            a.rollback();
            assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo("0");
            a.setAutoCommit(true);
        }
    }

    private static String count(Connection c) {
        try {
            return ask(c, "select count(*) from shared_rows");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rollsBackWhatALostClientLeft() throws Exception {
        try (Connection a = broker.connect(ONE)) {
            a.setAutoCommit(false);
            run(a, "insert into shared_rows values (7)");
        }
        try (Connection b = broker.connect(ONE)) {
            assertThat(ask(b, "select count(*) from shared_rows where id = 7")).isEqualTo("0");
        }
    }

    @Test
    void keepsTheIsolationLevelOfEach() throws Exception {
        try (Connection a = broker.connect(ONE);
                Connection b = broker.connect(ONE)) {
            String pristine = ask(b, isolationQuery());
            a.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            String serializable = ask(a, isolationQuery());
            assertThat(serializable).isNotEqualTo(pristine);
            assertThat(ask(b, isolationQuery())).isEqualTo(pristine);
            assertThat(ask(a, isolationQuery())).isEqualTo(serializable);
        }
    }

    @Test
    void keepsATemporaryTableForItsOwnerAndNobodyElse() throws Exception {
        String read = "select count(*) from " + temporaryTable();
        try (Connection a = broker.connect(ONE)) {
            run(a, createTemporaryTable());
            run(a, "insert into " + temporaryTable() + " values (1)");
            assertThat(ask(a, read)).isEqualTo("1");
        }
        try (Connection b = broker.connect(ONE)) {
            assertThatThrownBy(() -> ask(b, read)).isInstanceOf(SQLException.class);
            assertThat(ask(b, "select 1")).isEqualTo("1");
        }
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private static String ask(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
