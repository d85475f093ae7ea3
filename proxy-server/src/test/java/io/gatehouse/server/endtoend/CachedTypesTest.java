package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers that the broker keeps show every type as the server's do. */
@Timeout(60)
class CachedTypesTest {
    private static final String RULES =
            """
            policy: 1
            default: allow
            rules:
              - name: kept
                match: {relations: [kept_all]}
                cache: 30s
            """;

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        Database database = Database.postgres();
        database.prepare(
                "DROP TABLE IF EXISTS kept_all",
                "CREATE TABLE kept_all (id int PRIMARY KEY, b bool, i2 int2, i8 int8, f4 float4,"
                        + " f8 float8, n numeric, n2 numeric(12, 3), t text, v varchar(9),"
                        + " c char(4), x bytea, u uuid, d date, h time, hz timetz, s timestamp,"
                        + " z timestamptz, j jsonb, a int[], ts text[], iv interval, m money)",
                "INSERT INTO kept_all VALUES (1, true, -2, 1234567890123, 1.5, -2.25e100,"
                    + " 12345678901234567890.000100, 1.5, 'grüße 🔑', 'v', 'c', '\\x0001ff',"
                    + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2024-02-29', '23:59:59.999999',"
                    + " '10:00:00+05:30', '1999-12-31 23:59:59.123456', '2024-06-01 12:00:00+02',"
                    + " '{\"a\": [1, null]}', '{1,NULL,3}', '{\"a b\",c}', '1 day 02:03:04',"
                    + " '12.34')",
                "INSERT INTO kept_all (id) VALUES (2)",
                "INSERT INTO kept_all (id, f4, f8, n, d, s, z, t, x) VALUES (3, 'NaN', 'Infinity',"
                        + " 'NaN', 'infinity', '-infinity', 'infinity', '', ''),"
                        + " (4, '-Infinity', 'NaN', 0, '0044-03-15 BC', '4713-01-01 BC',"
                        + " '0001-01-01 00:00:00+00', 'x', NULL)");
        broker = TestBroker.with(RULES).serve("db", database, 4);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String by() {
        return Answered.by(broker);
    }

    /** Everything that a client can see of a result. */
    private static List<String> seen(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        ResultSetMetaData meta = rows.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            all.add(
                    String.join(
                            " ",
                            meta.getColumnLabel(i),
                            meta.getColumnTypeName(i),
                            meta.getColumnClassName(i),
                            meta.getTableName(i),
                            Integer.toString(meta.getColumnType(i)),
                            Integer.toString(meta.getPrecision(i)),
                            Integer.toString(meta.getScale(i)),
                            Integer.toString(meta.isNullable(i)),
                            Boolean.toString(meta.isAutoIncrement(i))));
        }
        while (rows.next()) {
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                Object value = rows.getObject(i);
                String text =
                        switch (value) {
                            case null -> "null";
                            // The stock driver's text of those is the array's, by no value.
                            case byte[] bytes -> Arrays.toString(bytes);
                            default -> value.getClass() + " " + value + " " + rows.getString(i);
                        };
                all.add(text);
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void everyTypeIsTheSameOutOfTheCache(Door door) throws Exception {
        String sql = "SELECT * FROM kept_all WHERE id < ? ORDER BY id";
        List<List<String>> answers = new ArrayList<>();
        List<String> backends = new ArrayList<>();
        // The stock driver asks for texts at first, and for binary values from the fifth time on.
        for (boolean forgets : new boolean[] {true, false}) {
            try (Connection c = door.connect(broker, "db");
                    PreparedStatement s = c.prepareStatement(sql)) {
                for (int i = 0; i < 8; i++) {
                    if (forgets) {
                        broker.recall().clear();
                    }
                    s.setInt(1, 9);
                    try (ResultSet rows = s.executeQuery()) {
                        // Before anyone asks for more about the columns, which is a request.
                        backends.add(by());
                        answers.add(seen(rows));
                    }
                }
            }
        }
        assertThat(backends.subList(0, 8)).containsOnly("primary");
        assertThat(backends.subList(9, 16)).containsOnly("cache");
        for (int i = 0; i < 8; i++) {
            assertThat(answers.get(8 + i)).as("execution " + i).isEqualTo(answers.get(i));
        }
    }
}
