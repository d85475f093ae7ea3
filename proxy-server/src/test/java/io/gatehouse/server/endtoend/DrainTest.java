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
import java.util.List;
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
            CompletableFuture<Boolean> drained =
                    Talk.meanwhile(() -> {
                        broker.sessions().drain(Duration.ofSeconds(2));
                        return true;
                    });
            Talk.eventually("the idle one is gone", () -> broker.sessions().views().size() == 2);
            Talk.run(quick, "insert into drained values ('quick again')");
            quick.commit();
            assertThat(Talk.joined(drained)).isTrue();
            // The driver tells that the transaction is over, and what it means to look further.
            assertThat(Talk.state(() -> Talk.run(slow, "select 1")))
                    .isIn(door == Door.DRIVER ? List.of("40001") : List.of("57P01", "08006"));
            assertThat(Talk.state(() -> Talk.ask(idle, "select 1"))).isIn("57P01", "08006");
            Talk.quiet(broker);
        }
        try (Connection c = Database.postgres().direct()) {
            String rows = "select string_agg(what, ',' order by what) from drained";
            assertThat(Talk.ask(c, rows)).isEqualTo("quick,quick again");
        }
    }

    private static Connection begun(Door door, TestBroker broker, String what) throws SQLException {
        Connection c = door.connect(broker, "one");
        c.setAutoCommit(false);
        Talk.run(c, "insert into drained values ('" + what + "')");
        return c;
    }
}
