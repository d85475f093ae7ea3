package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static javax.transaction.xa.XAResource.TMFAIL;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSUCCESS;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.XADataSource;

/** What the broker refuses in a transaction fails it, as what the server refuses does. */
@Timeout(120)
class FailedTransactionTest {
    private static final String COUNT = "select count(*) from failing";

    @AutoClose private static TestBroker broker;

    /** A program, in which {@code bad} is a text that is refused. */
    enum Program {
        AT_FIRST {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                refused(c, bad);
                t.attempt("select", () -> ask(c, t));
                t.attempt("commit", c::commit);
                t.attempt("commit again", c::commit);
                t.attempt("select after", () -> ask(c, t));
                t.attempt("commit after", c::commit);
            }
        },
        LATER {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                refused(c, bad);
                t.attempt("insert", () -> execute(c, "insert into failing values (2)"));
                t.attempt("nothing", () -> execute(c, ""));
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        },
        ROLLED_BACK {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                refused(c, bad);
                t.attempt("rollback", c::rollback);
                execute(c, "insert into failing values (2)");
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        },
        TO_A_SAVEPOINT {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                Savepoint here = c.setSavepoint("here");
                execute(c, "insert into failing values (2)");
                refused(c, bad);
                t.attempt("another savepoint", () -> c.setSavepoint("there"));
                t.attempt("release", () -> c.releaseSavepoint(here));
            }
        },
        BACK_TO_A_SAVEPOINT {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                Savepoint here = c.setSavepoint("here");
                execute(c, "insert into failing values (2)");
                refused(c, bad);
                t.attempt("back", () -> c.rollback(here));
                t.attempt("insert", () -> execute(c, "insert into failing values (3)"));
                refused(c, bad);
                t.attempt("back again", () -> c.rollback(here));
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        },
        AUTOCOMMIT {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                refused(c, bad);
                t.attempt("autocommit", () -> c.setAutoCommit(true));
                t.note("is", c.getAutoCommit());
                t.attempt("select after", () -> ask(c, t));
                t.attempt("autocommit again", () -> c.setAutoCommit(true));
                t.attempt("select at last", () -> ask(c, t));
            }
        },
        QUESTIONS {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                refused(c, bad);
                t.attempt("isolation", c::getTransactionIsolation);
                t.attempt("schema", c::getSchema);
                t.value("valid", () -> c.isValid(5));
                t.attempt("tables", () -> c.getMetaData().getTables(null, null, "failing", null));
                t.value("product", () -> c.getMetaData().getDatabaseProductName());
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        },
        PREPARED {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                try (PreparedStatement good = c.prepareStatement(INSERT);
                        PreparedStatement s = c.prepareStatement(bad)) {
                    good.setInt(1, 1);
                    t.value("inserted", good::executeUpdate);
                    assertThatThrownBy(s::execute).isInstanceOf(SQLException.class);
                    t.attempt("insert", good::executeUpdate);
                }
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        },
        BATCH {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                try (Statement s = c.createStatement()) {
                    s.addBatch("insert into failing values (1)");
                    s.addBatch(bad);
                    assertThatThrownBy(s::executeBatch).isInstanceOf(SQLException.class);
                    s.clearBatch();
                    s.addBatch("insert into failing values (2)");
                    t.get("batch", s::executeBatch);
                }
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        },
        BLOCK {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                execute(c, "begin");
                execute(c, "insert into failing values (1)");
                refused(c, bad);
                t.attempt("select", () -> ask(c, t));
                t.attempt("commit", () -> execute(c, "commit"));
                t.attempt("select after", () -> ask(c, t));
                execute(c, "begin");
                refused(c, bad);
                t.attempt("begin", () -> execute(c, "begin"));
                t.attempt("rollback", () -> execute(c, "rollback"));
                t.attempt("select at last", () -> ask(c, t));
            }
        },
        BY_TEXT {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                execute(c, "insert into failing values (1)");
                execute(c, "savepoint here");
                refused(c, bad);
                t.attempt("savepoint", () -> execute(c, "savepoint there"));
                t.attempt("release", () -> execute(c, "release savepoint here"));
                t.attempt("setting", () -> execute(c, "set statement_timeout = 1000"));
                t.attempt("back", () -> execute(c, "rollback to here"));
                t.attempt("select", () -> ask(c, t));
                refused(c, bad);
                t.attempt("commit", () -> execute(c, "commit"));
                t.attempt("select after", () -> ask(c, t));
            }
        },
        BY_THE_DRIVER {
            @Override
            void run(Connection c, String bad, Transcript t) throws SQLException {
                c.setAutoCommit(false);
                try (Statement s = c.createStatement()) {
                    t.attempt("no rows", () -> s.executeQuery("insert into failing values (1)"));
                    t.attempt("rows", () -> s.executeUpdate(COUNT));
                }
                Savepoint gone = c.setSavepoint();
                c.releaseSavepoint(gone);
                assertThatThrownBy(() -> c.rollback(gone)).isInstanceOf(SQLException.class);
                t.attempt("select", () -> ask(c, t));
                t.attempt("commit", c::commit);
                t.attempt("select after", () -> ask(c, t));
            }
        };

        private static final String INSERT = "insert into failing values (?)";

        abstract void run(Connection c, String bad, Transcript t) throws SQLException;
    }

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.withDefaultPolicy();
        broker.serveKept("one", Database.postgres(), 1);
    }

    @BeforeEach
    void table() throws SQLException {
        Database.postgres()
                .prepare("drop table if exists failing", "create table failing (id int)");
    }

    private static void execute(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private static void ask(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(COUNT)) {
            rows.next();
            t.note("rows", rows.getInt(1));
        }
    }

    private static void refused(Connection c, String bad) {
        assertThatThrownBy(() -> execute(c, bad))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isIn("22012", "42501"));
    }

    /** With the database's own client, and then through the broker. */
    @ParameterizedTest
    @EnumSource
    void asAfterAnErrorOfTheServer(Program program) throws SQLException {
        List<Transcript.Line> direct =
                transcript(Database.postgres().direct(), program, "select 1/0");
        List<Transcript.Line> through =
                transcript(broker.connect("one"), program, "delete from failing");
        assertThat(through).isEqualTo(direct);
    }

    private List<Transcript.Line> transcript(Connection to, Program program, String bad)
            throws SQLException {
        table();
        try (Connection c = to) {
            return Transcript.of(c, (on, t) -> program.run(on, bad, t));
        }
    }

    /** Of a failed branch pgjdbc says that it is prepared: here the broker says better. */
    @ParameterizedTest
    @ValueSource(strings = {"prepared", "in one phase", "rolled back"})
    void aBranch(String end) throws SQLException {
        XADataSource source = Branching.through(broker, "one");
        List<String> server = branch(source, end, "select 1/0");
        List<String> refused = branch(source, end, "delete from failing");
        assertThat(server.remove(2)).endsWith(": 22012");
        assertThat(refused.remove(2)).endsWith(": 42501");
        assertThat(refused).isEqualTo(server);
    }

    private List<String> branch(XADataSource source, String end, String bad) throws SQLException {
        table();
        try (Branching b = new Branching(source)) {
            b.start("f", TMNOFLAGS);
            b.sql("insert into failing values (1)");
            b.sql(bad);
            b.sql("insert into failing values (2)");
            b.end("f", end.equals("rolled back") ? TMFAIL : TMSUCCESS);
            switch (end) {
                case "prepared" -> b.prepare("f");
                case "in one phase" -> b.commit("f", true);
                default -> b.rollback("f");
            }
            b.sql(COUNT);
            return new ArrayList<>(b.told());
        }
    }

    @Test
    void locksAreReleasedWithTheCommitThatRollsBack() throws SQLException {
        Database.postgres().prepare("insert into failing values (1)");
        try (Connection c = broker.connect("one");
                Connection other = Database.postgres().direct()) {
            c.setAutoCommit(false);
            execute(c, "select * from failing for update");
            refused(c, "delete from failing");
            assertThatThrownBy(() -> execute(other, "select * from failing for update nowait"))
                    .isInstanceOf(SQLException.class);
            c.commit();
            execute(other, "select * from failing for update nowait");
        }
    }

    @Test
    void whatIsLeftFailedGoesWithItsClient() throws SQLException {
        Connection left = broker.connect("one");
        left.setAutoCommit(false);
        execute(left, "insert into failing values (1)");
        refused(left, "delete from failing");
        left.close();
        try (Connection c = broker.connect("one")) {
            c.setAutoCommit(false);
            List<Transcript.Line> lines = Transcript.of(c, FailedTransactionTest::ask);
            assertThat(lines).hasToString("[rows: Integer 0]");
            c.commit();
        }
    }
}
