package io.gatehouse.server.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.testing.Connections;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** What works alike on every kind that can run here. */
class KindsTest {
    private static final Pools POOLS = new Pools();

    @AfterAll
    static void close() {
        POOLS.close();
    }

    static Stream<Named<IntFunction<LogicalConnection>>> kinds() {
        return Stream.of(
                Named.of("postgresql", Connections::postgres),
                Named.of("mariadb", Connections::mariadb),
                Named.of("h2", Connections::h2),
                Named.of("sqlite", Connections::sqlite));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runsStatementsAndTransactions(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            borrower.ok("DROP TABLE IF EXISTS kinds_test");
            borrower.ok("CREATE TABLE kinds_test (id INTEGER PRIMARY KEY, name VARCHAR(40))");
            assertThat(borrower.ok("INSERT INTO kinds_test VALUES (1, 'one')").counts).contains(1L);
            assertThat(borrower.transaction()).isEqualTo(TransactionState.NONE);

            borrower.ok("INSERT INTO kinds_test VALUES (2, 'two')", true);
            assertThat(borrower.transaction()).isEqualTo(TransactionState.OPEN);
            borrower.transact(Call.Action.SAVEPOINT, "here");
            borrower.ok("INSERT INTO kinds_test VALUES (3, 'three')", true);
            borrower.transact(Call.Action.ROLLBACK_TO, "here");
            borrower.transact(Call.Action.COMMIT, "");
            assertThat(borrower.transaction()).isEqualTo(TransactionState.NONE);

            Recorder all = borrower.ok("SELECT name FROM kinds_test ORDER BY id");
            assertThat(all.rows).containsExactly(List.of("one"), List.of("two"));
            assertThat(all.ends).containsExactly(true);

            borrower.ok("DELETE FROM kinds_test", true);
            borrower.transact(Call.Action.ROLLBACK, "");
            Parameter one = new Parameter(WireTypes.INT4, true, new byte[] {0, 0, 0, 1});
            assertThat(borrower.ok("SELECT name FROM kinds_test WHERE id = ?", one).rows)
                    .containsExactly(List.of("one"));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void suspendsAndResumesInsideATransaction(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            borrower.ok("DROP TABLE IF EXISTS kinds_rows");
            borrower.ok("CREATE TABLE kinds_rows (id INTEGER PRIMARY KEY)");
            StringBuilder values = new StringBuilder("(0)");
            for (int i = 1; i < 500; i++) {
                values.append(", (").append(i).append(')');
            }
            borrower.ok("INSERT INTO kinds_rows VALUES " + values);
            Recorder recorder = new Recorder(150);
            Call call = Borrower.run(borrower.text("SELECT id FROM kinds_rows", false), true);
            Outcome outcome = borrower.perform(call, recorder);
            int rounds = 0;
            while (outcome instanceof Outcome.Suspended(Cursor cursor)) {
                recorder.demand.release(150);
                rounds++;
                outcome = borrower.resume(cursor, recorder);
            }
            assertThat(outcome).isInstanceOf(Outcome.Finished.class);
            assertThat(rounds).isEqualTo(3);
            assertThat(recorder.rows).hasSize(500);
            borrower.transact(Call.Action.COMMIT, "");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runsStatementsBesideASuspendedResult(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            borrower.ok("DROP TABLE IF EXISTS kinds_beside");
            borrower.ok("CREATE TABLE kinds_beside (id INTEGER PRIMARY KEY)");
            StringBuilder values = new StringBuilder("(0)");
            for (int i = 1; i < 300; i++) {
                values.append(", (").append(i).append(')');
            }
            borrower.ok("INSERT INTO kinds_beside VALUES " + values);
            Recorder recorder = new Recorder(100);
            Call call =
                    Borrower.run(
                            borrower.text("SELECT id FROM kinds_beside ORDER BY id", false), true);
            Outcome outcome = borrower.perform(call, recorder);
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(borrower.ok("SELECT COUNT(*) FROM kinds_beside", true).rows).hasSize(1);
            borrower.ok("INSERT INTO kinds_beside VALUES (1000)", true);
            recorder.demand.release(1000);
            Cursor cursor = ((Outcome.Suspended) outcome).cursor();
            assertThat(borrower.resume(cursor, recorder)).isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.rows).hasSizeBetween(300, 301);
            assertThat(recorder.rows.subList(0, 300))
                    .extracting(row -> ((Number) row.getFirst()).intValue())
                    .isSorted();
            borrower.transact(Call.Action.COMMIT, "");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runsStatementsBesideAResultOutsideATransaction(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            borrower.ok("DROP TABLE IF EXISTS kinds_auto");
            borrower.ok("CREATE TABLE kinds_auto (id INTEGER PRIMARY KEY)");
            StringBuilder values = new StringBuilder("(0)");
            for (int i = 1; i < 300; i++) {
                values.append(", (").append(i).append(')');
            }
            borrower.ok("INSERT INTO kinds_auto VALUES " + values);
            Recorder recorder = new Recorder(100);
            recorder.mayBlock = false;
            Call call =
                    Borrower.run(
                            borrower.text("SELECT id FROM kinds_auto ORDER BY id", false), false);
            Outcome outcome = borrower.perform(call, recorder);
            assertThat(outcome).isInstanceOf(Outcome.Suspended.class);
            assertThat(borrower.transaction()).isEqualTo(TransactionState.NONE);
            borrower.ok("INSERT INTO kinds_auto VALUES (1000)");
            assertThat(borrower.transaction()).isEqualTo(TransactionState.NONE);
            recorder.demand.release(1000);
            Cursor cursor = ((Outcome.Suspended) outcome).cursor();
            assertThat(borrower.resume(cursor, recorder)).isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.rows).hasSizeBetween(300, 301);
            assertThat(borrower.ok("SELECT COUNT(*) FROM kinds_auto").rows.getFirst().toString())
                    .isEqualTo("[301]");
        }
    }
}
