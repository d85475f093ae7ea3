package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/** The driver's budget of round trips to the broker, counted on the wire. */
@Timeout(60)
class RoundTripTest {
    private TestBroker broker;
    private Forwarder wire;
    private Connection c;

    private interface Step {
        void run() throws Exception;
    }

    @BeforeEach
    void connect() throws Exception {
        Database.postgres()
                .prepare(
                        "drop table if exists trips",
                        "create table trips (id serial primary key, name varchar(20))");
        broker = TestBroker.permissive().serve("trips", Database.postgres(), 2);
        wire =
                new Forwarder(
                        new Databases.Server(
                                "127.0.0.1",
                                broker.port(),
                                "trips",
                                TestBroker.USER,
                                TestBroker.PASSWORD));
        c =
                DriverManager.getConnection(
                        "jdbc:gatehouse://127.0.0.1:" + wire.server().port() + "/trips",
                        TestBroker.USER,
                        TestBroker.PASSWORD);
    }

    @AfterEach
    void close() throws SQLException {
        c.close();
        wire.close();
        broker.close();
    }

    private void costs(int trips, String what, Step step) throws Exception {
        wire.takeRoundTrips();
        step.run();
        assertThat(wire.takeRoundTrips()).as(what).isEqualTo(trips);
    }

    private static void read(ResultSet rows) throws SQLException {
        try (rows) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }

    @Test
    void connecting() {
        // The two of SCRAM-SHA-256: the start-up goes with the first.
        assertThat(wire.takeRoundTrips()).isEqualTo(2);
    }

    @Test
    void statements() throws Exception {
        try (Statement s = c.createStatement()) {
            for (int i = 0; i < 2; i++) {
                costs(1, "query", () -> read(s.executeQuery("select 1")));
                costs(1, "change", () -> s.executeUpdate("insert into trips default values"));
                costs(1, "anything", () -> s.execute("select 1 where false"));
                costs(
                        1,
                        "with keys",
                        () -> {
                            s.executeUpdate(
                                    "insert into trips default values",
                                    Statement.RETURN_GENERATED_KEYS);
                            read(s.getGeneratedKeys());
                        });
            }
            costs(0, "warnings", s::getWarnings);
        }
        costs(0, "a statement that nobody ran", () -> c.createStatement().close());
    }

    @Test
    void preparedStatements() throws Exception {
        costs(0, "prepared and closed", () -> c.prepareStatement("select 1").close());
        PreparedStatement s = c.prepareStatement("select ?::int");
        for (int i = 0; i < 7; i++) {
            s.setInt(1, i);
            costs(1, "execution " + i, () -> read(s.executeQuery()));
        }
        costs(0, "close", s::close);
        costs(
                1,
                "the same text again",
                () -> {
                    try (PreparedStatement again = c.prepareStatement("select ?::int")) {
                        again.setInt(1, 1);
                        read(again.executeQuery());
                    }
                });
        costs(
                1,
                "call",
                () -> {
                    try (CallableStatement call = c.prepareCall("{? = call abs(?)}")) {
                        call.registerOutParameter(1, java.sql.Types.INTEGER);
                        call.setInt(2, -7);
                        call.execute();
                        assertThat(call.getInt(1)).isEqualTo(7);
                    }
                });
    }

    @Test
    void rowsThatFitAndRowsThatAreLeft() throws Exception {
        String thousand = "select i from generate_series(1, 1000) i";
        try (Statement s = c.createStatement()) {
            costs(1, "a thousand rows", () -> read(s.executeQuery(thousand)));
            s.setFetchSize(10);
            costs(1, "however many at a time", () -> read(s.executeQuery(thousand)));
        }
        try (Statement s =
                c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            costs(
                    1,
                    "back and forth",
                    () -> {
                        try (ResultSet rows = s.executeQuery(thousand)) {
                            rows.last();
                            rows.first();
                            rows.absolute(500);
                        }
                    });
        }
    }

    @Test
    void batches() throws Exception {
        try (PreparedStatement s = c.prepareStatement("insert into trips (name) values (?)")) {
            for (int size : new int[] {1, 10, 5_000}) {
                for (int i = 0; i < size; i++) {
                    s.setString(1, "row " + i);
                    s.addBatch();
                }
                costs(1, size + " rows", s::executeBatch);
            }
        }
        try (Statement s = c.createStatement()) {
            for (int i = 0; i < 100; i++) {
                s.addBatch("insert into trips (name) values ('" + i + "')");
            }
            costs(1, "texts", s::executeBatch);
        }
    }

    @Test
    void transactions() throws Exception {
        costs(0, "begin", () -> c.setAutoCommit(false));
        costs(0, "nothing to commit", c::commit);
        costs(0, "nothing to roll back", c::rollback);
        for (int i = 0; i < 2; i++) {
            costs(1, "first statement", () -> Talk.run(c, "insert into trips default values"));
            Savepoint[] point = new Savepoint[1];
            costs(1, "savepoint", () -> point[0] = c.setSavepoint());
            costs(1, "back to it", () -> c.rollback(point[0]));
            costs(1, "released", () -> c.releaseSavepoint(point[0]));
            costs(1, "commit", c::commit);
            costs(1, "statement", () -> Talk.run(c, "insert into trips default values"));
            costs(1, "rollback", c::rollback);
        }
        costs(0, "autocommit", () -> c.setAutoCommit(true));
    }

    @Test
    void settingsRideAlong() throws Exception {
        costs(
                0,
                "settings",
                () -> {
                    c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    c.setReadOnly(true);
                    c.setSchema("public");
                    c.setClientInfo("ApplicationName", "trips");
                    c.setClientInfo(
                            "traceparent",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
                    c.setNetworkTimeout(Runnable::run, 30_000);
                });
        costs(1, "with the next statement", () -> Talk.run(c, "select 1"));
        costs(
                0,
                "asked for",
                () -> {
                    assertThat(c.getSchema()).isEqualTo("public");
                    assertThat(c.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    assertThat(c.isReadOnly()).isTrue();
                });
    }

    @Test
    void metadata() throws Exception {
        DatabaseMetaData data = c.getMetaData();
        costs(1, "all scalars at once", data::getDatabaseProductName);
        costs(
                0,
                "scalars",
                () -> {
                    data.getDatabaseProductVersion();
                    data.getIdentifierQuoteString();
                    data.supportsSavepoints();
                    c.getMetaData().getMaxConnections();
                });
        costs(1, "tables", () -> read(data.getTables(null, null, "trips", null)));
        try (PreparedStatement s = c.prepareStatement("select id, name from trips where id = ?")) {
            costs(1, "columns", () -> s.getMetaData().getColumnTypeName(1));
            costs(1, "parameters", () -> s.getParameterMetaData().getParameterType(1));
        }
    }

    @Test
    void life() throws Exception {
        costs(1, "valid", () -> assertThat(c.isValid(5)).isTrue());
        c.close();
        // Its farewell has no answer.
        assertThat(wire.takeRoundTrips()).as("close").isLessThanOrEqualTo(1);
        assertThat(c.isValid(5)).isFalse();
    }
}
