package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    postgresql | select query from pg_stat_activity where pid = pg_backend_pid()
                    mariadb    | select info from information_schema.processlist \
                                 where id = connection_id()
                    """)
    void theDatabaseSeesTheTraceOfWhatIsSampled(String kind, String look) throws Exception {
        try (TestBroker broker = serving(kind);
                Connection c = commenting(broker, ONE)) {
            String comment = "/*traceparent='" + ONE + "'*/";
            assertThat(Talk.ask(c, look)).isEqualTo(look + comment);
            assertThat(Talk.ask(c, look + " ;\n")).startsWith(look + comment);
            // Whose end is taken is left alone, and so is what ends in a comment to the line's end.
            assertThat(Talk.ask(c, look + " /* mine */")).doesNotContain(ONE);
            assertThat(Talk.ask(c, look + " -- /* mine")).startsWith(look);
            try (PreparedStatement s = c.prepareStatement(look)) {
                for (int i = 0; i < 7; i++) {
                    try (ResultSet rows = s.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo(look + comment);
                    }
                }
                c.setClientInfo("traceparent", TWO);
                try (ResultSet rows = s.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).as("not sampled").doesNotContain("traceparent");
                }
            }
            assertThat(broker.statements())
                    .extracting(Ledger.Entry::traceparent)
                    .contains(ONE, TWO);
        }
    }

    @Test
    void withoutTheWishNothingIsAddedToATextAndItIsPreparedOnce() throws Exception {
        try (TestBroker broker = serving("mariadb")) {
            assertThat(preparations(broker, false)).isLessThanOrEqualTo(1);
            assertThat(preparations(broker, true)).isEqualTo(10);
        }
    }

    /** How often the server prepares one statement that runs ten times, each in its own trace. */
    private static int preparations(TestBroker broker, boolean comments) throws Exception {
        String count = "show global status like 'Com_stmt_prepare'";
        int before = number(count);
        try (Connection c = comments ? commenting(broker, ONE) : broker.connect("one");
                PreparedStatement s = c.prepareStatement("select ? + " + (comments ? 1 : 2))) {
            for (int i = 0; i < 10; i++) {
                c.setClientInfo("traceparent", ONE.substring(0, 51) + i + "-01");
                s.setInt(1, i);
                s.execute();
            }
        }
        return number(count) - before;
    }

    private static int number(String sql) throws SQLException {
        try (Connection c = Database.mariadb().direct();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            rows.next();
            return rows.getInt(2);
        }
    }

    private static TestBroker serving(String kind) throws Exception {
        Database database = kind.equals("mariadb") ? Database.mariadb() : Database.postgres();
        return TestBroker.permissive().serve("one", database, 1);
    }

    private static Connection commenting(TestBroker broker, String trace) throws SQLException {
        return DriverManager.getConnection(
                broker.url("one") + "?traceComments=true&traceparent=" + trace,
                TestBroker.USER,
                TestBroker.PASSWORD);
    }
}
