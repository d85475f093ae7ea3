package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A new policy holds for the next statement of everybody, whatever was prepared before. */
@Timeout(60)
class ChangedPolicyTest {
    private static final String OPEN = "policy: 1\ndefault: allow\n";
    private static final String CLOSED =
            """
            policy: 1
            default: allow
            rules:
              - name: closed
                match: {relations: [ledger]}
                decide: deny
                reason: the books are closed
            """;

    @TempDir private Path dir;
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.with(OPEN);
        List<TestBroker.Database> all =
                List.of(
                        TestBroker.Database.postgres(),
                        TestBroker.Database.mariadb(),
                        TestBroker.Database.sqlite(dir.resolve("ledger.db")),
                        TestBroker.Database.h2());
        for (TestBroker.Database database : all) {
            broker.serveKept(database.kind(), database, 2);
            database.prepare(
                    "drop table if exists ledger",
                    "create table ledger (id int primary key)",
                    "insert into ledger values (1)");
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static void closed(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessageContaining("closed");
    }

    private void check(Connection connection, boolean inTransaction) throws Exception {
        broker.change(OPEN);
        connection.setAutoCommit(!inTransaction);
        try (PreparedStatement prepared =
                connection.prepareStatement("select id from ledger where id = ?")) {
            for (int i = 0; i < 7; i++) {
                // Often enough for the drivers to keep it prepared at the server.
                prepared.setInt(1, 1);
                assertThat(prepared.execute()).isTrue();
            }
            broker.change(CLOSED);
            closed(prepared::execute);
        }
        if (inTransaction) {
            connection.rollback();
        }
        try (Statement statement = connection.createStatement()) {
            closed(() -> statement.execute("select id from ledger"));
            if (inTransaction) {
                connection.rollback();
            }
            assertThat(statement.execute("select 1")).isTrue();
            statement.addBatch("delete from ledger where id = 1");
            closed(statement::executeBatch);
        }
        if (inTransaction) {
            connection.rollback();
        }
        broker.change(OPEN);
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select id from ledger")).isTrue();
        }
        if (inTransaction) {
            connection.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite", "h2"})
    void holdsForWhatWasPreparedBefore(String kind) throws Exception {
        for (boolean inTransaction : List.of(false, true)) {
            try (Connection connection = broker.connect(kind)) {
                check(connection, inTransaction);
            }
            // In simple mode the driver writes casts of PostgreSQL's own into the text.
            boolean own = kind.equals("postgresql");
            for (String mode : own ? List.of("simple", "extended") : List.of("extended")) {
                try (Connection connection =
                        broker.connectAsPostgres(kind, "preferQueryMode", mode)) {
                    check(connection, inTransaction);
                }
            }
        }
    }
}
