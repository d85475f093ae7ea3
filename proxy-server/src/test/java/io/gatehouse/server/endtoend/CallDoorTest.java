package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** A call is read by the policy, leaves nothing to the next client, and streams its cursors. */
@Timeout(60)
class CallDoorTest {
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.withDefaultPolicy();
        broker.serve("one", Database.postgres(), 1);
        try (Connection c = Database.postgres().direct()) {
            run(c, "drop table if exists called");
            run(c, "create table called (id int)");
            run(
                    c,
                    "create or replace function leave_behind() returns void language plpgsql as"
                            + " $$ begin perform set_config('gatehouse.left', 'secret', false); end"
                            + " $$");
            run(
                    c,
                    "create or replace function many(n int) returns refcursor language plpgsql as"
                            + " $$ declare c refcursor; begin open c for select i, repeat('x', 100)"
                            + " from generate_series(1, n) i; return c; end $$");
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one-statement | {call now()}; delete from called",
                "understood-only | {call now() delete from called}",
                "understood-only | {call abs((select max(id) from called))}",
                "no-dangerous-functions | {? = call pg_read_file('/etc/passwd')}",
                "no-dangerous-functions | {? = call pg_reload_conf}",
                "no-dangerous-functions | {call length(pg_read_file('/etc/passwd'))}"
            })
    void whatIsInTheEscapeIsJudged(String rule, String call) throws Exception {
        try (Connection c = broker.connect("one")) {
            SQLException refused =
                    Talk.failure(() -> {
                        try (CallableStatement s = c.prepareCall(call)) {
                            s.execute();
                        }
                    });
            assertThat(refused.getSQLState()).isEqualTo("42501");
            assertThat(refused.getMessage()).contains(rule);
        }
    }

    @Test
    void whatACallLeavesIsGone() throws Exception {
        try (Connection c = broker.connect("one")) {
            try (CallableStatement s = c.prepareCall("{call leave_behind()}")) {
                s.execute();
            }
        }
        try (Connection c = broker.connect("one")) {
            assertThat(ask(c, "select coalesce(current_setting('gatehouse.left', true), '')"))
                    .isEmpty();
        }
    }

    @Test
    void aLargeCursorIsReadAsItComesAndLeftAtAnyPlace() throws Exception {
        try (Connection c = broker.connect("one")) {
            c.setAutoCommit(false);
            assertThat(read(c, 100_000, Integer.MAX_VALUE)).isEqualTo(100_000);
            assertThat(read(c, 100_000, 10)).isEqualTo(10);
            assertThat(ask(c, "select 1")).isEqualTo("1");
            c.commit();
        }
    }

    private static int read(Connection c, int rows, int most) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call many(?)}")) {
            s.registerOutParameter(1, Types.REF_CURSOR);
            s.setInt(2, rows);
            s.execute();
            int count = 0;
            try (ResultSet all = s.getObject(1, ResultSet.class)) {
                while (count < most && all.next()) {
                    count++;
                    assertThat(all.getInt(1)).isEqualTo(count);
                }
            }
            return count;
        }
    }
}
