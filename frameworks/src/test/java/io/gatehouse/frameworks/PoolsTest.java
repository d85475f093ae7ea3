package io.gatehouse.frameworks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

/** Pools on the client's side: what they set, test, reset and throw away. */
final class PoolsTest {

    @ParameterizedTest
    @EnumSource
    void hikari(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    HikariConfig config = new HikariConfig();
                    config.setJdbcUrl(access.url());
                    config.setUsername(access.user());
                    config.setPassword(access.password());
                    config.setMaximumPoolSize(2);
                    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
                    config.setConnectionInitSql("select 1");
                    try (HikariDataSource pool = new HikariDataSource(config)) {
                        work(pool, story);
                        try (Connection c = pool.getConnection()) {
                            pool.evictConnection(c);
                        }
                        tellState(pool, story, "after an eviction");
                        story.tell(
                                "connections",
                                pool.getHikariPoolMXBean().getTotalConnections() <= 2);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void hikariWithoutAutocommit(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    HikariConfig config = new HikariConfig();
                    config.setDriverClassName(access.driver());
                    config.setJdbcUrl(access.url());
                    config.setUsername(access.user());
                    config.setPassword(access.password());
                    config.setMaximumPoolSize(1);
                    config.setAutoCommit(false);
                    try (HikariDataSource pool = new HikariDataSource(config)) {
                        try (Connection c = pool.getConnection();
                                Statement s = c.createStatement()) {
                            s.execute("create table kept (id integer)");
                            c.commit();
                            s.execute("insert into kept values (1)");
                        }
                        // The pool rolls back what was not committed.
                        tellCount(pool, story, "kept");
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void agroal(Product product) throws Exception {
        BothWays.same(
                product,
                (access, story) -> {
                    AgroalDataSourceConfigurationSupplier config =
                            new AgroalDataSourceConfigurationSupplier()
                                    .connectionPoolConfiguration(pool ->
                                            pool.maxSize(2)
                                                    .acquisitionTimeout(Duration.ofSeconds(60))
                                                    .validateOnBorrow(true)
                                                    .connectionValidator(
                                                            ConnectionValidator.defaultValidator())
                                                    .connectionFactoryConfiguration(factory ->
                                                            factory.jdbcUrl(access.url())
                                                                    .jdbcTransactionIsolation(
                                                                            TransactionIsolation
                                                                                    .READ_COMMITTED)
                                                                    .principal(
                                                                            new NamePrincipal(
                                                                                    access.user()))
                                                                    .credential(
                                                                            new SimplePassword(
                                                                                    access
                                                                                            .password()))));
                    try (AgroalDataSource pool = AgroalDataSource.from(config)) {
                        work(pool, story);
                        story.tell("connections", pool.getMetrics().activeCount());
                    }
                });
    }

    private static void work(DataSource pool, Story story) throws SQLException {
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            s.execute("create table kept (id integer primary key)");
        }
        tellState(pool, story, "at first");
        try (Connection c = pool.getConnection()) {
            c.setAutoCommit(false);
            c.setReadOnly(true);
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            story.refused(
                    "a write",
                    () -> {
                        try (Statement s = c.createStatement()) {
                            s.executeUpdate("insert into kept values (1)");
                        }
                    });
            c.rollback();
        }
        tellState(pool, story, "after a read-only one");
        try (Connection c = pool.getConnection();
                Connection other = pool.getConnection()) {
            c.setAutoCommit(false);
            try (PreparedStatement s = c.prepareStatement("insert into kept values (?)")) {
                for (int i = 0; i < 5; i++) {
                    s.setInt(1, i);
                    s.addBatch();
                }
                story.tell("batch", s.executeBatch().length);
            }
            try (Statement s = other.createStatement();
                    ResultSet rows = s.executeQuery("select count(*) from kept")) {
                story.rows("seen by another before", rows);
            }
            c.commit();
        }
        tellCount(pool, story, "kept");
        // A result and a statement left open are closed with the connection.
        ResultSet left;
        try (Connection c = pool.getConnection()) {
            left = c.createStatement().executeQuery("select id from kept order by id");
            left.next();
        }
        story.tell("left open", left.isClosed());
    }

    private static void tellState(DataSource pool, Story story, String when) throws SQLException {
        try (Connection c = pool.getConnection()) {
            story.tell(when + ", autocommit", c.getAutoCommit());
            story.tell(when + ", read-only", c.isReadOnly());
            story.tell(when + ", isolation", c.getTransactionIsolation());
            story.tell(when + ", catalog", c.getCatalog());
            story.tell(when + ", valid", c.isValid(60));
        }
    }

    private static void tellCount(DataSource pool, Story story, String table) throws SQLException {
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select count(*) from " + table)) {
            story.rows("rows of " + table, rows);
        }
    }
}
