package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What PostgreSQL's protocol offers besides statements is closed, or goes through the gate. */
@Timeout(60)
class OtherDoorsTest {
    @TempDir static Path dir;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.withDefaultPolicy();
        List<TestBroker.Database> all =
                List.of(
                        TestBroker.Database.postgres(),
                        TestBroker.Database.mariadb(),
                        TestBroker.Database.sqlite(dir.resolve("doors.db")),
                        TestBroker.Database.h2());
        for (TestBroker.Database database : all) {
            broker.serveKept(database.kind(), database, 2);
            database.prepare(
                    "drop table if exists doors",
                    "create table doors (id int primary key)",
                    "insert into doors values (1)");
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private interface Door {
        void open(PGConnection connection) throws Exception;
    }

    /** Closed, and the session behind it still works or is over. */
    private static void closed(String kind, Door door) throws Exception {
        try (Connection connection = broker.connectAsPostgres(kind)) {
            connection.setAutoCommit(false);
            PGConnection raw = connection.unwrap(PGConnection.class);
            assertThatThrownBy(() -> door.open(raw)).isInstanceOf(SQLException.class);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
        }
        try (Connection connection = broker.connectAsPostgres(kind);
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select count(*) from doors")).isTrue();
            assertThat(statement.executeUpdate("update doors set id = 1 where id = 1"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite", "h2"})
    void leadNowhere(String kind) throws Exception {
        // The function-call message, by which drivers open large objects.
        closed(kind, c -> c.getLargeObjectAPI().createLO());
        closed(kind, c -> c.getLargeObjectAPI().open(1L).read(1));
        closed(kind, c -> c.getCopyAPI().copyOut("copy doors to stdout", new StringWriter()));
        closed(kind, c -> c.getCopyAPI().copyIn("copy doors from stdin", new StringReader("2\n")));
        closed(kind, c -> c.getCopyAPI().copyDual("start_replication 0/0"));
        closed(
                kind,
                c ->
                        c.getReplicationAPI()
                                .createReplicationSlot()
                                .logical()
                                .withSlotName("a")
                                .withOutputPlugin("b")
                                .make());
        for (String replication : List.of("true", "database")) {
            assertThatThrownBy(
                            () -> {
                                String[] more = {
                                    "replication", replication, "preferQueryMode", "simple"
                                };
                                try (Connection c = broker.connectAsPostgres(kind, more);
                                        Statement s = c.createStatement()) {
                                    s.execute("identify_system");
                                }
                            })
                    .isInstanceOf(SQLException.class);
        }
    }
}
