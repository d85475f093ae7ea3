package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A broker that drains lets transactions end, within its patience. */
@Timeout(60)
class DrainTest {
    @ParameterizedTest
    @EnumSource
    void transactionsEndAndWhatIsPastThePatienceIsRolledBack(Door door) throws Exception {
        try (Connection c = Database.postgres().direct()) {
            Talk.run(c, "drop table if exists drained");
            Talk.run(c, "create table drained (what text)");
        }
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("one", Database.postgres(), 3);
            Connection idle = door.connect(broker, "one");
            Connection quick = begun(door, broker, "quick");
            Connection slow = begun(door, broker, "slow");
            Connection busy = door.connect(broker, "one");
            CompletableFuture<String> running =
                    Talk.meanwhile(() -> Talk.state(() -> Talk.run(busy, "select pg_sleep(30)")));
            Connection late = door.connect(broker, "one");
            Talk.eventually("it runs", () -> isRunning(broker));
            CompletableFuture<Boolean> drained =
                    Talk.meanwhile(() -> {
                        broker.sessions().drain(Duration.ofSeconds(2));
                        return true;
                    });
            Talk.eventually("the idle ones are gone", () -> broker.sessions().views().size() == 3);
            Talk.run(quick, "insert into drained values ('quick again')");
            quick.commit();
            assertThat(Talk.joined(drained)).isTrue();
            // The driver tells that the transaction is over, and what it means to look further.
            assertThat(Talk.state(() -> Talk.run(slow, "select 1")))
                    .isEqualTo(door == Door.DRIVER ? "40001" : "57P01");
            assertThat(Talk.joined(running)).isEqualTo(door == Door.DRIVER ? "08007" : "57P01");
            assertThat(Talk.state(() -> Talk.ask(idle, "select 1"))).isEqualTo("57P01");
            // The broker no longer listens to this one, but has told it.
            Talk.pause(Duration.ofSeconds(1));
            assertThat(Talk.state(() -> Talk.run(late, "select 1"))).isEqualTo("57P01");
            Talk.quiet(broker);
        }
        try (Connection c = Database.postgres().direct()) {
            String rows = "select string_agg(what, ',' order by what) from drained";
            assertThat(Talk.ask(c, rows)).isEqualTo("quick,quick again");
        }
    }

    private static boolean isRunning(TestBroker broker) {
        return broker.sessions().views().stream().anyMatch(v -> v.state().equals("running"));
    }

    private static Connection begun(Door door, TestBroker broker, String what) throws SQLException {
        Connection c = door.connect(broker, "one");
        c.setAutoCommit(false);
        Talk.run(c, "insert into drained values ('" + what + "')");
        return c;
    }
}
