package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;

/** The trace that an application is in stands in the records of its statements. */
@Timeout(60)
class TraceTest {
    private static final String ONE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String TWO = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00";

    @Test
    void eachStatementHasTheTraceOfItsTime() throws Exception {
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("one", Database.h2(), 2);
            try (Connection c =
                            DriverManager.getConnection(
                                    broker.url("one") + "?traceparent=" + ONE,
                                    TestBroker.USER,
                                    TestBroker.PASSWORD);
                    PreparedStatement s = c.prepareStatement("select 1")) {
                assertThat(c.getClientInfo("traceparent")).isEqualTo(ONE);
                s.execute();
                c.setClientInfo("traceparent", TWO);
                s.execute();
                assertThat(Talk.state(() -> Talk.run(c, "select nothing"))).isEqualTo("42S22");
                c.setClientInfo("traceparent", null);
                s.execute();
                assertThatThrownBy(() -> c.setClientInfo("traceparent", "s3cret"))
                        .isInstanceOf(SQLClientInfoException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "22023")
                        .hasMessageNotContaining("s3cret");
            }
            assertThat(broker.statements())
                    .extracting(Ledger.Entry::traceparent)
                    .containsExactly(ONE, TWO, TWO, "");
        }
    }
}
