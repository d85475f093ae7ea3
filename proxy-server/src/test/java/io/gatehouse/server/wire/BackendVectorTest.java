package io.gatehouse.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.FaultClass;
import io.gatehouse.server.wire.Backend.ExtBatchCounts;
import io.gatehouse.server.wire.Backend.ExtColumn;
import io.gatehouse.server.wire.Backend.ExtColumns;
import io.gatehouse.server.wire.Backend.ExtCount;
import io.gatehouse.server.wire.Backend.ExtDone;
import io.gatehouse.server.wire.Backend.ExtEndRows;
import io.gatehouse.server.wire.Backend.ExtFailed;
import io.gatehouse.server.wire.Backend.ExtGoAway;
import io.gatehouse.server.wire.Backend.ExtParameter;
import io.gatehouse.server.wire.Backend.ExtParameters;
import io.gatehouse.server.wire.Backend.ExtWanted;
import io.gatehouse.server.wire.Backend.ExtWarnings;
import io.gatehouse.server.wire.Backend.RowKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Every message is written as its vector of backend.tsv says; every type has a vector. */
final class BackendVectorTest {
    private static final Map<String, String> VECTORS = Vectors.read("backend.tsv");

    private static Backend message(String name) {
        return switch (name) {
            case "Columns" -> new ExtColumns(1, RowKind.RESULT, false, List.of(id()));
            case "Columns.full" ->
                    new ExtColumns(2, RowKind.GENERATED_KEYS, true, List.of(size(), time()));
            case "Columns.same" -> new ExtColumns(3, RowKind.RESULT, false, null);
            case "Columns.none" -> new ExtColumns(3, RowKind.RESULT, false, List.of());
            case "Columns.out" -> new ExtColumns(4, RowKind.OUT_PARAMETERS, true, List.of(id()));
            case "Columns.cursor" -> new ExtColumns(4, RowKind.CURSOR, false, List.of(id()));
            case "Rows", "Rows.types", "Rows.infinity", "Rows.numeric" -> RowSamples.of(name);
            case "Rows.empty" -> RowSamples.empty();
            case "Part", "Part.last" -> RowSamples.part(name);
            case "Wanted" -> new ExtWanted(2, 0, 262144);
            case "Wanted.least" -> new ExtWanted(Integer.MAX_VALUE, Short.MAX_VALUE, 1);
            case "EndRows" -> new ExtEndRows(1, true);
            case "EndRows.stopped" -> new ExtEndRows(1, false);
            case "Count" -> new ExtCount(1, 3);
            case "Count.large" -> new ExtCount(1, Long.MAX_VALUE);
            case "BatchCounts" -> new ExtBatchCounts(4, List.of(1L, 0L, -2L, -3L, 1L << 32));
            case "BatchCounts.empty" -> new ExtBatchCounts(4, List.of());
            case "Parameters" -> new ExtParameters(8, List.of(number(), unknown()));
            case "Parameters.empty" -> new ExtParameters(8, List.of());
            case "Warnings" ->
                    new ExtWarnings(
                            1,
                            List.of(
                                    fault(FaultClass.DATA, "01000", 0, "a notice", null),
                                    fault(FaultClass.PLAIN, "", 1287, "", null)));
            case "Done" -> new ExtDone(1, TransactionStatus.NONE);
            case "Done.transaction" -> new ExtDone(Integer.MAX_VALUE, TransactionStatus.OPEN);
            case "Done.failed" -> new ExtDone(2, TransactionStatus.FAILED);
            case "Failed" ->
                    new ExtFailed(
                            1,
                            TransactionStatus.FAILED,
                            Fault.of("42P01", "relation \"x\" does not exist", ""));
            case "Failed.chain" -> new ExtFailed(3, TransactionStatus.NONE, chain());
            case "Failed.session" ->
                    new ExtFailed(
                            0,
                            TransactionStatus.NONE,
                            fault(FaultClass.NON_TRANSIENT, "57P01", 0, "bye", null));
            case "GoAway" -> new ExtGoAway(30000, "draining");
            case "GoAway.empty" -> new ExtGoAway(0, "");
            default -> throw new AssertionError("no test knows the vector " + name);
        };
    }

    private static ExtColumn id() {
        return new ExtColumn(
                "id", 23, 4, "int4", 10, 0, 11, 2, 1, "java.lang.Integer", "", "", "", "");
    }

    private static ExtColumn size() {
        return new ExtColumn(
                "Größe",
                1700,
                2,
                "NUMERIC",
                12,
                3,
                14,
                0,
                255,
                "java.math.BigDecimal",
                "size",
                "t",
                "s",
                "c");
    }

    private static ExtColumn time() {
        return new ExtColumn(
                "",
                Types.GH_TIMESTAMP_NS,
                93,
                "TIMESTAMP",
                29,
                9,
                29,
                1,
                0,
                "java.sql.Timestamp",
                "",
                "",
                "",
                "");
    }

    private static ExtParameter number() {
        return new ExtParameter(23, 4, "int4", "java.lang.Integer", 10, 0, 2, true, 1);
    }

    private static ExtParameter unknown() {
        return new ExtParameter(0, 1111, "", "", 0, 0, 1, false, 0);
    }

    private static Fault chain() {
        Fault second = fault(FaultClass.PLAIN, "", -1, "é", null);
        return fault(FaultClass.INTEGRITY_CONSTRAINT, "23505", 1062, "Duplicate entry", second);
    }

    private static Fault fault(
            FaultClass kind, String state, int code, String message, @Nullable Fault next) {
        return new Fault(kind, state, code, message, "", Map.of(), next);
    }

    @TestFactory
    List<DynamicTest> encodes() {
        return VECTORS.entrySet().stream()
                .map(v ->
                        DynamicTest.dynamicTest(v.getKey(), () -> check(v.getKey(), v.getValue())))
                .toList();
    }

    private static void check(String name, String hex) {
        ByteBuf out = Unpooled.buffer();
        BackendEncoder.write(message(name), out);
        assertThat(Vectors.hex(out)).isEqualTo(hex);
    }

    @Test
    void everyTypeOfTheSpecificationHasVectors() {
        String text = Vectors.specification();
        int four = text.indexOf("## 4. ");
        int five = text.indexOf("## 5. ");
        int six = text.indexOf("## 6. ");
        int front = everyTypeHasVectors(text.substring(four, five), Vectors.read("frontend.tsv"));
        int back = everyTypeHasVectors(text.substring(five, six), VECTORS);
        assertThat(front).isEqualTo(16);
        assertThat(back).isEqualTo(12);
    }

    private static int everyTypeHasVectors(String section, Map<String, String> vectors) {
        List<MatchResult> rows =
                Pattern.compile("(?m)^\\| `(.)` \\| (\\w+) \\|")
                        .matcher(section)
                        .results()
                        .toList();
        for (MatchResult row : rows) {
            String type = Integer.toHexString(row.group(1).charAt(0));
            assertThat(vectors).containsKey(row.group(2));
            vectors.forEach((name, hex) -> {
                if (name.equals(row.group(2)) || name.startsWith(row.group(2) + ".")) {
                    assertThat(hex).as(name).startsWith(type);
                }
            });
        }
        List<String> names = rows.stream().map(row -> row.group(2)).toList();
        assertThat(vectors.keySet())
                .allSatisfy(name -> assertThat(names).contains(name.replaceAll("\\..*", "")));
        return rows.size();
    }
}
