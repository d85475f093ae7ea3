package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Meddler;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

/** No client is told that a change is undone which is there. */
@Timeout(60)
class ChangeToldTest {
    private static final int MANY = 100_000;

    private static TestBroker broker;
    private static Meddler meddler;
    private static Connection direct;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        meddler = new Meddler(Databases.postgres(), "told");
        broker.serve("changes", Database.of("postgresql", meddler.server()), 1);
        direct = Database.postgres().direct();
        Talk.run(direct, "drop schema if exists told cascade");
        Talk.run(direct, "create schema told");
        Talk.run(direct, "create table told.changes (what text)");
        Talk.run(direct, "create table told.many (id int, pad text)");
        Talk.run(direct, "create type told.kind as enum ('a')");
    }

    @AfterAll
    static void stop() throws SQLException {
        direct.close();
        meddler.close();
        broker.close();
    }

    private static String there(String what) throws SQLException {
        return Talk.ask(direct, "select count(*) from told.changes where what = '" + what + "'");
    }

    /** The server carries out what it is asked, and speaks of its own end instead of answering. */
    private static Meddler.Trick ends(String state) {
        return (type, body, out) -> {
            if (type == 'Z') {
                error("FATAL", state, "terminating connection", out);
                out.flush();
                throw new IOException("the server has gone");
            }
        };
    }

    private static void error(String severity, String state, String text, DataOutputStream out)
            throws IOException {
        String fields = "S" + severity + "\0V" + severity + "\0C" + state + "\0M" + text + "\0\0";
        Meddler.pass('E', fields.getBytes(StandardCharsets.US_ASCII), out);
    }

    @ParameterizedTest
    @CsvSource({"DRIVER, 57P01", "DRIVER, 57P02", "PGJDBC, 57P01", "PGJDBC, 57P02"})
    void aServerThatSaysItEndedMayHaveMadeTheChange(Door door, String state) throws Exception {
        String what = "autocommit " + door + state;
        meddler.play(ends(state));
        try (Connection c = door.connect(broker, "changes")) {
            String sql = "insert into told.changes values ('" + what + "')";
            assertThat(Talk.state(() -> Talk.run(c, sql))).isEqualTo("08007");
        }
        assertThat(there(what)).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"DRIVER, 57P01", "DRIVER, 57P02", "PGJDBC, 57P01", "PGJDBC, 57P02"})
    void aServerThatSaysItEndedMayHaveCommitted(Door door, String state) throws Exception {
        String what = "commit " + door + state;
        meddler.play(Meddler::pass);
        try (Connection c = door.connect(broker, "changes")) {
            c.setAutoCommit(false);
            Talk.run(c, "insert into told.changes values ('" + what + "')");
            meddler.play(ends(state));
            assertThat(Talk.state(c::commit)).isEqualTo("08007");
        }
        assertThat(there(what)).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void whatOnlyReadsIsToldInTheServersWords(Door door) throws Exception {
        meddler.play(ends("57P01"));
        try (Connection c = door.connect(broker, "changes")) {
            assertThat(Talk.state(() -> Talk.ask(c, "select 'told'"))).isEqualTo("57P01");
        }
        meddler.play(Meddler::pass);
        try (Connection c = door.connect(broker, "changes")) {
            c.setAutoCommit(false);
            meddler.play(ends("57P01"));
            String sql = "insert into told.changes values ('in a transaction')";
            assertThat(Talk.state(() -> Talk.run(c, sql))).isEqualTo("57P01");
        }
        assertThat(there("in a transaction")).isEqualTo("0");
    }

    /** The first statement of a transaction finds its connection dead, and gets another. */
    @ParameterizedTest
    @EnumSource
    void aTransactionThatIsMovedBeforeItBeganIsOne(Door door) throws Exception {
        meddler.play(Meddler::pass);
        String what = "moved " + door;
        try (Connection c = door.connect(broker, "changes")) {
            c.setAutoCommit(false);
            for (boolean commit : new boolean[] {false, true}) {
                String pid = Talk.ask(c, "select pg_backend_pid()");
                c.rollback();
                Talk.run(direct, "select pg_terminate_backend(" + pid + ", 5000)");
                c.setClientInfo("ApplicationName", "moved " + commit);
                Talk.run(c, "insert into told.changes values ('" + what + "')");
                if (commit) {
                    c.commit();
                } else {
                    c.rollback();
                }
                assertThat(there(what)).isEqualTo(commit ? "1" : "0");
            }
        }
    }

    /** The driver asks the server about a type that it meets; the change is made by then. */
    @Test
    void aFailureOfTheBrokersOwnQuestionIsNotTheChanges() throws Exception {
        String what = "question";
        AtomicBoolean made = new AtomicBoolean();
        AtomicBoolean refused = new AtomicBoolean();
        meddler.play((type, body, out) -> {
            if (!made.get()) {
                Meddler.pass(type, body, out);
                made.set(type == 'Z');
            } else if (type == 'Z' || refused.get()) {
                Meddler.pass(type, body, out);
            } else {
                error("ERROR", "57014", "canceling statement due to user request", out);
                refused.set(true);
                // What else the answer has is swallowed up to its end.
                meddler.play((t, b, o) -> {
                    if (t == 'Z') {
                        meddler.play(Meddler::pass);
                        Meddler.pass(t, b, o);
                    }
                });
            }
        });
        try (Connection c = broker.connect("changes")) {
            String sql =
                    "with w as (insert into told.changes values ('"
                            + what
                            + "')) select 'a'::told.kind";
            assertThat(Talk.state(() -> Talk.run(c, sql))).isEqualTo("08007");
        }
        assertThat(refused).isTrue();
        assertThat(there(what)).isEqualTo("1");
    }

    @Test
    void rowsOfAChangeThatNobodyReadsDoNotUndoIt() throws Exception {
        meddler.play(Meddler::pass);
        Talk.run(direct, "truncate told.many");
        try (Connection c = broker.connect("changes");
                Statement s = c.createStatement()) {
            s.setFetchSize(10);
            try (ResultSet rows = s.executeQuery(many())) {
                assertThat(rows.next()).isTrue();
            }
        }
        Talk.quiet(broker);
        assertThat(Talk.ask(direct, "select count(*) from told.many")).isEqualTo("" + MANY);
    }

    @Test
    void aChangeCancelledWhileItsRowsAreReadIsToldAsItIs() throws Exception {
        meddler.play(Meddler::pass);
        Talk.run(direct, "truncate told.many");
        String state;
        try (Connection c = broker.connect("changes");
                Statement s = c.createStatement()) {
            s.setFetchSize(10);
            try (ResultSet rows = s.executeQuery(many())) {
                assertThat(rows.next()).isTrue();
                s.cancel();
                state = Talk.state(() -> readOn(rows));
            }
        }
        String there = Talk.ask(direct, "select count(*) from told.many");
        assertThat(state).isIn("57014", "08007");
        if (state.equals("57014")) {
            assertThat(there).isEqualTo("0");
        }
    }

    private static String many() {
        return "insert into told.many select i, repeat('x', 300) from generate_series(1, "
                + MANY
                + ") i returning id, pad";
    }

    private static void readOn(ResultSet rows) throws SQLException {
        boolean more = rows.next();
        while (more) {
            more = rows.next();
        }
    }
}
