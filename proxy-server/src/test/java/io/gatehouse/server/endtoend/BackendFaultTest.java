package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A backend that dies takes with it what was on it, and nothing else. */
@Timeout(60)
class BackendFaultTest {
    private static TestBroker broker;
    private static Forwarder cable;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        cable = new Forwarder(Databases.postgres());
        broker.serve("one", Database.postgres(), 1);
        broker.serve("cable", Database.of("postgresql", cable.server()), 1);
        try (Connection c = Database.postgres().direct()) {
            run(c, "drop table if exists slow_commits");
            run(c, "create table slow_commits (id int)");
            run(
                    c,
                    """
                    create or replace function slow_commit() returns trigger language plpgsql as
                    $$ begin perform pg_sleep(1); return null; end $$
                    """);
            run(
                    c,
                    """
                    create constraint trigger slowly after insert on slow_commits
                    deferrable initially deferred for each row execute function slow_commit()
                    """);
            run(
                    c,
                    "do $$ begin create role few login password 'few' connection limit 1;"
                            + " exception when others then null; end $$");
        }
    }

    @AfterAll
    static void stop() {
        cable.close();
        broker.close();
    }

    @AfterEach
    void thePoolHeals() throws Exception {
        quiet(broker);
        for (String name : new String[] {"one", "cable"}) {
            try (Connection c = broker.connect(name)) {
                assertThat(ask(c, "select 3")).isEqualTo("3");
            }
        }
    }

    private static void terminate(String where) throws SQLException {
        try (Connection c = Database.postgres().direct()) {
            ask(
                    c,
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <>"
                            + " pg_backend_pid() and backend_type = 'client backend' and "
                            + where);
        }
    }

    /** Farther than HikariCP would wait for a new connection to answer it. */
    @ParameterizedTest
    @EnumSource
    void farAway(Door door) throws Exception {
        cable.cut();
        cable.delay(Duration.ofMillis(300));
        try (Connection c = door.connect(broker, "cable")) {
            assertThat(ask(c, "select 3")).isEqualTo("3");
        } finally {
            cable.restore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheMiddleOfAStatement(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            CompletableFuture<String> state =
                    meanwhile(() -> state(() -> run(c, "select pg_sleep(20)")));
            Talk.pause(Duration.ofMillis(200));
            terminate("query like '%pg_sleep(20)%'");
            assertThat(Talk.joined(state)).isEqualTo("57P01");
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheMiddleOfAResult(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one");
                Statement s = c.createStatement()) {
            c.setAutoCommit(door == Door.DRIVER);
            s.setFetchSize(100);
            try (ResultSet rows =
                    s.executeQuery("select repeat('x', 1000) from generate_series(1, 300000)")) {
                assertThat(rows.next()).isTrue();
                terminate("query like '%generate_series(1, 300000)%'");
                assertThat(state(() -> readOut(rows))).isIn("57P01", "08006");
            }
            if (door == Door.PGJDBC) {
                c.rollback();
                c.setAutoCommit(true);
            }
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    private static void readOut(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        assertThat(count).as("rows of a result that ended without a failure").isNegative();
    }

    @ParameterizedTest
    @EnumSource
    void inATransaction(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            c.setAutoCommit(false);
            run(c, "create table if not exists never_committed (a int)");
            terminate("state = 'idle in transaction'");
            assertThat(state(() -> run(c, "insert into never_committed values (1)")))
                    .isIn("57P01", "08006");
            // What follows must not run as if its transaction had been there all along.
            c.rollback();
            assertThat(ask(c, "select 3")).isEqualTo("3");
            assertThat(ask(c, "select count(*) from pg_class where relname = 'never_committed'"))
                    .isEqualTo("0");
            c.commit();
            c.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatIsLostDoesNotCommitItsRest(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            run(c, "create table if not exists halves (a int)");
            c.setAutoCommit(false);
            run(c, "insert into halves values (1)");
            terminate("state = 'idle in transaction'");
            assertThat(state(() -> run(c, "insert into halves values (2)"))).isIn("57P01", "08006");
            assertThat(state(() -> run(c, "insert into halves values (3)"))).isEqualTo("25P02");
            if (door == Door.DRIVER) {
                assertThat(state(c::commit)).isEqualTo("40000");
            } else {
                // As with PostgreSQL itself: COMMIT is answered with ROLLBACK.
                c.commit();
            }
            run(c, "select 1");
            c.rollback();
            assertThat(ask(c, "select count(*) from halves")).isEqualTo("0");
            c.rollback();
            c.setAutoCommit(true);
        } finally {
            Database.postgres().prepare("drop table if exists halves");
        }
    }

    @ParameterizedTest
    @EnumSource
    void duringCommit(Door door) throws Exception {
        try (Connection c = door.connect(broker, "cable")) {
            c.setAutoCommit(false);
            run(c, "insert into slow_commits values (1)");
            CompletableFuture<String> state = meanwhile(() -> state(c::commit));
            Talk.pause(Duration.ofMillis(300));
            cable.cut();
            assertThat(Talk.joined(state)).isEqualTo("08007");
        }
        quiet(broker);
        try (Connection c = door.connect(broker, "cable")) {
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void duringCommitWrittenInSql(Door door) throws Exception {
        try (Connection c = door.connect(broker, "cable")) {
            run(c, "begin");
            run(c, "insert into slow_commits values (1)");
            CompletableFuture<String> state = meanwhile(() -> state(() -> run(c, "commit")));
            Talk.pause(Duration.ofMillis(300));
            cable.cut();
            assertThat(Talk.joined(state)).isEqualTo("08007");
        }
    }

    @ParameterizedTest
    @EnumSource
    void duringAnAutocommittedChange(Door door) throws Exception {
        try (Connection c = door.connect(broker, "cable")) {
            CompletableFuture<String> state =
                    meanwhile(() -> state(() -> run(c, "insert into slow_commits values (1)")));
            Talk.pause(Duration.ofMillis(300));
            cable.cut();
            assertThat(Talk.joined(state)).isIn("08006", "08007");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileItsConnectionsAreIdle(Door door) throws Exception {
        try (Connection c = door.connect(broker, "cable")) {
            assertThat(ask(c, "select 3")).isEqualTo("3");
            cable.cut();
            String seen = null;
            for (int i = 0; i < 2 && seen == null; i++) {
                try {
                    seen = ask(c, "select 4");
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).startsWith("08");
                }
            }
            assertThat(seen).isEqualTo("4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void downAltogether(Door door) throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        broker.serve("down", new Database("postgresql", "127.0.0.1", free, "x", "x", "x"), 1);
        long since = System.nanoTime();
        assertThat(state(() -> use(door, "down"))).isEqualTo("08001");
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(6));
    }

    /** The first login of a plain client needs the backend, that of the driver does not. */
    private static void use(Door door, String name) throws SQLException {
        try (Connection c = door.connect(broker, name)) {
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    private static boolean isUsable(Door door, String name) {
        try {
            use(door, name);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void outOfConnections(Door door) throws Exception {
        Databases.Server server = Databases.postgres();
        Database few =
                new Database("postgresql", server.host(), server.port(), "postgres", "few", "few");
        broker.serve("few" + door, few, 2);
        try (Connection hog = few.direct()) {
            assertThat(ask(hog, "select 1")).isEqualTo("1");
            SQLException refused = Talk.failure(() -> use(door, "few" + door));
            assertThat(refused.getSQLState()).isIn("53300", "08001");
            assertThat(refused.getMessage()).containsIgnoringCase("too many connections");
        }
        Talk.eventually("a slot is free", () -> isUsable(door, "few" + door));
        // The role's one connection is the pool's now; other tests want none of it.
        terminate("usename = 'few'");
    }
}
