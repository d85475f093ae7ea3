package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.jdbc.GatehouseConnectionPoolDataSource;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;

/** A pool of the application's: one session, many handles, and events (JDBC 4.3, chapter 11). */
@Timeout(60)
class PooledConnectionTest {
    private TestBroker broker;
    private PooledConnection pooled;
    private final List<String> events = new ArrayList<>();

    private final class Listener implements ConnectionEventListener, StatementEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            assertThat(event.getSource()).isSameAs(pooled);
            events.add("closed");
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            events.add("error " + event.getSQLException().getSQLState());
        }

        @Override
        public void statementClosed(StatementEvent event) {
            events.add("statement closed");
        }

        @Override
        public void statementErrorOccurred(StatementEvent event) {
            events.add("statement error " + event.getSQLException().getSQLState());
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.permissive().serve("db", Database.postgres(), 2);
        GatehouseConnectionPoolDataSource source = new GatehouseConnectionPoolDataSource();
        source.setUrl(broker.url("db"));
        source.setUser(TestBroker.USER);
        source.setPassword(TestBroker.PASSWORD);
        source.setProperty("moveTimeout", "0");
        pooled = source.getPooledConnection();
        Listener listener = new Listener();
        pooled.addConnectionEventListener(listener);
        pooled.addStatementEventListener(listener);
    }

    @AfterEach
    void stop() throws Exception {
        pooled.close();
        broker.close();
    }

    @Test
    void aHandleGivesTheSessionBack() throws Exception {
        Connection first = pooled.getConnection();
        assertThat(ask(first, "select 1")).isEqualTo("1");
        first.close();
        first.close();
        assertThat(events).containsExactly("closed");
        assertThat(first.isClosed()).isTrue();
        assertThat(first.isValid(1)).isFalse();
        assertThat(state(first::createStatement)).isEqualTo("08003");
        Connection second = pooled.getConnection();
        assertThat(ask(second, "select 2")).isEqualTo("2");
        assertThat(broker.sessions().views()).hasSize(1);
    }

    @Test
    void aNewHandleEndsTheOneBeforeWithoutAnEvent() throws Exception {
        Connection first = pooled.getConnection();
        first.setAutoCommit(false);
        run(first, "create temporary table left_open (id int)");
        var statement = first.createStatement();
        Connection second = pooled.getConnection();
        assertThat(events).isEmpty();
        assertThat(first.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThat(second.getAutoCommit()).isTrue();
        assertThat(state(() -> run(second, "select * from left_open"))).isEqualTo("42P01");
    }

    @Test
    void statementsOfAHandleGoWithItAndTellSo() throws Exception {
        Connection handle = pooled.getConnection();
        PreparedStatement own = handle.prepareStatement("select 1");
        PreparedStatement left = handle.prepareStatement("select 2");
        own.executeQuery();
        left.executeQuery();
        assertThat(own.getConnection()).isSameAs(handle);
        own.close();
        assertThat(events).containsExactly("statement closed");
        handle.close();
        assertThat(left.isClosed()).isTrue();
        assertThat(events).containsExactly("statement closed", "statement closed", "closed");
    }

    @Test
    void anErrorOfAStatementIsNotOneOfTheConnection() throws Exception {
        Connection handle = pooled.getConnection();
        assertThat(state(() -> run(handle, "select nothing from nowhere"))).isEqualTo("42P01");
        assertThat(events).isEmpty();
    }

    @Test
    void theEndOfTheSessionIsToldBeforeTheApplicationHearsOfIt() throws Exception {
        Connection handle = pooled.getConnection();
        PreparedStatement statement = handle.prepareStatement("select 1");
        statement.executeQuery().close();
        broker.drain(Duration.ZERO);
        broker.close();
        // A broker that ends says so, if it is heard in time.
        assertThat(failure(statement)).matches("08.*|57P01");
        assertThat(events).hasSize(2).first().asString().matches("error (08.*|57P01)");
        assertThat(events.get(1)).matches("statement error (08.*|57P01)");
        assertThat(state(pooled::getConnection)).isEqualTo("08003");
    }

    private static String failure(PreparedStatement statement) {
        try {
            statement.executeQuery();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void listenersCanLeave() throws Exception {
        Listener gone = new Listener();
        pooled.addConnectionEventListener(gone);
        pooled.removeConnectionEventListener(gone);
        pooled.getConnection().close();
        assertThat(events).containsExactly("closed");
    }
}
