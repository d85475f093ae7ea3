package io.gatehouse.server.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Trait;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.kind.Isolation;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.testing.Connections;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Consumer;

/** Two borrowers of a pool of one: nothing of the first is visible to the second. */
class IsolationTest {
    private static final Pools POOLS = new Pools();

    @AfterAll
    static void close() {
        POOLS.close();
    }

    private static List<List<Object>> after(
            LogicalConnection connection, Consumer<Borrower> first, String question) {
        try (Borrower one = Borrower.of(POOLS.of(connection))) {
            first.accept(one);
        }
        try (Borrower two = Borrower.of(POOLS.of(connection))) {
            return two.ok(question).rows;
        }
    }

    private static Consumer<Borrower> opaque(String... texts) {
        return borrower -> {
            for (String sql : texts) {
                Call.Text text = borrower.text(sql, true, Trait.OPAQUE);
                assertThat(borrower.perform(Borrower.run(text, false), new Recorder()))
                        .isInstanceOf(Outcome.Finished.class);
            }
        };
    }

    @Test
    void resetsWhatOpaqueStatementsChangedOnPostgres() {
        LogicalConnection pg = Connections.postgres(1);
        assertThat(after(pg, opaque("SET work_mem = '77MB'"), "SHOW work_mem"))
                .isNotEqualTo(List.of(List.of("77MB")));
        assertThat(after(pg, opaque("SET ROLE pg_read_all_data"), "SELECT current_user::text"))
                .isEqualTo(List.of(List.of("postgres")));
        assertThat(
                        after(
                                pg,
                                opaque("SET SESSION AUTHORIZATION pg_monitor"),
                                "SELECT session_user::text"))
                .isEqualTo(List.of(List.of("postgres")));
        assertThat(
                        after(
                                pg,
                                opaque("CREATE TEMP TABLE secret_temp (i int)"),
                                "SELECT to_regclass('pg_temp.secret_temp') IS NULL"))
                .isEqualTo(List.of(List.of(true)));
        assertThat(
                        after(
                                pg,
                                opaque("SELECT pg_advisory_lock(4711)"),
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .isEqualTo(List.of(List.of(0L)));
        assertThat(
                        after(
                                pg,
                                opaque("PREPARE leftover AS SELECT 1"),
                                "SELECT count(*) FROM pg_prepared_statements"
                                        + " WHERE name = 'leftover'"))
                .isEqualTo(List.of(List.of(0L)));
        assertThat(
                        after(
                                pg,
                                opaque("BEGIN", "CREATE TABLE leftover_table (i int)"),
                                "SELECT to_regclass('leftover_table') IS NULL"))
                .isEqualTo(List.of(List.of(true)));
    }

    @Test
    void keepsServerPreparedStatementsUsableAcrossAReset() {
        LogicalConnection pg = Connections.postgres(1);
        Parameter one = new Parameter(WireTypes.INT4, true, new byte[] {0, 0, 0, 1});
        for (int i = 0; i < 4; i++) {
            try (Borrower borrower = Borrower.of(POOLS.of(pg))) {
                for (int k = 0; k < 4; k++) {
                    assertThat(borrower.ok("SELECT ? + 1", one).rows).containsExactly(List.of(2));
                }
                borrower.lease.markDirty();
            }
        }
    }

    @Test
    void carriesStateAndCorrectsIt() {
        LogicalConnection pg = Connections.postgres(1);
        String question =
                "SELECT current_setting('transaction_isolation') || ' '"
                        + " || current_setting('transaction_read_only') || ' '"
                        + " || current_setting('search_path') || ' '"
                        + " || current_setting('application_name') || ' '"
                        + " || current_setting('work_mem')";
        String pristine;
        try (Borrower one = Borrower.of(POOLS.of(pg))) {
            pristine = (String) one.ok(question).rows.getFirst().getFirst();
            one.state =
                    one.state
                            .withIsolation(Isolation.SERIALIZABLE)
                            .withReadOnly(true)
                            .withSchema("pg_catalog")
                            .withApplicationName("it's \\ mine")
                            .withSetting("work_mem", "'9MB'");
            assertThat(one.ok(question).rows)
                    .containsExactly(List.of("serializable on pg_catalog it's \\ mine 9MB"));
        }
        try (Borrower two = Borrower.of(POOLS.of(pg))) {
            assertThat(two.ok(question).rows).containsExactly(List.of(pristine));
        }
    }

    @Test
    void correctsCarriedStateThatARollbackTookBack() {
        LogicalConnection pg = Connections.postgres(1);
        try (Borrower one = Borrower.of(POOLS.of(pg))) {
            one.ok("SELECT 1", true);
            one.state = one.state.withSetting("work_mem", "'9MB'");
            assertThat(one.ok("SHOW work_mem", true).rows).containsExactly(List.of("9MB"));
            one.transact(Call.Action.ROLLBACK, "");
            assertThat(one.ok("SHOW work_mem").rows).containsExactly(List.of("9MB"));
        }
    }

    @Test
    void leavesNothingBehindOnOtherKinds() {
        LogicalConnection maria = Connections.mariadb(1);
        assertThat(after(maria, opaque("SET @mine = 1"), "SELECT @mine IS NULL"))
                .isEqualTo(List.of(List.of(1)));
        assertThat(
                        after(
                                maria,
                                opaque("SELECT GET_LOCK('mine', 1)"),
                                "SELECT IS_FREE_LOCK('mine')"))
                .isEqualTo(List.of(List.of(1)));
        String isolation = "SELECT @@transaction_isolation";
        try (Borrower one = Borrower.of(POOLS.of(maria))) {
            one.state = one.state.withIsolation(Isolation.READ_UNCOMMITTED).withReadOnly(true);
            assertThat(one.ok(isolation).rows).containsExactly(List.of("READ-UNCOMMITTED"));
            assertThat(one.fails("CREATE TABLE maria_no (i int)", false).sqlState())
                    .isEqualTo("25006");
        }
        try (Borrower two = Borrower.of(POOLS.of(maria))) {
            assertThat(two.ok(isolation).rows).containsExactly(List.of("REPEATABLE-READ"));
        }
        LogicalConnection h2 = Connections.h2(1);
        assertThat(after(h2, opaque("SET @MINE 1"), "SELECT @MINE IS NULL"))
                .isEqualTo(List.of(List.of(true)));
    }

    @Test
    void rollsBackWhatWasLeftOpen() {
        LogicalConnection pg = Connections.postgres(1);
        assertThat(
                        after(
                                pg,
                                one -> {
                                    one.ok("CREATE TABLE left_open (i int)", true);
                                    one.fails("SELECT nonsense", true);
                                    assertThat(one.transaction())
                                            .isEqualTo(TransactionState.FAILED);
                                    assertThat(one.fails("SELECT 1", true).sqlState())
                                            .isEqualTo("25P02");
                                },
                                "SELECT to_regclass('left_open') IS NULL"))
                .isEqualTo(List.of(List.of(true)));
    }

    @Test
    void hidesTheKeysOfTheBorrowerBefore() {
        LogicalConnection pg = Connections.postgres(1);
        try (Borrower one = Borrower.of(POOLS.of(pg))) {
            one.ok("DROP TABLE IF EXISTS key_leak");
            one.ok("CREATE TABLE key_leak (id serial, name text)");
            one.ok("INSERT INTO key_leak (name) VALUES ('x')", true);
            Call.Text own = one.text("SELECT lastval()", true, Trait.SEQUENCE);
            assertThat(one.perform(Borrower.run(own, true), new Recorder()))
                    .isInstanceOf(Outcome.Finished.class);
            one.transact(Call.Action.COMMIT, "");
        }
        try (Borrower two = Borrower.of(POOLS.of(pg))) {
            Call.Text text = two.text("SELECT lastval()", true, Trait.SEQUENCE);
            assertThat(two.perform(Borrower.run(text, false), new Recorder()))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.fault().sqlState()).isEqualTo("55000"));
        }
    }
}
