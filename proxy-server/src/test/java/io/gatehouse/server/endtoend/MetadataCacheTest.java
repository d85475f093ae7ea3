package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The driver asks for the same metadata once, until a definition may have changed. */
@Timeout(60)
class MetadataCacheTest {
    @AutoClose private static TestBroker broker;
    @AutoClose private static Forwarder counter;

    private Connection c;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive().serve("db", Database.postgres(), 4);
        counter =
                new Forwarder(new Databases.Server("127.0.0.1", broker.port(), "db", "tester", ""));
    }

    private static Connection connect(String properties) throws SQLException {
        String url = "jdbc:gatehouse://127.0.0.1:" + counter.server().port() + "/db" + properties;
        return DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
    }

    @BeforeEach
    void connect() throws SQLException {
        c = connect("");
        run(c, "drop table if exists remembered, remembered_too");
        run(c, "create table remembered (id int)");
    }

    @AfterEach
    void leave() throws SQLException {
        c.close();
    }

    private static List<String> tables(Connection c) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = c.getMetaData().getTables(null, null, "remembered%", null)) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private int trips(Connection on, String... expected) throws SQLException {
        counter.takeRoundTrips();
        assertThat(tables(on)).containsExactlyInAnyOrder(expected);
        return counter.takeRoundTrips();
    }

    @Test
    void theSameQuestionIsAskedOnce() throws Exception {
        assertThat(trips(c, "remembered")).isEqualTo(1);
        assertThat(trips(c, "remembered")).isZero();
        run(c, "select 1");
        run(c, "insert into remembered values (1)");
        assertThat(trips(c, "remembered")).isZero();
        counter.takeRoundTrips();
        c.getMetaData().getTables(null, null, "another", null).close();
        assertThat(counter.takeRoundTrips()).isEqualTo(1);
    }

    @Test
    void definitionsOfItsOwnEmptyIt() throws Exception {
        tables(c);
        run(c, "create table remembered_too (id int)");
        assertThat(trips(c, "remembered", "remembered_too")).isEqualTo(1);
        run(c, "select 1 as id into temporary remembered_for_now");
        assertThat(trips(c, "remembered", "remembered_for_now", "remembered_too")).isEqualTo(1);
    }

    @Test
    void definitionsOfTheSameProcessEmptyIt() throws Exception {
        tables(c);
        try (Connection other = connect("")) {
            run(other, "create table remembered_too (id int)");
            assertThat(trips(c, "remembered", "remembered_too")).isEqualTo(1);
            other.setAutoCommit(false);
            run(other, "drop table remembered_too");
            other.commit();
            assertThat(trips(c, "remembered")).isEqualTo(1);
        }
    }

    @Test
    void aRollbackEmptiesIt() throws Exception {
        c.setAutoCommit(false);
        run(c, "create table remembered_too (id int)");
        assertThat(trips(c, "remembered", "remembered_too")).isEqualTo(1);
        c.rollback();
        assertThat(trips(c, "remembered")).isEqualTo(1);
    }

    @Test
    void aBatchEmptiesIt() throws Exception {
        tables(c);
        try (var s = c.createStatement()) {
            s.addBatch("create table remembered_too (id int)");
            s.executeBatch();
        }
        assertThat(trips(c, "remembered", "remembered_too")).isEqualTo(1);
    }

    @Test
    void canBeLeftOut() throws Exception {
        try (Connection without = connect("?metadataCache=0")) {
            tables(without);
            assertThat(trips(without, "remembered")).isEqualTo(1);
        }
    }
}
