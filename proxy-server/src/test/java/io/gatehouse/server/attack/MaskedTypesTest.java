package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hashes, truncated dates and constants at real servers: other values of the same types. */
class MaskedTypesTest {
    private static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: coded
                unless: {users: [other]}
                masks:
                  - {columns: [mt.name, mt.code], with: hash}
                  - {columns: [mt.short], with: hash, length: 8}
                  - {columns: [mt.born], with: truncate, to: month}
                  - {columns: [mt.seen], with: truncate, to: year}
                  - {columns: [mt.logged], with: truncate, to: day}
                  - {columns: [mt.pay, mt.n], with: constant, value: "7"}
                  - {columns: [mt.label], with: constant, value: hidden}
                clean: {relations: [mo]}
            """;

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker =
                TestBroker.with(POLICY)
                        .serve("postgresql", Database.postgres(), 2)
                        .serve("mariadb", Database.mariadb(), 2);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Database database(String kind) {
        return kind.equals("mariadb") ? Database.mariadb() : Database.postgres();
    }

    private static void prepare(String kind) throws SQLException {
        boolean maria = kind.equals("mariadb");
        String values =
                "'bob', 'abc', '1987-03-21', '1987-03-21 13:14:15.5',"
                        + " '2026-07-08 23:59:58', 1234.56, 99, 'tall'";
        database(kind)
                .prepare(
                        "drop table if exists mt",
                        "drop table if exists mo",
                        "create table mt (id int primary key, code "
                                + (maria ? "char(36)" : "uuid")
                                + ", name varchar(40), short varchar(40), born date, seen "
                                + (maria ? "datetime(3)" : "timestamp")
                                + ", logged "
                                + (maria ? "timestamp null" : "timestamptz")
                                + ", pay decimal(10, 2), n bigint, label varchar(40))",
                        "create table mo (mt int, name varchar(40))",
                        "insert into mt values (1, '3a33d91c-6e70-4c1a-9d0e-0b8f2d6a1c11', "
                                + values
                                + ")",
                        "insert into mt values (2, '3a33d91c-6e70-4c1a-9d0e-0b8f2d6a1c11', "
                                + values
                                + ")",
                        "insert into mt (id) values (3)",
                        "insert into mo values (1, 'bob')");
    }

    private static Connection through(String door, String kind) throws SQLException {
        return door.equals("driver") ? broker.connect(kind) : broker.connectAsPostgres(kind);
    }

    private static List<String> types(ResultSetMetaData meta) throws SQLException {
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            types.add(
                    meta.getColumnLabel(i)
                            + " "
                            + meta.getColumnType(i)
                            + " "
                            + meta.getColumnTypeName(i)
                            + " "
                            + meta.getColumnClassName(i)
                            + " "
                            + meta.getPrecision(i)
                            + " "
                            + meta.getScale(i));
        }
        return types;
    }

    private record Seen(List<String> types, List<Map<String, String>> rows) {}

    private static Seen seen(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            List<String> types = types(rs.getMetaData());
            List<Map<String, String>> rows = new ArrayList<>();
            while (rs.next()) {
                Map<String, String> row = new HashMap<>();
                for (int i = 1; i <= types.size(); i++) {
                    Object value = rs.getObject(i);
                    // The object has the class that the metadata promise, masked or not.
                    if (value != null) {
                        assertThat(value.getClass().getName())
                                .isEqualTo(rs.getMetaData().getColumnClassName(i));
                    }
                    row.put(rs.getMetaData().getColumnLabel(i), rs.getString(i));
                }
                rows.add(row);
            }
            return new Seen(types, rows);
        }
    }

    @ParameterizedTest
    @CsvSource({"driver, postgresql", "pgjdbc, postgresql", "driver, mariadb", "pgjdbc, mariadb"})
    void areOtherValuesOfTheSameTypes(String door, String kind) throws Exception {
        prepare(kind);
        try (Connection c = through(door, kind);
                Connection all = broker.connectAsOther(kind)) {
            Seen masked = seen(c, "select * from mt order by id");
            Seen plain = seen(all, "select * from mt order by id");
            if (door.equals("driver")) {
                assertThat(masked.types()).isEqualTo(plain.types());
            }
            Map<String, String> row = masked.rows().getFirst();
            assertThat(row.get("name")).matches("[0-9a-f]{32}");
            assertThat(row.get("short")).matches("[0-9a-f]{8}");
            assertThat(row.get("code"))
                    .matches("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}.*")
                    .isNotEqualTo(plain.rows().getFirst().get("code"));
            assertThat(row.get("born")).isEqualTo("1987-03-01");
            assertThat(row.get("seen")).startsWith("1987-01-01 00:00:00");
            assertThat(row.get("logged")).contains("2026-07-08 00:00:00");
            assertThat(Double.parseDouble(row.get("pay"))).isEqualTo(7);
            assertThat(row.get("n")).isEqualTo("7");
            assertThat(row.get("label")).isEqualTo("hidden");
            // Equal values have equal codes, in other queries too; null stays null.
            assertThat(masked.rows().get(1).get("name")).isEqualTo(row.get("name"));
            assertThat(masked.rows().get(1).get("code")).isEqualTo(row.get("code"));
            Map<String, String> empty = new HashMap<>(masked.rows().get(2));
            empty.remove("id");
            assertThat(empty.values()).containsOnlyNulls();
            String again =
                    "with w as (select name as x from mt where id < 2) select x from w"
                            + " union all select x from w";
            assertThat(seen(c, again).rows())
                    .hasSize(2)
                    .allSatisfy(r -> assertThat(r.get("x")).isEqualTo(row.get("name")));
            assertThat(plain.rows().getFirst().get("name")).isEqualTo("bob");
        }
    }
}
