package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * What MariaDB and MySQL cannot hold is refused; their binary protocol would store another value.
 */
@Timeout(60)
class BeyondMySqlTest {
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void isRefusedAndNotChanged(String kind) throws Exception {
        Database database = kind.equals("mysql") ? Database.mysql() : Database.mariadb();
        database.prepare(
                "create or replace table beyond (n decimal(65,30), d date, m datetime(6))");
        try (TestBroker broker = TestBroker.permissive().serve(kind, database, 1);
                Connection c = broker.connect(kind)) {
            List<Object> numbers =
                    List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
            for (Object number : numbers) {
                assertThat(refused(c, "n", number)).as("%s", number).isNotEmpty();
            }
            LocalDateTime late = LocalDateTime.parse("+20000-01-01T00:00");
            for (Object day : List.of(late.toLocalDate(), LocalDate.of(-43, 3, 15))) {
                assertThat(refused(c, "d", day)).as("%s", day).isNotEmpty();
            }
            for (Object moment : List.of(late, Timestamp.valueOf(late))) {
                assertThat(refused(c, "m", moment)).as("%s", moment).isNotEmpty();
            }
            assertThat(Talk.ask(c, "select count(*) from beyond")).isEqualTo("0");
        }
    }

    private static String refused(Connection c, String column, Object value) throws Exception {
        String sql = "insert into beyond (" + column + ") values (?)";
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setObject(1, value);
            return Talk.state(s::executeUpdate);
        }
    }
}
