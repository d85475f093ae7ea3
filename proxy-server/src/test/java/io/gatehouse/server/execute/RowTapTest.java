package io.gatehouse.server.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Obligations;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.testing.Connections;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Results outside transactions on PostgreSQL. */
class RowTapTest {
    private static final String TYPES =
            """
            SELECT true AS b, 1::int2 AS i2, -2::int4 AS i4, (-9223372036854775807-1)::int8 AS i8,
              1.5::float4 AS f4, 'Infinity'::float8 AS f8, 1e-3::numeric AS n,
              'NaN'::numeric AS nan, '-Infinity'::numeric AS ninf, 'äöü'::text AS t,
              'x'::char(3) AS c, 'v'::varchar(9) AS v, '\\x00ff'::bytea AS bin,
              '2024-02-29'::date AS d, 'infinity'::date AS dinf, '0044-03-15 BC'::date AS dbc,
              '12:34:56.789012'::time AS tm, '12:34:56+05:30'::timetz AS ttz,
              '2024-02-29 12:34:56.789012'::timestamp AS ts, '-infinity'::timestamp AS tsninf,
              '2024-02-29 12:34:56.789012+02'::timestamptz AS tstz,
              '1890-01-01 00:00:00+00'::timestamptz AS old, 'infinity'::timestamptz AS tzinf,
              'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS u, '{"a": 1}'::json AS j,
              '{"a": 1}'::jsonb AS jb, '1 day 2 hours'::interval AS iv, ARRAY[1,2,NULL] AS arr,
              '192.168.0.1'::inet AS ip, '[1,5)'::int4range AS r, NULL::int4 AS nothing,
              'happy'::tap_mood AS mood, ?::int4 AS param
            """;

    private static final Pools POOLS = new Pools();

    @AfterAll
    static void close() {
        POOLS.close();
    }

    private static Parameter int4(int value) {
        return new Parameter(
                WireTypes.INT4,
                true,
                new byte[] {
                    (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
                });
    }

    private static String url() {
        Databases.Server server = Databases.postgres();
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
    }

    @Test
    void readsEveryTypeAsPgjdbcDoesHoweverOftenItRuns() throws SQLException {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            borrower.ok("DROP TYPE IF EXISTS tap_mood");
            borrower.ok("CREATE TYPE tap_mood AS ENUM ('happy', 'sad')");
            borrower.state = borrower.state.withTimeZone("Europe/Berlin");
            List<Object> first = null;
            for (int i = 0; i < 9; i++) {
                Recorder recorder = borrower.ok(TYPES, int4(i));
                List<Object> row = new ArrayList<>(recorder.rows.getFirst());
                assertThat(row.removeLast()).isEqualTo(i);
                row.replaceAll(value -> value instanceof byte[] b ? List.of(b[0], b[1]) : value);
                if (first == null) {
                    first = row;
                    check(recorder);
                }
                assertThat(row).isEqualTo(first);
            }
        }
    }

    private static void check(Recorder recorder) throws SQLException {
        List<Object> row = recorder.rows.getFirst();
        try (Connection direct = DriverManager.getConnection(url(), "postgres", "postgres");
                ResultSet rs = direct.createStatement().executeQuery(TYPES.replace("?", "0"))) {
            rs.next();
            for (int i = 1; i <= row.size(); i++) {
                Object got = row.get(i - 1);
                Object expected =
                        switch (got) {
                            case LocalDate d -> rs.getObject(i, LocalDate.class);
                            case LocalDateTime d -> rs.getObject(i, LocalDateTime.class);
                            case OffsetDateTime d -> rs.getObject(i, OffsetDateTime.class);
                            case byte[] bytes -> rs.getBytes(i);
                            case Boolean b -> rs.getBoolean(i);
                            case Number n -> n;
                            case null -> null;
                            default -> rs.getString(i);
                        };
                String label = rs.getMetaData().getColumnLabel(i);
                switch (got) {
                    case null -> assertThat(rs.getObject(i)).as(label).isNull();
                    case OffsetDateTime d ->
                            assertThat(d.toInstant())
                                    .as(label)
                                    .isEqualTo(((OffsetDateTime) expected).toInstant());
                    case BigDecimal n -> assertThat(n).as(label).isEqualTo(rs.getBigDecimal(i));
                    case Number n ->
                            assertThat(n.doubleValue()).as(label).isEqualTo(rs.getDouble(i));
                    case String s when s.startsWith("special:") ->
                            assertThat(s.substring(8)).as(label).isEqualTo(rs.getString(i));
                    case LocalDate d -> assertThat(got).as(label).isEqualTo(expected);
                    case LocalDateTime d -> assertThat(got).as(label).isEqualTo(expected);
                    case byte[] b -> assertThat(b).as(label).isEqualTo((byte[]) expected);
                    case Boolean b -> assertThat(got).as(label).isEqualTo(expected);
                    case String s -> assertThat(s).as(label).isEqualTo(rs.getString(i));
                    default -> assertThat(got.toString()).as(label).isNotEmpty();
                }
                Column column = recorder.columns.get(i - 1);
                assertThat(column.jdbcType())
                        .as(label)
                        .isEqualTo(rs.getMetaData().getColumnType(i));
                assertThat(column.typeName())
                        .as(label)
                        .isEqualTo(rs.getMetaData().getColumnTypeName(i));
                assertThat(column.precision())
                        .as(label)
                        .isEqualTo(rs.getMetaData().getPrecision(i));
            }
        }
    }

    @Test
    void takesOneRoundTripForAResultOfAnySize() {
        try (Forwarder forwarder = new Forwarder(Databases.postgres());
                Pools pools = new Pools();
                Borrower borrower =
                        Borrower.of(
                                pools.of(Connections.to("postgresql", forwarder.server(), 1)))) {
            borrower.ok("SELECT 1");
            forwarder.takeRoundTrips();
            for (int i = 0; i < 8; i++) {
                Recorder recorder =
                        borrower.ok("SELECT g FROM generate_series(1, ?) g", int4(20_000));
                assertThat(recorder.rows).hasSize(20_000);
                assertThat(forwarder.takeRoundTrips()).isEqualTo(1);
            }
            // Inside a transaction: BEGIN and the statement go together, then portions, then
            // COMMIT.
            borrower.ok("SELECT 1", true);
            borrower.transact(Call.Action.COMMIT, "");
            assertThat(forwarder.takeRoundTrips()).isEqualTo(2);
            borrower.state = borrower.state.withReadOnly(true).withTimeZone("UTC");
            borrower.ok("SELECT 1");
            assertThat(forwarder.takeRoundTrips()).isEqualTo(2);
            borrower.ok("SELECT 1");
            assertThat(forwarder.takeRoundTrips()).isEqualTo(1);
        }
    }

    @Test
    void holdsTheServerBackWhileNobodyWantsRows() throws InterruptedException {
        try (Forwarder forwarder = new Forwarder(Databases.postgres());
                Pools pools = new Pools();
                Borrower borrower =
                        Borrower.of(
                                pools.of(Connections.to("postgresql", forwarder.server(), 1)))) {
            Recorder recorder = new Recorder(10);
            recorder.keep = false;
            String sql = "SELECT repeat('x', 10000) FROM generate_series(1, 20000)";
            CompletableFuture<Outcome> outcome =
                    borrower.performing(Borrower.run(borrower.text(sql, true), false), recorder);
            long before = -1;
            while (before != forwarder.received()) {
                before = forwarder.received();
                LockSupport.parkNanos(300_000_000L);
            }
            // 200 MB in all; what is under way sits in socket buffers.
            assertThat(before).isLessThan(40_000_000L);
            assertThat(recorder.seen).isEqualTo(10);
            recorder.demand.release(1_000_000);
            assertThat(Borrower.get(outcome)).isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.seen).isEqualTo(20_000);
        }
    }

    @Test
    void stopsTheServerWhenRowsAreNoLongerWanted() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            Recorder recorder = new Recorder(10);
            recorder.unwanted = true;
            Call call =
                    Borrower.run(
                            borrower.text("SELECT generate_series(1, 1000000000)", true), false);
            assertThat(borrower.perform(call, recorder)).isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.ends).containsExactly(false);
            assertThat(borrower.ok("SELECT 7").rows).containsExactly(List.of(7));
        }
    }

    @Test
    void passesErrorsInTheMiddleOfAResultOn() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            borrower.ok("SELECT 1 / 1");
            Recorder recorder = new Recorder();
            Call call =
                    Borrower.run(
                            borrower.text(
                                    "SELECT 1 / (100 - g) FROM generate_series(1, 200) g", true),
                            false);
            Outcome outcome = borrower.perform(call, recorder);
            assertThat(recorder.rows).hasSize(99);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> {
                                assertThat(failed.fault().sqlState()).isEqualTo("22012");
                                assertThat(failed.fault().message()).isEqualTo("division by zero");
                                assertThat(failed.connectionLost()).isFalse();
                            });
            assertThat(borrower.ok("SELECT 8").rows).containsExactly(List.of(8));
        }
    }

    @Test
    void obeysRowLimitsAndTellsWhetherThereWasMore() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            Obligations five = new Obligations(true, 5, 0, "", Duration.ZERO, List.of(), List.of());
            for (int rows : new int[] {4, 5, 6}) {
                String sql = "SELECT g FROM generate_series(1, " + rows + ") g";
                Recorder recorder = new Recorder();
                borrower.perform(Borrower.run(borrower.text(sql, five), false), recorder);
                assertThat(recorder.rows).hasSize(Math.min(rows, 5));
                assertThat(recorder.ends).containsExactly(rows <= 5);
            }
            Outcome write =
                    borrower.perform(
                            Borrower.run(
                                    borrower.text("CREATE TABLE no_table (i int)", five), false),
                            new Recorder());
            assertThat(((Outcome.Failed) write).fault().sqlState()).isEqualTo("25006");
        }
    }

    @Test
    void tellsEmptyResultsCountsAndNotices() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            for (int i = 0; i < 8; i++) {
                Recorder empty = borrower.ok("SELECT 1 AS one WHERE ? < 0", int4(i));
                assertThat(empty.columns).extracting(Column::label).containsExactly("one");
                assertThat(empty.ends).containsExactly(true);
            }
            borrower.ok("CREATE TABLE IF NOT EXISTS tap_rows (i int)");
            Recorder again = borrower.ok("CREATE TABLE IF NOT EXISTS tap_rows (i int)");
            assertThat(again.warnings)
                    .extracting(fault -> fault.sqlState())
                    .containsExactly("42P07");
            assertThat(borrower.ok("INSERT INTO tap_rows VALUES (1), (2)").counts)
                    .containsExactly(2L);
            assertThat(borrower.ok("DELETE FROM tap_rows RETURNING i").rows).hasSize(2);
            borrower.ok("DROP TABLE tap_rows");
        }
    }
}
