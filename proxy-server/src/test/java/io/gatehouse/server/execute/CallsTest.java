package io.gatehouse.server.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.gate.Permits;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.pool.Pools;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Every call but a plain statement, on every kind that can run here. */
class CallsTest {
    private static final Pools POOLS = new Pools();

    @AfterAll
    static void close() {
        POOLS.close();
    }

    static Stream<Named<IntFunction<LogicalConnection>>> kinds() {
        return KindsTest.kinds();
    }

    private static Parameter int4(int value) {
        return binary(WireTypes.INT4, ByteBuffer.allocate(4).putInt(value));
    }

    private static Parameter binary(int type, ByteBuffer value) {
        return new Parameter(type, true, value.array());
    }

    private static Parameter text(int type, String value) {
        return new Parameter(type, false, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void fresh(Borrower borrower, String table, String columns) {
        borrower.ok("DROP TABLE IF EXISTS " + table);
        borrower.ok("CREATE TABLE " + table + " (" + columns + ")");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runsBatchesAndTellsWhichRowFailed(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            fresh(borrower, "calls_batch", "id INTEGER PRIMARY KEY, name VARCHAR(40)");
            List<List<Parameter>> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                rows.add(List.of(int4(i), text(WireTypes.TEXT, "name " + i)));
            }
            Call.Text insert = borrower.text("INSERT INTO calls_batch VALUES (?, ?)", false);
            Recorder recorder = new Recorder();
            assertThat(
                            borrower.perform(
                                    new Call.Batch(insert, rows, true, Duration.ZERO), recorder))
                    .isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.batches.getFirst()).hasSize(100);
            borrower.transact(Call.Action.COMMIT, "");
            Outcome again =
                    borrower.perform(
                            new Call.Batch(insert, rows, true, Duration.ZERO), new Recorder());
            assertThat(again).isInstanceOf(Outcome.Failed.class);
            borrower.transact(Call.Action.ROLLBACK, "");

            List<Permitted> texts =
                    List.of(
                            Permits.of(borrower.lease.kind().dialect(), "DELETE FROM calls_batch"),
                            Permits.of(
                                    borrower.lease.kind().dialect(),
                                    "INSERT INTO calls_batch VALUES (1, 'a'), (2, 'b')"));
            Recorder counts = new Recorder();
            borrower.perform(new Call.BatchTexts(texts, false, Duration.ZERO), counts);
            assertThat(counts.batches.getFirst()).containsExactly(100, 2);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void givesGeneratedKeys(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            String id =
                    switch (borrower.lease.kind().dialect()) {
                        case MARIADB -> "id INTEGER PRIMARY KEY AUTO_INCREMENT";
                        case SQLITE -> "id INTEGER PRIMARY KEY AUTOINCREMENT";
                        default -> "id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
                    };
            fresh(borrower, "calls_keys", id + ", name VARCHAR(40)");
            Call.Text insert =
                    new Call.Text(
                            Permits.of(
                                    borrower.lease.kind().dialect(),
                                    "INSERT INTO calls_keys (name) VALUES (?)"),
                            false,
                            true,
                            Call.Keys.ANY,
                            List.of());
            Recorder recorder = new Recorder();
            assertThat(
                            borrower.perform(
                                    Borrower.run(insert, false, text(WireTypes.TEXT, "one")),
                                    recorder))
                    .isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.counts).containsExactly(1L);
            assertThat(recorder.keys).hasSize(1);
            assertThat(((Number) recorder.keys.getFirst().getFirst()).intValue()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersCatalogueCalls(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            fresh(borrower, "calls_catalog", "id INTEGER PRIMARY KEY");
            Recorder tables = new Recorder();
            List<Object> arguments = new ArrayList<>(Arrays.asList(null, null, "%", null));
            assertThat(borrower.perform(new Call.Catalog("getTables", arguments, false), tables))
                    .isInstanceOf(Outcome.Finished.class);
            assertThat(tables.rows)
                    .anyMatch(row -> "calls_catalog".equalsIgnoreCase((String) row.get(2)));
            Recorder facts = new Recorder();
            borrower.perform(new Call.Catalog("facts", List.of(), false), facts);
            assertThat(facts.rows).hasSizeGreaterThan(100);
            assertThat(facts.rows).noneMatch(row -> row.getFirst().equals("getURL"));
            Recorder schema = new Recorder();
            borrower.perform(new Call.Catalog("connection.getCatalog", List.of(), false), schema);
            assertThat(schema.rows).hasSize(1);
            Outcome refused =
                    borrower.perform(
                            new Call.Catalog("getConnection", List.of(), false), new Recorder());
            assertThat(((Outcome.Failed) refused).fault().sqlState()).isEqualTo("0A000");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void describesColumns(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            fresh(borrower, "calls_describe", "id INTEGER PRIMARY KEY, name VARCHAR(40)");
            Recorder recorder = new Recorder();
            Call.Text query =
                    borrower.text("SELECT name, id FROM calls_describe WHERE id = ?", false);
            assertThat(borrower.perform(new Call.Describe(query), recorder))
                    .isInstanceOf(Outcome.Finished.class);
            assertThat(recorder.columns)
                    .extracting(column -> column.name().toLowerCase(Locale.ROOT))
                    .containsExactly("name", "id");
            assertThat(recorder.columns.getFirst().table()).isEqualToIgnoringCase("calls_describe");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bindsAndReadsTypes(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            String timestamp =
                    switch (borrower.lease.kind().dialect()) {
                        case MARIADB -> "DATETIME(6)";
                        default -> "TIMESTAMP";
                    };
            fresh(
                    borrower,
                    "calls_types",
                    "i INTEGER, l BIGINT, d DATE, t "
                            + timestamp
                            + ", n DECIMAL(10,2), x VARCHAR(9)");
            LocalDateTime when = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000);
            long seconds = when.toEpochSecond(ZoneOffset.ofHours(2));
            ByteBuffer sql =
                    ByteBuffer.allocate(16).putLong(seconds).putInt(789_000_000).putInt(7200);
            int days = (int) (LocalDate.of(2024, 2, 29).toEpochDay() - 10_957);
            Outcome outcome =
                    borrower.perform(
                            Borrower.run(
                                    borrower.text(
                                            "INSERT INTO calls_types VALUES (?, ?, ?, ?, ?, ?)",
                                            false),
                                    false,
                                    text(WireTypes.INT4, "42"),
                                    binary(
                                            WireTypes.INT8,
                                            ByteBuffer.allocate(8).putLong(1L << 40)),
                                    binary(
                                            WireTypes.GH_SQL_DATE,
                                            ByteBuffer.allocate(4).putInt(days)),
                                    binary(WireTypes.GH_SQL_TIMESTAMP, sql),
                                    text(WireTypes.NUMERIC, "12.50"),
                                    new Parameter(WireTypes.TEXT, true, null)),
                            new Recorder());
            assertThat(outcome).isInstanceOf(Outcome.Finished.class);
            List<Object> row = borrower.ok("SELECT * FROM calls_types").rows.getFirst();
            assertThat(row.get(0).toString()).isEqualTo("42");
            assertThat(row.get(1)).isEqualTo(1L << 40);
            // SQLite's driver stores a java.sql.Date as the milliseconds of its midnight.
            String midnight = Long.toString(java.sql.Date.valueOf("2024-02-29").getTime());
            assertThat(row.get(2).toString()).isIn("2024-02-29", midnight);
            String moment = Long.toString(Instant.parse("2024-02-29T10:34:56.789Z").toEpochMilli());
            assertThat(row.get(3).toString().replace('T', ' '))
                    .isIn("2024-02-29 12:34:56.789", moment);
            assertThat(row.get(4).toString()).startsWith("12.5");
            assertThat(row.get(5)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keepsTheBackendsErrors(IntFunction<LogicalConnection> connection) {
        try (Borrower borrower = Borrower.of(POOLS.of(connection.apply(1)))) {
            fresh(borrower, "calls_errors", "id INTEGER PRIMARY KEY");
            borrower.ok("INSERT INTO calls_errors VALUES (1)");
            String state = borrower.fails("INSERT INTO calls_errors VALUES (1)", false).sqlState();
            switch (borrower.lease.kind().dialect()) {
                case POSTGRESQL, H2 -> assertThat(state).isEqualTo("23505");
                case MARIADB -> assertThat(state).isEqualTo("23000");
                default -> assertThat(state).isNotNull();
            }
            assertThat(borrower.ok("SELECT id FROM calls_errors").rows).hasSize(1);
        }
    }
}
