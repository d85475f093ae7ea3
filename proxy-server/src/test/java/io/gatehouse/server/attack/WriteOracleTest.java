package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.sql.AnalysisLimits;
import io.gatehouse.policy.sql.SqlAnalyzer;
import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Real servers say what writes: whatever one refuses inside a read-only transaction, the facts call
 * a write, or something that nobody knows.
 */
@Timeout(120)
class WriteOracleTest {
    /** What both servers call a write in a read-only transaction. */
    private static final String REFUSED = "25006";

    private final SqlAnalyzer analyzer = new SqlAnalyzer(AnalysisLimits.DEFAULT);
    private final List<String> missed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int refused;
    private int ran;

    @Test
    void postgresqlRefusesNothingThatTheFactsCallRead() throws SQLException {
        Set<String> statements = OracleStatements.postgresql();
        try (Connection direct = TestBroker.Database.postgres().direct()) {
            make(direct, OracleStatements.POSTGRESQL_SCHEMA);
            for (String statement : statements) {
                judge(direct, "begin read only", Dialect.POSTGRESQL, statement);
            }
        }

        assertThat(missed).isEmpty();
        assertThat(statements).hasSizeGreaterThan(2_000);
        assertThat(refused).isGreaterThan(1_000);
        assertThat(ran).isGreaterThan(1_000);
    }

    @Test
    void plainReadsAreNotCalledWrites() throws SQLException {
        try (Connection direct = TestBroker.Database.postgres().direct()) {
            make(direct, OracleStatements.POSTGRESQL_SCHEMA);
            for (String statement : OracleStatements.READS) {
                judge(direct, "begin read only", Dialect.POSTGRESQL, statement);
                assertThat(analyzer.analyze(Dialect.POSTGRESQL, statement).writes())
                        .as(statement)
                        .isFalse();
            }
        }

        assertThat(failed).isEmpty();
    }

    @Test
    void mariadbRefusesNothingThatTheFactsCallRead() throws SQLException {
        Set<String> statements = OracleStatements.mariadb();
        try (Connection direct = TestBroker.Database.mariadb().direct()) {
            make(direct, OracleStatements.MARIADB_SCHEMA);
            for (String statement : statements) {
                judge(direct, "start transaction read only", Dialect.MARIADB, statement);
            }
        }

        assertThat(missed).isEmpty();
        assertThat(refused).isGreaterThan(200);
        assertThat(ran).isGreaterThan(20);
    }

    private static void make(Connection direct, List<String> schema) throws SQLException {
        try (Statement statement = direct.createStatement()) {
            for (String each : schema) {
                statement.execute(each);
            }
        }
    }

    private void judge(Connection direct, String begin, Dialect dialect, String sql)
            throws SQLException {
        Facts facts = analyzer.analyze(dialect, sql);
        try (Statement statement = direct.createStatement()) {
            statement.execute(begin);
            try {
                statement.execute(sql);
                ran++;
            } catch (SQLException e) {
                failed.add(sql + ": " + e.getMessage());
                if (REFUSED.equals(e.getSQLState())) {
                    refused++;
                    if (!writes(facts) && !onlyExplained(dialect, facts)) {
                        missed.add(sql);
                    }
                }
            } finally {
                statement.execute("rollback");
            }
        }
    }

    private static boolean writes(Facts facts) {
        return !facts.understood()
                || facts.writes()
                || facts.statements().stream().anyMatch(WriteOracleTest::callsTheUnknown);
    }

    /** MariaDB also refuses to explain what it would refuse to run, though nothing is written. */
    private static boolean onlyExplained(Dialect dialect, Facts facts) {
        return dialect == Dialect.MARIADB
                && facts.statements().stream()
                        .allMatch(s -> s.verb() == Verb.EXPLAIN || s.verb() == Verb.EMPTY);
    }

    private static boolean callsTheUnknown(StatementFacts statement) {
        return statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                || statement.traits().contains(Trait.RUNS_TEXT);
    }
}
