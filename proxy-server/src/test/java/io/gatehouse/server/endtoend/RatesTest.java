package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much somebody may take in a time, and what those are told who took it. */
@Timeout(60)
class RatesTest {
    private static final Pattern LATER = Pattern.compile("Try again in (\\d+) ms\\.");

    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker =
                TestBroker.with(
                                """
                                policy: 1
                                default: allow
                                rules:
                                  - name: few-bytes
                                    match: {functions: [repeat]}
                                    rate: {bytes: 64KiB, per: 1h}
                                  - name: few-rows
                                    match: {functions: [generate_series]}
                                    rate: {rows: 100, per: 1h, scope: rule}
                                  - name: seldom
                                    match: {functions: [sqrt]}
                                    rate: {statements: 2, per: 2s, scope: connection}
                                  - name: changes
                                    match: {verbs: [update]}
                                    rate: {statements: 2, per: 1h, scope: group}
                                """)
                        .serve("one", Database.postgres(), 2)
                        .serve("two", Database.postgres(), 2);
        Database.postgres()
                .prepare("drop table if exists rated", "create table rated as select 1 as id");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static long refused(Connection c, String sql, String what, String rule) {
        SQLException refused = Talk.failure(() -> ask(c, sql));
        assertThat(refused.getSQLState()).isEqualTo("53400");
        assertThat(refused.getMessage())
                .contains("too many " + what + ": limit of policy rule \"" + rule + "\" reached");
        Matcher later = LATER.matcher(refused.getMessage());
        assertThat(later.find()).as(refused.getMessage()).isTrue();
        return Long.parseLong(later.group(1));
    }

    @ParameterizedTest
    @EnumSource
    void bytesOfAUser(Door door) throws Exception {
        String small = "select repeat('x', 20000)";
        try (Connection c = door.connect(broker, "one");
                Connection same = door.connect(broker, "two");
                Connection other = broker.connectAsOther("one")) {
            assertThat(ask(c, small)).hasSize(20_000);
            assertThat(ask(c, "select repeat('x', 100000)")).hasSize(100_000);
            long wait = refused(c, small, "bytes", "few-bytes");
            // About 120,000 bytes were taken, of which 65,536 flow back in each hour.
            assertThat(wait).isBetween(2_000_000L, 4_800_000L);
            refused(same, small, "bytes", "few-bytes");
            assertThat(ask(other, small)).hasSize(20_000);
            assertThat(ask(c, "select 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfEverybody(Door door) throws Exception {
        String sql = "select generate_series(1, 150)";
        try (Connection c = door.connect(broker, "one");
                Connection other = broker.connectAsOther("two")) {
            assertThat(ask(c, sql)).isEqualTo("1");
            Talk.eventually("the rows are counted", () -> "53400".equals(Talk.seen(c, sql)));
            refused(other, sql, "rows", "few-rows");
        }
    }

    @ParameterizedTest
    @EnumSource
    void statementsOfAConnection(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one");
                Connection other = broker.connectAsOther("one");
                Connection elsewhere = door.connect(broker, "two")) {
            Talk.eventually("too many", () -> "53400".equals(Talk.seen(c, "select sqrt(4)")));
            long wait = refused(other, "select sqrt(4)", "statements", "seldom");
            assertThat(wait).isBetween(1L, 2_000L);
            assertThat(ask(elsewhere, "select sqrt(4)")).isEqualTo("2");
            Talk.pause(Duration.ofMillis(wait));
            assertThat(ask(other, "select sqrt(4)")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void statementsOfAGroup(Door door) throws Exception {
        String sql = "update rated set id = id where id = 1";
        try (Connection c = door.connect(broker, "one");
                Connection other = broker.connectAsOther("two")) {
            run(c, sql);
            run(other, sql);
            assertThat(Talk.state(() -> run(c, sql))).isEqualTo("53400");
            assertThat(Talk.failure(() -> run(other, sql)).getMessage()).contains("\"changes\"");
        }
    }
}
