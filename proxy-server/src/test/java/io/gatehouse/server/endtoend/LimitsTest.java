package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.joined;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.session.SessionLimits;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Transactions that nobody works in, and a broker that goes. */
@Timeout(60)
class LimitsTest {
    private static void table() throws Exception {
        Database.postgres()
                .prepare("drop table if exists limited", "create table limited (id int)");
    }

    @ParameterizedTest
    @EnumSource
    void anIdleTransactionIsEnded(Door door) throws Exception {
        table();
        Timeouts timeouts =
                new Timeouts(Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(5));
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("one", Database.postgres(), PoolBounds.of(1).settings(), timeouts);
            Connection a = door.connect(broker, "one");
            a.setAutoCommit(false);
            run(a, "insert into limited values (1)");
            try (Connection b = door.connect(broker, "one")) {
                assertThat(ask(b, "select count(*) from limited")).isEqualTo("0");
            }
            assertThat(state(() -> run(a, "insert into limited values (2)"))).isEqualTo("25P03");
            assertThat(a.isValid(1)).isFalse();
            try (Connection b = door.connect(broker, "one")) {
                assertThat(ask(b, "select count(*) from limited")).isEqualTo("0");
            }
            quiet(broker);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDrainingBrokerLetsTransactionsFinish(Door door) throws Exception {
        table();
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("two", Database.postgres(), 2);
            Connection idle = door.connect(broker, "two");
            ask(idle, "select 1");
            Connection a = door.connect(broker, "two");
            a.setAutoCommit(false);
            run(a, "insert into limited values (1)");
            CompletableFuture<Boolean> drained =
                    meanwhile(() -> {
                        broker.sessions().drain(Duration.ofSeconds(10));
                        return true;
                    });
            Talk.eventually("the idle one goes", () -> broker.sessions().views().size() == 1);
            run(a, "insert into limited values (2)");
            assertThat(drained).isNotDone();
            a.commit();
            assertThat(joined(drained)).isTrue();
            assertThat(state(() -> run(a, "select 1"))).startsWith("57P01");
            assertThat(state(() -> run(idle, "select 1"))).startsWith("57P01");
            assertThat(broker.sessions().views()).isEmpty();
            quiet(broker);
        }
        try (Connection c = Database.postgres().direct()) {
            assertThat(ask(c, "select count(*) from limited")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void patienceOfADrainHasAnEnd(Door door) throws Exception {
        table();
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("one", Database.postgres(), 1);
            Connection a = door.connect(broker, "one");
            a.setAutoCommit(false);
            run(a, "insert into limited values (1)");
            broker.sessions().drain(Duration.ofMillis(300));
            // The driver knows that the transaction is over, and where to begin it again.
            assertThat(state(() -> run(a, "insert into limited values (2)")))
                    .isEqualTo(door == Door.DRIVER ? "40001" : "57P01");
            quiet(broker);
        }
        try (Connection c = Database.postgres().direct()) {
            assertThat(ask(c, "select count(*) from limited")).isEqualTo("0");
        }
    }

    /** Each was kept under its number until the session had no room for more. */
    @Test
    void statementsThatFailAreForgottenAsAnyOthers() throws Exception {
        int more = SessionLimits.DEFAULT.statements() + 10;
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("h2", Database.h2(), 1);
            try (Connection c = broker.connect("h2")) {
                for (int i = 0; i < more; i++) {
                    try (Statement statement = c.createStatement()) {
                        assertThat(state(() -> statement.executeQuery("select 1 / 0")))
                                .isEqualTo("22012");
                    }
                }
                assertThat(ask(c, "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void aSessionWithTooManyStatementsIsToldSo() throws Exception {
        int most = SessionLimits.DEFAULT.statements();
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("h2", Database.h2(), 1);
            try (Connection c = broker.connect("h2")) {
                for (int i = 0; i < most; i++) {
                    c.prepareStatement("select 1").executeQuery();
                }
                assertThat(state(() -> c.prepareStatement("select 2").executeQuery()))
                        .isEqualTo("53000");
            }
        }
    }
}
