package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.TMSUCCESS;

import io.gatehouse.server.differential.Branching;
import io.gatehouse.server.testing.OwnServer;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.UUID;

import javax.transaction.xa.XAException;

/** A prepared branch outlives its session, its lease and its broker, and anyone may end it. */
@Timeout(120)
class BranchRecoveryTest {
    private static final String INSERT = "insert into outlives values (1)";

    private enum Kind {
        POSTGRESQL,
        MARIADB,
        MYSQL,
        H2;

        Database database() {
            return switch (this) {
                case POSTGRESQL -> Database.postgres();
                case MARIADB -> Database.mariadb();
                case MYSQL -> Database.mysql();
                case H2 -> Database.h2();
            };
        }
    }

    private static TestBroker serve(Database database, int poolSize) throws Exception {
        TestBroker broker = TestBroker.permissive().serveKept("db", database, poolSize);
        database.prepare("drop table if exists outlives", "create table outlives (id int)");
        return broker;
    }

    private static Branching client(TestBroker broker) throws SQLException {
        return new Branching(Branching.through(broker, "db"));
    }

    private static void prepare(Branching client, String branch) {
        client.start(branch, TMNOFLAGS);
        client.sql(INSERT);
        client.end(branch, TMSUCCESS);
        client.prepare(branch);
        assertThat(client.told()).last().isEqualTo("prepare " + branch + ": 0");
    }

    private static long count(Database database) throws SQLException {
        try (Connection c = database.direct();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select count(*) from outlives where id > 0")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherClientRecoversWhatAVanishedOneHadPrepared(Kind kind) throws Exception {
        Database database = kind.database();
        String branch = UUID.randomUUID().toString();
        try (TestBroker broker = serve(database, 2)) {
            Branching first = client(broker);
            prepare(first, branch);
            first.handle().abort(Runnable::run);
            try (Branching second = client(broker)) {
                second.recover(branch, TMSTARTRSCAN | TMENDRSCAN);
                second.commit(branch, false);
                second.recover(branch, TMSTARTRSCAN | TMENDRSCAN);
                assertThat(second.told())
                        .containsExactly(
                                "recover " + branch + ": 1",
                                "commit " + branch + ": ok",
                                "recover " + branch + ": 0");
            }
            assertThat(count(database)).isEqualTo(1);
            quiet(broker);
        }
    }

    /** H2 itself breaks where the connection is closed that had prepared what is rolled back. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void anotherClientRollsBackWhatAVanishedOneHadPrepared(Kind kind) throws Exception {
        Database database = kind.database();
        String branch = UUID.randomUUID().toString();
        try (TestBroker broker = serve(database, 2)) {
            Branching first = client(broker);
            prepare(first, branch);
            first.handle().abort(Runnable::run);
            quiet(broker);
            try (Branching second = client(broker)) {
                second.rollback(branch);
                second.recover(branch, TMSTARTRSCAN | TMENDRSCAN);
                second.sql(INSERT);
                assertThat(second.told())
                        .containsExactly(
                                "rollback " + branch + ": ok",
                                "recover " + branch + ": 0",
                                INSERT + ": 1");
            }
            assertThat(count(database)).isEqualTo(1);
            quiet(broker);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherClientEndsItWhileTheFirstIsStillThere(Kind kind) throws Exception {
        Database database = kind.database();
        String branch = UUID.randomUUID().toString();
        try (TestBroker broker = serve(database, 2);
                Branching first = client(broker);
                Branching second = client(broker)) {
            prepare(first, branch);
            second.rollback(branch);
            assertThat(second.told()).containsExactly("rollback " + branch + ": ok");
            assertThat(
                            Branching.outcome(() -> {
                                first.resource().commit(Branching.xid(branch), false);
                                return "ok";
                            }))
                    .isEqualTo("XAException " + denied(kind));
            first.sql(INSERT);
            assertThat(count(database)).isEqualTo(1);
        }
    }

    /** PostgreSQL's driver takes a branch of its own that is gone for an error of the server. */
    private static int denied(Kind kind) {
        return switch (kind) {
            case POSTGRESQL, H2 -> XAException.XAER_RMERR;
            case MARIADB, MYSQL -> XAException.XAER_NOTA;
        };
    }

    @ParameterizedTest
    @EnumSource
    void outlivesTheBroker(Kind kind) throws Exception {
        Database database = kind.database();
        String branch = UUID.randomUUID().toString();
        try (Connection keeper = database.direct()) {
            try (TestBroker broker = serve(database, 2);
                    Branching first = client(broker)) {
                prepare(first, branch);
            }
            try (TestBroker broker = TestBroker.permissive().serve("db", database, 2);
                    Branching second = client(broker)) {
                second.recover(branch, TMSTARTRSCAN | TMENDRSCAN);
                second.commit(branch, false);
                assertThat(second.told())
                        .containsExactly("recover " + branch + ": 1", "commit " + branch + ": ok");
            }
            assertThat(count(database)).isEqualTo(1);
            assertThat(keeper.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBranchThatIsNotPreparedGoesWithItsClient(Kind kind) throws Exception {
        Database database = kind.database();
        String branch = UUID.randomUUID().toString();
        try (TestBroker broker = serve(database, 1)) {
            Branching first = client(broker);
            first.start(branch, TMNOFLAGS);
            first.sql(INSERT);
            first.handle().abort(Runnable::run);
            quiet(broker);
            try (Branching second = client(broker)) {
                second.recover(branch, TMSTARTRSCAN | TMENDRSCAN);
                second.sql(INSERT);
                assertThat(second.told())
                        .containsExactly("recover " + branch + ": 0", INSERT + ": 1");
            }
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pinsByNameUntilItIsPrepared(Kind kind) throws Exception {
        String branch = UUID.randomUUID().toString();
        try (TestBroker broker = serve(kind.database(), 2);
                Branching client = client(broker)) {
            client.start(branch, TMNOFLAGS);
            assertThat(broker.sessions().views())
                    .anySatisfy(session -> assertThat(session.pins()).containsExactly("xa branch"));
            client.sql(INSERT);
            client.end(branch, TMSUCCESS);
            client.prepare(branch);
            if (kind != Kind.H2) {
                assertThat(broker.sessions().views())
                        .allSatisfy(session -> assertThat(session.pins()).isEmpty());
            }
            client.rollback(branch);
            assertThat(broker.sessions().views())
                    .allSatisfy(session -> assertThat(session.pins()).isEmpty());
            quiet(broker);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheTransactionManagerEndsABranch(Kind kind) throws Exception {
        Database database = kind.database();
        String branch = UUID.randomUUID().toString();
        try (TestBroker broker = serve(database, 1);
                Branching client = client(broker)) {
            client.start(branch, TMNOFLAGS);
            client.sql(INSERT);
            assertThatThrownBy(client.handle()::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(client.handle()::rollback).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> client.handle().setAutoCommit(false))
                    .isInstanceOf(SQLException.class);
            client.sql("commit");
            assertThat(client.told()).last().isEqualTo("commit: 2D000");
            client.end(branch, TMSUCCESS);
            client.rollback(branch);
            assertThat(count(database)).isZero();
            client.handle().setAutoCommit(false);
            client.handle().rollback();
        }
    }

    @Test
    void theGateJudgesTheSteps() throws Exception {
        String policy =
                """
                policy: 1
                default: allow
                rules:
                  - name: no-two-phase
                    match: {verbs: [two-phase]}
                    decide: deny
                    reason: it is not wanted here
                    way-forward: commit in one phase
                """;
        Database database = Database.postgres();
        try (TestBroker broker = TestBroker.with(policy).serve("db", database, 1)) {
            database.prepare("drop table if exists outlives", "create table outlives (id int)");
            try (Branching client = client(broker)) {
                client.start("a", TMNOFLAGS);
                client.sql(INSERT);
                client.end("a", TMSUCCESS);
                client.prepare("a");
                assertThat(client.told()).last().asString().startsWith("prepare a: XAException");
                client.commit("a", true);
                assertThat(client.told()).last().isEqualTo("commit a: ok");
            }
            assertThat(count(database)).isEqualTo(1);
            assertThat(broker.statements())
                    .extracting(e -> e.judgement().rule())
                    .contains("no-two-phase");
        }
    }

    @Test
    void whoMayOnlyReadEndsNoBranch() throws Exception {
        String policy =
                """
                policy: 1
                default: allow
                rules:
                  - name: readers
                    match: {users: [tester]}
                    read-only: true
                """;
        Database database = Database.postgres();
        try (TestBroker all = serve(database, 1);
                TestBroker readers = TestBroker.with(policy).serve("db", database, 1);
                Branching writer = client(all);
                Branching reader = client(readers)) {
            prepare(writer, "read only");
            reader.commit("read only", false);
            reader.rollback("read only");
            assertThat(reader.told())
                    .containsExactly(
                            "commit read only: XAException -3",
                            "rollback read only: XAException -3");
            writer.rollback("read only");
            assertThat(writer.told()).last().isEqualTo("rollback read only: ok");
        }
    }

    @Test
    void textsOfAClientAreRefused() throws Exception {
        try (TestBroker broker = serve(Database.mariadb(), 1);
                Connection c = broker.connect("db");
                Statement s = c.createStatement()) {
            for (String sql : new String[] {"xa start 'a'", "xa recover", "xa commit 'a'"}) {
                assertThat(Talk.state(() -> s.execute(sql))).as(sql).isEqualTo("0A000");
            }
            s.addBatch("xa start 'a'");
            s.addBatch(INSERT);
            assertThat(Talk.state(s::executeBatch)).isEqualTo("0A000");
        }
    }

    @Test
    void sqliteHasNone() throws Exception {
        Database database = Database.sqlite(Files.createTempFile("branch", ".sqlite"));
        try (TestBroker broker = TestBroker.permissive().serve("db", database, 1)) {
            assertThatThrownBy(() -> Branching.through(broker, "db").getXAConnection())
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void aServerThatIsNotSetUpForItSaysSo() throws Exception {
        try (OwnServer server = OwnServer.postgres();
                TestBroker broker = serve(server.database(), 1);
                Branching client = client(broker)) {
            client.start("a", TMNOFLAGS);
            client.sql(INSERT);
            client.end("a", TMSUCCESS);
            assertThatThrownBy(() -> client.resource().prepare(Branching.xid("a")))
                    .isInstanceOf(XAException.class)
                    .hasMessageContaining("prepared transactions are disabled");
            client.rollback("a");
            assertThat(client.told()).last().isEqualTo("rollback a: ok");
            quiet(broker);
        }
    }
}
