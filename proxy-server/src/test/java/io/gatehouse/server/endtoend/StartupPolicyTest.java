package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** What a client sets by its start-up message is judged and recorded as what it sets by SET. */
@Timeout(60)
class StartupPolicyTest {
    private static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: own-role
                match: {facts: [changes-role]}
                decide: deny
                reason: nobody takes another role
              - name: seen
                match: {verbs: [set]}
                mode: observe
                decide: deny
                reason: x
            """;

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.with(POLICY).serve("one", Database.postgres(), 1);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @BeforeEach
    void forget() {
        broker.forgetStatements();
    }

    private static List<Ledger.Entry> sets() {
        return broker.statements().stream()
                .filter(e -> e.normalized().startsWith("set "))
                // pgjdbc sends that one by itself, as a statement.
                .filter(e -> !e.normalized().contains("application_name"))
                .toList();
    }

    @Test
    void aSettingLeavesARecord() throws Exception {
        String options = "-c search_path=pg_catalog,other -c work_mem=5MB";
        try (Connection c = broker.connectAsPostgres("one", "options", options)) {
            assertThat(Talk.ask(c, "show search_path")).isEqualTo("pg_catalog, other");
        }
        assertThat(sets())
                .extracting(Ledger.Entry::normalized)
                .containsExactly("set search_path to ?, ...", "set work_mem to ?");
        assertThat(sets())
                .allSatisfy(entry -> {
                    assertThat(entry.allowed()).isTrue();
                    assertThat(entry.ending().fault()).isNull();
                    assertThat(entry.judgement().observed()).containsExactly("seen deny");
                    assertThat(entry.session().user()).isEqualTo(TestBroker.USER);
                });
    }

    @Test
    void whatEveryDriverSendsLeavesNone() throws Exception {
        try (Connection c = broker.connectAsPostgres("one")) {
            assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
        }
        assertThat(sets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c role=admin",
                "-crole=admin",
                "--role=admin",
                "-c ROLE=admin",
                "-c session_authorization=admin",
                "--session-authorization=admin",
                "-c work_mem=5MB -c role=none"
            })
    void aRuleIsNotEvaded(String options) throws Exception {
        SQLException refused =
                Talk.failure(() -> broker.connectAsPostgres("one", "options", options).close());
        assertThat(refused.getSQLState()).isEqualTo("42501");
        assertThat(refused.getMessage()).contains("own-role");
        Ledger.Entry last = sets().getLast();
        assertThat(last.allowed()).isFalse();
        assertThat(last.judgement().rule()).isEqualTo("own-role");
    }

    /** The driver has no such property, and what it is given beside leads nowhere. */
    @Test
    void ourDriverTakesNone() throws Exception {
        String url = broker.url("one") + "?options=-c%20role%3Dadmin";
        try (Connection c =
                DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD)) {
            assertThat(Talk.ask(c, "select current_user")).isNotEqualTo("admin");
        } catch (SQLException unknown) {
            assertThat(unknown.getMessage()).contains("options");
        }
        assertThat(sets()).isEmpty();
    }
}
