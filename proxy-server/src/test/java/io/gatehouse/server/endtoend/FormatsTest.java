package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.geometric.PGbox;
import org.postgresql.geometric.PGcircle;
import org.postgresql.geometric.PGline;
import org.postgresql.geometric.PGlseg;
import org.postgresql.geometric.PGpoint;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stock driver changes to the binary format once it has executed a statement often, at the
 * client as at the backend: values stay what they are.
 */
class FormatsTest {
    private static final int OFTEN = 12;

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive().serve("pg", Database.postgres(), 2);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    private static List<String> often(Connection c, String sql, Object... parameters)
            throws SQLException {
        List<String> seen = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < OFTEN; i++) {
                for (int p = 0; p < parameters.length; p++) {
                    s.setObject(p + 1, parameters[p]);
                }
                try (ResultSet rows = s.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    seen.add(rows.getString(1) + ", or " + rows.getObject(1));
                }
            }
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "point(1,2)",
                "point '(-1.5e30,Infinity)'",
                "box '(1,1),(2.25,2)'",
                "lseg '[(1,1),(2,2)]'",
                "line '{1,-1,0.1}'",
                "circle '<(1,1),2>'",
                "path '((1,1),(2,2))'",
                "polygon '((1,1),(2,2),(0,1))'",
                "interval '1 day 2 hours'",
                "inet '10.0.0.1'",
                "money '12.50'",
                "oid '7'",
                "'x'::name",
                "'c'::\"char\"",
                "bit '101'",
                "numrange(1,5)",
                "array[point(1,2)]",
                "array[1,2]",
                "row(1,'a')",
                "'a b'::tsvector",
                "uuid '11111111-1111-1111-1111-111111111111'",
                "timetz '10:00+02'",
                "timestamptz '2024-05-06 07:08:09.123456+02'",
                "jsonb '{\"a\": 1}'",
                "1.50::numeric",
                "'NaN'::float8"
            })
    void valuesStayTheSame(String value) throws Exception {
        String sql = "select " + value + " as v";
        try (Connection direct = Database.postgres().direct();
                Connection stock = broker.connectAsPostgres("pg");
                Connection ours = broker.connect("pg")) {
            assertThat(often(stock, sql)).isEqualTo(often(direct, sql));
            assertThat(Stream.of(often(ours, sql)).flatMap(List::stream).distinct()).hasSize(1);
        }
    }

    @Test
    void soDoParameters() throws Exception {
        try (Connection direct = Database.postgres().direct();
                Connection stock = broker.connectAsPostgres("pg")) {
            for (Object value :
                    List.of(
                            new PGpoint(1.5, -2e300),
                            new PGbox(1, 2, 3, 4),
                            new PGlseg(1, 2, 3, 4),
                            new PGline(1, 2, 3),
                            new PGcircle(1, 2, 3))) {
                assertThat(often(stock, "select ?", value))
                        .isEqualTo(often(direct, "select ?", value));
            }
        }
    }
}
