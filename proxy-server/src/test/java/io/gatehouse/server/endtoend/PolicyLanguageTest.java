package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.gate.Approval;
import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What rules can look for and decide, through both doors and at a real database. */
@Timeout(60)
class PolicyLanguageTest {
    private static final Pattern TOKEN = Pattern.compile("/\\* confirm:\\S+ \\*/");

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker =
                TestBroker.with(
                        """
                        policy: 1
                        default: allow
                        rules:
                          - name: sure
                            match: {verbs: [delete]}
                            decide: confirm
                            reason: rows go away
                          - name: four-eyes
                            match: {verbs: [truncate]}
                            decide: approve
                            reason: everything goes away
                            approvers: {users: [root]}
                          - name: sales-only-for-reading
                            match: {relations: [sales.*], access: write}
                            decide: deny
                            reason: sales are booked elsewhere
                          - name: not-by-excel
                            match: {applications: ["excel*"]}
                            decide: deny
                            reason: use the report
                          - name: not-by-sheets
                            match: {applications: ["*sheets*"], functions: [lower]}
                            decide: deny
                            reason: use the report
                          - name: not-as-reporter
                            match: {roles: [reporter], verbs: [insert]}
                            decide: deny
                            reason: reporters do not write
                          - name: watched
                            match: {functions: [upper]}
                            decide: deny
                            reason: x
                            mode: observe
                          - name: small
                            match: {functions: [generate_series]}
                            max-bytes: 64KiB
                          - name: one-at-a-time
                            match: {functions: [pg_sleep, sqrt]}
                            concurrent: {statements: 1}
                        """);
        broker.serve("one", Database.postgres(), 2);
        Database.postgres()
                .prepare(
                        "drop schema if exists sales cascade",
                        "drop role if exists reporter",
                        "create role reporter",
                        "create schema sales",
                        "create table sales.booked (id int)");
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
                        "drop table if exists booked",
                        "create table booked as select i as id from generate_series(1, 3) i");
        broker.forgetStatements();
    }

    private static String count() throws SQLException {
        try (Connection c = Database.postgres().direct()) {
            return ask(c, "select count(*) from booked");
        }
    }

    private static Ledger.Entry last(String sql) throws Exception {
        Talk.eventually("a record of " + sql, () -> !of(sql).isEmpty());
        return of(sql).getLast();
    }

    private static List<Ledger.Entry> of(String sql) {
        return broker.statements().stream()
                .filter(e -> e.normalized().replace(" (", "(").equals(sql))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aStatementIsConfirmedByItsToken(Door door) throws Exception {
        String sql = "delete from public.booked where id = 1";
        try (Connection c = door.connect(broker, "one")) {
            SQLException refused = Talk.failure(() -> run(c, sql));
            assertThat(refused.getSQLState()).isEqualTo("42501");
            assertThat(refused.getMessage()).contains("\"sure\" asks you to confirm");
            assertThat(count()).isEqualTo("3");
            assertThat(last("delete from public.booked where id = ?").judgement().outcome())
                    .isEqualTo(Ledger.Outcome.CONFIRM);
            Matcher token = TOKEN.matcher(refused.getMessage());
            assertThat(token.find()).as(refused.getMessage()).isTrue();
            run(c, token.group() + " " + sql);
            assertThat(count()).isEqualTo("2");
            assertThat(last("delete from public.booked where id = ?").allowed()).isTrue();

            String prepared = "delete from public.booked where id = ?";
            SQLException asked = Talk.failure(() -> delete(c, prepared, 2));
            Matcher second = TOKEN.matcher(asked.getMessage());
            assertThat(second.find()).isTrue();
            delete(c, second.group() + prepared, 2);
        }
        assertThat(count()).isEqualTo("1");
    }

    private static void delete(Connection c, String sql, int id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setInt(1, id);
            s.executeUpdate();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatementWaitsForSomebodyElse(Door door) throws Exception {
        String sql = "truncate public.booked /* " + door + " */";
        try (Connection c = door.connect(broker, "one")) {
            SQLException refused = Talk.failure(() -> run(c, sql));
            Approval waiting = broker.approvals().all().getLast();
            assertThat(waiting.user()).isEqualTo(TestBroker.USER);
            assertThat(refused.getMessage()).contains("four-eyes", waiting.id());
            assertThat(last("truncate public.booked").judgement().outcome())
                    .isEqualTo(Ledger.Outcome.APPROVE);
            assertThat(count()).isEqualTo("3");
            broker.approvals().decide(waiting.id(), "root", Set.of(), true);
            run(c, sql);
            assertThat(count()).isEqualTo("0");
            assertThat(last("truncate public.booked").judgement().approvals())
                    .containsExactly(waiting.id() + " by root");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableIsWhereTheSessionLooksForIt(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            // Nobody knows the search path that the database itself gives.
            assertThat(state(() -> run(c, "insert into booked values (4)"))).isEqualTo("42501");
            run(c, "set search_path to public");
            run(c, "insert into booked values (4)");
            run(c, "set search_path to sales, public");
            assertThat(state(() -> run(c, "insert into booked values (5)"))).isEqualTo("42501");
            c.setAutoCommit(false);
            run(c, "set search_path to public");
            run(c, "insert into booked values (6)");
            c.rollback();
            assertThat(state(() -> run(c, "insert into booked values (7)"))).isEqualTo("42501");
            c.rollback();
            c.setAutoCommit(true);
            run(c, "set search_path to public");
            c.setAutoCommit(false);
            run(c, "set local search_path to sales, public");
            assertThat(state(() -> run(c, "insert into booked values (8)"))).isEqualTo("42501");
            c.rollback();
            ask(c, "select set_config('search_path', 'sales', true)");
            assertThat(state(() -> run(c, "insert into booked values (9)"))).isEqualTo("42501");
            c.rollback();
            c.setAutoCommit(true);
        }
        assertThat(count()).isEqualTo("4");
    }

    @ParameterizedTest
    @EnumSource
    void aRoleIsWhatTheSessionTook(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            run(c, "set search_path to public");
            run(c, "insert into booked values (4)");
            run(c, "set role reporter");
            SQLException refused = Talk.failure(() -> run(c, "insert into booked values (5)"));
            assertThat(refused.getMessage()).contains("not-as-reporter");
            run(c, "set role none");
            run(c, "insert into booked values (6)");
        }
        assertThat(count()).isEqualTo("5");
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationIsWhatItCallsItselfNow(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            assertThat(ask(c, "select 1")).isEqualTo("1");
            run(c, "set application_name = 'Excel 16'");
            assertThat(Talk.failure(() -> ask(c, "select 1")).getMessage())
                    .contains("not-by-excel");
        }
    }

    private static Connection as(Door door, String application) throws SQLException {
        return switch (door) {
            case DRIVER -> {
                String url = broker.url("one") + "?applicationName=" + application;
                yield DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
            }
            // The name comes with the start-up message, and not by a SET behind it.
            case PGJDBC ->
                    broker.connectAsPostgres(
                            "one", "ApplicationName", application, "assumeMinServerVersion", "12");
        };
    }

    @ParameterizedTest
    @EnumSource
    void anApplicationIsWhatItCalledItselfWhenItCame(Door door) throws Exception {
        String sql = "select lower('A')";
        try (Connection c = as(door, "My-Sheets")) {
            assertThat(state(() -> ask(c, sql))).isEqualTo("42501");
            run(c, "set application_name = 'other'");
            assertThat(ask(c, sql)).isEqualTo("a");
            run(c, "reset application_name");
            assertThat(state(() -> ask(c, sql))).isEqualTo("42501");
            c.setClientInfo("ApplicationName", "other");
            assertThat(ask(c, sql)).isEqualTo("a");
            c.setClientInfo("ApplicationName", "sheets");
            assertThat(state(() -> ask(c, sql))).isEqualTo("42501");
            assertThat(ask(c, "select set_config('application_name', 'other', false)"))
                    .isEqualTo("other");
            assertThat(ask(c, sql)).isEqualTo("a");
            run(c, "discard all");
            assertThat(state(() -> ask(c, sql))).isEqualTo("42501");
            c.setAutoCommit(false);
            run(c, "set application_name = 'it''s other'");
            assertThat(ask(c, sql)).isEqualTo("a");
            c.rollback();
            assertThat(state(() -> ask(c, sql))).isEqualTo("42501");
            c.rollback();
            c.setAutoCommit(true);
        }
        try (Connection c = as(door, "other")) {
            assertThat(ask(c, sql)).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatObservesIsOnRecordOnly(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            assertThat(ask(c, "select upper('a')")).isEqualTo("A");
        }
        Ledger.Entry entry = last("select upper(?)");
        assertThat(entry.allowed()).isTrue();
        assertThat(entry.judgement().observed()).containsExactly("watched deny");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerIsNotLargerThanItMayBe(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            assertThat(ask(c, "select count(*) from generate_series(1, 100000)"))
                    .isEqualTo("100000");
            SQLException refused =
                    Talk.failure(
                            () -> ask(c, "select repeat('x', 1000) from generate_series(1, 1000)"));
            assertThat(refused.getSQLState()).isEqualTo("54000");
            assertThat(refused.getMessage()).contains("65536 bytes", "\"small\"");
            assertThat(ask(c, "select 2")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceIsFreeAgainHoweverTheStatementEnds(Door door) throws Exception {
        try (Connection busy = door.connect(broker, "one");
                Connection c = door.connect(broker, "one")) {
            Thread sleeper =
                    Thread.ofVirtual()
                            .start(() -> {
                                // The other's question may hold the place at that moment.
                                while ("53400".equals(stateOf(busy, "select pg_sleep(60)"))) {
                                    Thread.onSpinWait();
                                }
                            });
            Talk.eventually(
                    "the place is taken", () -> "53400".equals(stateOf(c, "select sqrt(4)")));
            busy.abort(Runnable::run);
            sleeper.join();
            Talk.eventually("the place is free", () -> stateOf(c, "select sqrt(4)").isEmpty());
            assertThat(stateOf(c, "select sqrt(-4)")).isEqualTo("2201F");
            assertThat(stateOf(c, "select sqrt(4), nothing")).isEqualTo("42703");
            assertThat(stateOf(c, "select sqrt(4)")).isEmpty();
        }
    }

    private static String stateOf(Connection c, String sql) {
        try {
            ask(c, sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
