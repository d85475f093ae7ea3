package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The same rules hold at every door, and each statement leaves a record. */
@Timeout(60)
class PolicyDoorsTest {
    private static final String ALL = "delete from guarded";

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.withDefaultPolicy();
        broker.serve("one", Database.postgres(), 1);
    }

    @AfterAll
    static void stop() throws Exception {
        quiet(broker);
        broker.close();
    }

    @BeforeEach
    void rows() throws SQLException {
        Database.postgres()
                .prepare(
                        "drop table if exists guarded",
                        "create table guarded as select i as id from generate_series(1, 3) i");
        broker.forgetStatements();
    }

    private static void untouched() throws SQLException {
        try (Connection c = Database.postgres().direct()) {
            assertThat(ask(c, "select count(*) from guarded")).isEqualTo("3");
        }
    }

    private static void refusedWithItsRule(SQLException refused) throws SQLException {
        assertThat(refused.getSQLState()).isEqualTo("42501");
        assertThat(refused.getMessage()).contains("no-unbounded-change").contains("dd a WHERE");
        untouched();
    }

    @ParameterizedTest
    @EnumSource
    void aStatement(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            refusedWithItsRule(Talk.failure(() -> run(c, ALL)));
            assertThat(ask(c, "select count(*) from guarded")).isEqualTo("3");
        }
        Ledger.Entry denied = only(ALL);
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.judgement().rule()).isEqualTo("no-unbounded-change");
        assertThat(denied.session().user()).isEqualTo(TestBroker.USER);
        Ledger.Entry allowed = only("select count(*) from guarded");
        assertThat(allowed.allowed()).isTrue();
        assertThat(allowed.ending().rows()).isEqualTo(1);
        assertThat(allowed.ending().fault()).isNull();
    }

    private static Ledger.Entry only(String sql) throws Exception {
        Talk.eventually("a record of " + sql, () -> !of(sql).isEmpty());
        assertThat(of(sql)).hasSize(1);
        return of(sql).getFirst();
    }

    private static List<Ledger.Entry> of(String sql) {
        return broker.statements().stream()
                .filter(e -> e.normalized().equalsIgnoreCase(sql))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aPreparedStatement(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            refusedWithItsRule(
                    Talk.failure(() -> {
                        try (PreparedStatement s = c.prepareStatement(ALL)) {
                            s.executeUpdate();
                        }
                    }));
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void everyModeOfPgjdbc(String mode) throws Exception {
        try (Connection c = broker.connectAsPostgres("one", "preferQueryMode", mode)) {
            for (int i = 0; i < 7; i++) {
                refusedWithItsRule(
                        Talk.failure(() -> {
                            try (PreparedStatement s = c.prepareStatement(ALL)) {
                                s.executeUpdate();
                            }
                        }));
            }
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatch(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one");
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.addBatch("delete from guarded where id = 1");
            s.addBatch(ALL);
            SQLException refused = Talk.failure(s::executeBatch);
            assertThat((Object) refused).isInstanceOf(BatchUpdateException.class);
            assertThat(refused.getSQLState()).isEqualTo("42501");
            c.rollback();
        }
        untouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aTransactionWithARefusedStatementIsNotCommitted(String mode) throws Exception {
        try (Connection c = broker.connectAsPostgres("one", "preferQueryMode", mode)) {
            run(c, "begin");
            run(c, "update guarded set id = 9 where id = 1");
            assertThat(state(() -> run(c, ALL))).isEqualTo("42501");
            assertThat(state(() -> run(c, "insert into guarded values (10)"))).isEqualTo("25P02");
            run(c, "commit");
            assertThat(ask(c, "select sum(id) from guarded")).isEqualTo("6");
            run(c, "begin");
            assertThat(state(() -> run(c, ALL))).isEqualTo("42501");
            assertThat(state(() -> run(c, "select 1"))).isEqualTo("25P02");
            run(c, "commit");
            assertThat(ask(c, "select sum(id) from guarded")).isEqualTo("6");
        }
        untouched();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void norThroughTheDriver(boolean block) throws Exception {
        try (Connection c = broker.connect("one")) {
            c.setAutoCommit(block);
            for (String first : List.of("update guarded set id = 9 where id = 1", "select 1")) {
                run(c, block ? "begin" : "select 2");
                run(c, first);
                assertThat(state(() -> run(c, ALL))).isEqualTo("42501");
                assertThat(state(() -> run(c, "insert into guarded values (10)")))
                        .isEqualTo("25P02");
                if (block) {
                    run(c, "commit");
                } else {
                    c.commit();
                }
                assertThat(ask(c, "select sum(id) from guarded")).isEqualTo("6");
            }
        }
        untouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "driver"})
    void whatCameBeforeASavepointOutlivesARefusal(String mode) throws Exception {
        try (Connection c =
                mode.equals("driver")
                        ? broker.connect("one")
                        : broker.connectAsPostgres("one", "preferQueryMode", mode)) {
            run(c, "begin");
            run(c, "update guarded set id = 9 where id = 1");
            run(c, "savepoint here");
            assertThat(state(() -> run(c, ALL))).isEqualTo("42501");
            run(c, "rollback to here");
            run(c, "insert into guarded values (10)");
            run(c, "commit");
            assertThat(ask(c, "select sum(id) from guarded")).isEqualTo("24");
        }
    }

    @ParameterizedTest
    @EnumSource
    void preparedInSql(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            assertThat(state(() -> run(c, "prepare all_of_it as " + ALL))).isEqualTo("42501");
            assertThat(state(() -> run(c, "explain analyze " + ALL))).isEqualTo("42501");
            assertThat(state(() -> run(c, "with gone as (" + ALL + " returning *) table gone")))
                    .isEqualTo("42501");
            assertThat(state(() -> run(c, "select 1; " + ALL))).isEqualTo("42501");
            assertThat(state(() -> run(c, "do $$ begin " + ALL + "; end $$"))).isEqualTo("42501");
        }
        untouched();
    }

    @ParameterizedTest
    @EnumSource
    void aFailedStatementIsOnRecordWithItsFault(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            assertThat(state(() -> run(c, "select * from nowhere_to_be_found"))).isEqualTo("42P01");
        }
        Ledger.Entry failed = only("select * from nowhere_to_be_found");
        assertThat(failed.allowed()).isTrue();
        assertThat(String.valueOf(failed.ending().fault())).contains("42P01");
    }
}
