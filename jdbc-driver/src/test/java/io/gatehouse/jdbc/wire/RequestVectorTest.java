package io.gatehouse.jdbc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.jdbc.type.Encoding;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every request of the driver has the bytes that the vectors pin. */
class RequestVectorTest {
    /** Built of types whose encoders are tested with their own. */
    private static final String ELSEWHERE = "Execute.types";

    private static final int MAX = Integer.MAX_VALUE;

    private static Map<String, Request> requests() {
        Map<String, Request> m = new LinkedHashMap<>();
        executions(m);
        pieces(m);
        batches(m);
        others(m);
        return m;
    }

    private static void executions(Map<String, Request> m) {
        m.put("Prepare", new Request.Prepare(7, 0, "select * from t where id = ?", 0, List.of()));
        m.put("Prepare.direct", new Request.Prepare(1, 5, "select 'é€😀?'", 1, List.of()));
        m.put(
                "Prepare.keys",
                new Request.Prepare(MAX, 2, "insert into t default values", 2, List.of("id", "")));
        m.put(
                "Signature",
                new Request.Signature(
                        7,
                        List.of(
                                new CallParameter(
                                        false, CallParameter.Registration.of(2, 3), 1, ""),
                                new CallParameter(true, null, 2, ""),
                                new CallParameter(
                                        true,
                                        CallParameter.Registration.of(1111, "s.t"),
                                        0,
                                        "größe"))));
        m.put("Signature.empty", new Request.Signature(MAX, List.of()));
        m.put("Prepare.empty", new Request.Prepare(2, 0, "", 0, List.of()));
        m.put(
                "Execute",
                new Request.Execute(
                        1,
                        7,
                        1,
                        30000,
                        100,
                        50,
                        65536,
                        List.of(Encoding.of(42), Encoding.of("abc"))));
        m.put(
                "Execute.nulls",
                new Request.Execute(
                        2,
                        7,
                        0,
                        0,
                        0,
                        0,
                        0,
                        List.of(
                                Encoding.ofNull(Types.OTHER),
                                Encoding.ofNull(Types.BIGINT),
                                Encoding.text(25, ""))));
        m.put(
                "Execute.bare",
                new Request.Execute(MAX, MAX, 2, 1, Long.MAX_VALUE, MAX, MAX, List.of()));
    }

    private static void pieces(Map<String, Request> m) {
        m.put(
                "Execute.streams",
                new Request.Execute(
                        2,
                        7,
                        0,
                        0,
                        0,
                        0,
                        1024,
                        List.of(
                                Encoding.arriving(false, 300, new NoValue()),
                                Encoding.arriving(true, -1, new NoValue()))));
        m.put("Piece", new Piece(2, 0, 0, new byte[] {0, (byte) 0xff, 0x7f}, false));
        byte[] text = "ü".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        m.put("Piece.last", new Piece(MAX, Short.MAX_VALUE, 1, text, true));
        m.put("Piece.failed", new Piece(2, 1, 2, new byte[0], false));
    }

    private static void batches(Map<String, Request> m) {
        m.put(
                "Batch",
                new Request.Batch(
                        4,
                        7,
                        true,
                        5000,
                        2,
                        List.of(
                                List.of(Encoding.of(1), Encoding.of("a")),
                                List.of(Encoding.ofNull(Types.INTEGER), Encoding.of("")))));
        m.put(
                "Batch.part",
                new Request.Batch(4, 7, false, 0, 1, List.of(List.of(Encoding.of(-1L)))));
        m.put(
                "Batch.bare",
                new Request.Batch(5, 7, true, 0, 0, List.of(List.of(), List.of(), List.of())));
        m.put("Batch.empty", new Request.Batch(5, 7, true, 0, 2, List.of()));
        m.put(
                "BatchTexts",
                new Request.BatchTexts(6, true, 0, List.of("delete from a where b = 1", "")));
        m.put("BatchTexts.part", new Request.BatchTexts(6, false, 100, List.of()));
    }

    private static void others(Map<String, Request> m) {
        m.put("Describe", new Request.Describe(8, 7));
        byte[] global = {'g', 'a'};
        m.put("Branch", new BranchStep(14, BranchStep.START, 7, global, new byte[] {'b'}));
        byte[] bytes = {0, -1};
        int rollback = BranchStep.ROLLBACK_PREPARED;
        m.put("Branch.bare", new BranchStep(14, rollback, -1, bytes, new byte[0]));
        m.put("Transact", new Request.Transact(9, 1, ""));
        m.put("Transact.rollback", new Request.Transact(9, 2, ""));
        m.put("Transact.savepoint", new Request.Transact(9, 3, "s1"));
        m.put("Transact.release", new Request.Transact(9, 4, "s1"));
        m.put("Transact.rollbackTo", new Request.Transact(9, 5, "ü"));
        m.put(
                "Catalog",
                new Request.Catalog(
                        10,
                        65536,
                        "getTables",
                        List.of(
                                Argument.text(null),
                                Argument.text("public"),
                                Argument.text("%"),
                                Argument.texts(new String[] {"TABLE", "VIEW"}))));
        m.put(
                "Catalog.kinds",
                new Request.Catalog(
                        11,
                        0,
                        "getBestRowIdentifier",
                        List.of(
                                Argument.number(-1),
                                Argument.bool(true),
                                Argument.bool(false),
                                Argument.texts(new String[0]),
                                Argument.numbers(new int[] {1, Integer.MIN_VALUE}),
                                Argument.numbers(new int[0]))));
        m.put("Catalog.bare", new Request.Catalog(12, 1, "facts", List.of()));
        m.put("Ping", new Request.Ping(13, 2000));
        m.put("Ping.forever", new Request.Ping(13, 0));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("autocommit", "false");
        settings.put("schema", null);
        settings.put("application_name", "");
        m.put("Settings", new Request.Settings(settings));
        m.put("Settings.empty", new Request.Settings(Map.of()));
        m.put("Close", new Request.Close(0, 7));
        m.put("Close.request", new Request.Close(1, MAX));
        m.put("Credit", new Request.Credit(1, 131072));
        m.put("Cancel", new Request.Cancel(1));
        m.put("Cancel.all", new Request.Cancel(0));
        m.put("Terminate", new Terminate());
    }

    /** A value of which nothing is sent here. */
    private static final class NoValue implements Outflow {
        @Override
        public void begin() {
            throw new AssertionError("nothing is read");
        }

        @Override
        public byte[] next(int most) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public SQLException told(IOException failure, SQLException byBroker) {
            throw new AssertionError("nothing is read");
        }
    }

    @Test
    void everyVectorIsWritten() throws IOException {
        Map<String, byte[]> vectors = Vectors.read("frontend.tsv");
        Map<String, Request> requests = requests();
        List<String> names = new ArrayList<>(requests.keySet());
        names.add(ELSEWHERE);
        assertThat(vectors.keySet()).containsExactlyInAnyOrderElementsOf(names);
        requests.forEach((name, request) -> {
            FrameWriter out = new FrameWriter();
            request.write(out);
            assertThat(out.toBytes()).as(name).isEqualTo(vectors.get(name));
        });
    }

    @Test
    void aNumberIsPostgresNumeric() throws IOException, SQLException {
        String pinned = hex(Vectors.read("frontend.tsv").get(ELSEWHERE));
        assertThat(pinned).contains(encoded(Encoding.of(new BigDecimal("-12345.678"))));
        assertThat(pinned).contains(encoded(Encoding.of(true)));
        assertThat(pinned).contains(encoded(Encoding.of((short) -2)));
        assertThat(pinned).contains(encoded(Encoding.of(-0.5)));
        assertThat(pinned).contains(encoded(Encoding.of(java.time.LocalDate.of(2026, 3, 4))));
    }

    private static String encoded(Parameter parameter) {
        FrameWriter out = new FrameWriter();
        parameter.write(out);
        return hex(out.toBytes());
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
