package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** To ask what a statement would return is not to run it, whatever it does to a transaction. */
@Timeout(120)
class DescribedControlTest {
    @ParameterizedTest
    @CsvSource({
        "postgres, commit",
        "postgres, end",
        "postgres, savepoint s",
        "mariadb, commit",
    })
    void endsNothing(String kind, String text) throws Exception {
        assertThat(left(kind, text, false)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"postgres, begin", "postgres, start transaction", "mariadb, begin"})
    void beginsNothing(String kind, String text) throws Exception {
        assertThat(left(kind, text, true)).isOne();
    }

    /** How many rows are left of one that is inserted, the text described, and all rolled back. */
    private static int left(String kind, String text, boolean autocommit) throws Exception {
        Database database = kind.equals("postgres") ? Database.postgres() : Database.mariadb();
        database.prepare("drop table if exists described", "create table described (id int)");
        try (TestBroker broker = TestBroker.permissive().serve("described", database, 1)) {
            String url = "jdbc:gatehouse://127.0.0.1:" + broker.port() + "/described";
            try (Connection c =
                    DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD)) {
                c.setAutoCommit(autocommit);
                for (String step : steps(text, autocommit)) {
                    if (step.equals(text)) {
                        describe(c, text);
                    } else {
                        execute(c, step);
                    }
                }
            }
            try (Connection c =
                            DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
                    Statement s = c.createStatement();
                    ResultSet count = s.executeQuery("select count(*) from described")) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    private static List<String> steps(String text, boolean first) {
        String insert = "insert into described values (1)";
        return first ? List.of(text, insert) : List.of(insert, text);
    }

    private static void describe(Connection c, String text) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(text)) {
            assertThat(s.getMetaData()).isNull();
            assertThat(s.getParameterMetaData().getParameterCount()).isZero();
        }
    }

    private static void execute(Connection c, String text) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(text);
        }
    }
}
