package io.gatehouse.server.wire;

import static io.gatehouse.server.wire.Frontend.Action;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.wire.Frontend.BranchStep;
import io.gatehouse.server.wire.Frontend.CallParameter;
import io.gatehouse.server.wire.Frontend.Closing;
import io.gatehouse.server.wire.Frontend.Expect;
import io.gatehouse.server.wire.Frontend.ExtBatch;
import io.gatehouse.server.wire.Frontend.ExtBatchTexts;
import io.gatehouse.server.wire.Frontend.ExtBranch;
import io.gatehouse.server.wire.Frontend.ExtCancel;
import io.gatehouse.server.wire.Frontend.ExtCatalog;
import io.gatehouse.server.wire.Frontend.ExtClose;
import io.gatehouse.server.wire.Frontend.ExtCredit;
import io.gatehouse.server.wire.Frontend.ExtDescribe;
import io.gatehouse.server.wire.Frontend.ExtExecute;
import io.gatehouse.server.wire.Frontend.ExtPiece;
import io.gatehouse.server.wire.Frontend.ExtPing;
import io.gatehouse.server.wire.Frontend.ExtPrepare;
import io.gatehouse.server.wire.Frontend.ExtSettings;
import io.gatehouse.server.wire.Frontend.ExtSignature;
import io.gatehouse.server.wire.Frontend.ExtTransact;
import io.gatehouse.server.wire.Frontend.Following;
import io.gatehouse.server.wire.Frontend.Keys;
import io.gatehouse.server.wire.Frontend.Setting;
import io.gatehouse.server.wire.Frontend.Terminate;
import io.gatehouse.server.wire.Frontend.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Every vector of frontend.tsv is read as the message that its comment describes. */
final class FrontendVectorTest {
    private static final int MAX = Integer.MAX_VALUE;
    private static final Map<String, String> VECTORS = Vectors.read("frontend.tsv");

    private static Frontend expected(String name) {
        return switch (name) {
            case "Prepare" ->
                    prepare(7, false, false, true, "select * from t where id = ?", Keys.NONE);
            case "Prepare.direct" -> prepare(1, true, false, false, "select 'é€😀?'", Keys.ANY);
            case "Prepare.keys" ->
                    new ExtPrepare(
                            MAX,
                            false,
                            true,
                            true,
                            "insert into t default values",
                            Keys.NAMED,
                            List.of("id", ""));
            case "Prepare.empty" -> prepare(2, false, false, true, "", Keys.NONE);
            case "Signature" -> signature();
            case "Signature.empty" -> new ExtSignature(MAX, List.of());
            case "Execute" ->
                    new ExtExecute(
                            1,
                            7,
                            Expect.ROWS,
                            30000,
                            100,
                            50,
                            65536,
                            List.of(hex(23, "0000002a"), utf8(1043, "abc")));
            case "Execute.nulls" -> nulls();
            case "Execute.bare" ->
                    new ExtExecute(MAX, MAX, Expect.COUNT, 1, Long.MAX_VALUE, MAX, MAX, List.of());
            case "Execute.types" ->
                    new ExtExecute(3, 9, Expect.ANYTHING, 0, 0, 0, 1024, everyType());
            case "Execute.streams" -> streams();
            case "Piece", "Piece.last", "Piece.failed" -> piece(name);
            case "Batch", "Batch.part", "Batch.bare", "Batch.empty" -> batch(name);
            case "BatchTexts" ->
                    new ExtBatchTexts(6, true, 0, List.of("delete from a where b = 1", ""));
            case "BatchTexts.part" -> new ExtBatchTexts(6, false, 100, List.of());
            case "Describe" -> new ExtDescribe(8, 7);
            case String t when t.startsWith("Transact") -> transact(name);
            case "Catalog" -> tables();
            case "Catalog.kinds" -> everyArgument();
            case "Catalog.bare" -> new ExtCatalog(12, 1, "facts", List.of());
            case "Ping" -> new ExtPing(13, 2000);
            case "Ping.forever" -> new ExtPing(13, 0);
            case "Branch" -> new ExtBranch(14, BranchStep.START, 7, bytes("6761"), bytes("62"));
            case "Branch.bare" ->
                    new ExtBranch(14, BranchStep.ROLLBACK_PREPARED, -1, bytes("00ff"), bytes(""));
            case "Settings", "Settings.empty" -> settings(name);
            case "Close" -> new ExtClose(Closing.STATEMENT, 7);
            case "Close.request" -> new ExtClose(Closing.REQUEST, MAX);
            case "Credit" -> new ExtCredit(1, 131072);
            case "Cancel" -> new ExtCancel(1);
            case "Cancel.all" -> new ExtCancel(0);
            case "Terminate" -> new Terminate();
            default -> throw new AssertionError("no test knows the vector " + name);
        };
    }

    private static Frontend transact(String name) {
        return switch (name) {
            case "Transact" -> new ExtTransact(9, Action.COMMIT, "");
            case "Transact.rollback" -> new ExtTransact(9, Action.ROLLBACK, "");
            case "Transact.savepoint" -> new ExtTransact(9, Action.SAVEPOINT, "s1");
            case "Transact.release" -> new ExtTransact(9, Action.RELEASE, "s1");
            case "Transact.rollbackTo" -> new ExtTransact(9, Action.ROLLBACK_TO, "ü");
            default -> throw new AssertionError("no test knows the vector " + name);
        };
    }

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex));
    }

    private static Frontend prepare(
            int id, boolean direct, boolean call, boolean escapes, String sql, Keys keys) {
        return new ExtPrepare(id, direct, call, escapes, sql, keys, List.of());
    }

    private static Frontend nulls() {
        return new ExtExecute(
                2, 7, Expect.ANYTHING, 0, 0, 0, 0, List.of(sqlNull(0), sqlNull(20), utf8(25, "")));
    }

    private static Frontend piece(String name) {
        return switch (name) {
            case "Piece" ->
                    new ExtPiece(2, 0, Following.MORE, Bytes.of(new byte[] {0, (byte) 0xff, 0x7f}));
            case "Piece.last" ->
                    new ExtPiece(
                            MAX,
                            Short.MAX_VALUE,
                            Following.NOTHING,
                            Bytes.of("ü".getBytes(StandardCharsets.UTF_8)));
            case "Piece.failed" -> new ExtPiece(2, 1, Following.FAILURE, Bytes.of(new byte[0]));
            default -> throw new AssertionError("no test knows the vector " + name);
        };
    }

    private static Frontend streams() {
        return new ExtExecute(
                2,
                7,
                Expect.ANYTHING,
                0,
                0,
                0,
                1024,
                List.of(
                        hex(Types.GH_BYTE_STREAM, "000000000000012c"),
                        hex(Types.GH_TEXT_STREAM, "ffffffffffffffff")));
    }

    private static Frontend signature() {
        return new ExtSignature(
                7,
                List.of(
                        new CallParameter(false, true, 1, "", 2, 3, ""),
                        new CallParameter(true, false, 2, "", 0, -1, ""),
                        new CallParameter(true, true, 0, "größe", 1111, -1, "s.t")));
    }

    private static Frontend batch(String name) {
        return switch (name) {
            case "Batch" ->
                    new ExtBatch(
                            4,
                            7,
                            true,
                            5000,
                            List.of(
                                    List.of(hex(23, "00000001"), utf8(1043, "a")),
                                    List.of(sqlNull(23), utf8(1043, ""))));
            case "Batch.part" ->
                    new ExtBatch(4, 7, false, 0, List.of(List.of(hex(20, "ffffffffffffffff"))));
            case "Batch.bare" ->
                    new ExtBatch(5, 7, true, 0, List.of(List.of(), List.of(), List.of()));
            default -> new ExtBatch(5, 7, true, 0, List.of());
        };
    }

    private static Frontend tables() {
        return new ExtCatalog(
                10,
                65536,
                "getTables",
                Arrays.<@Nullable Object>asList(null, "public", "%", List.of("TABLE", "VIEW")));
    }

    private static Frontend everyArgument() {
        return new ExtCatalog(
                11,
                0,
                "getBestRowIdentifier",
                List.of(-1, true, false, List.of(), List.of(1, Integer.MIN_VALUE), List.of()));
    }

    private static Frontend settings(String name) {
        return new ExtSettings(
                name.equals("Settings.empty")
                        ? List.of()
                        : List.of(
                                new Setting("autocommit", "false"),
                                new Setting("schema", null),
                                new Setting("application_name", "")));
    }

    private static List<Value> everyType() {
        return List.of(
                hex(Types.BOOL, "01"),
                hex(Types.INT2, "fffe"),
                hex(Types.FLOAT8, "bfe0000000000000"),
                hex(Types.NUMERIC, "0003000140000003" + "0001" + "0929" + "1a7c"),
                hex(Types.DATE, "00002557"),
                hex(Types.TIMESTAMP, timestamp()),
                hex(Types.UUID, "00112233445566778899aabbccddeeff"),
                hex(Types.BYTEA, "00ff"),
                hex(Types.GH_TIMESTAMPTZ_OFFSET, "fffffffffffff1f1" + "00000002" + "00000e10"));
    }

    private static String timestamp() {
        long seconds = java.time.LocalDateTime.of(2026, 3, 4, 5, 6, 7).toEpochSecond(utc());
        long since2000 =
                seconds - java.time.LocalDateTime.of(2000, 1, 1, 0, 0).toEpochSecond(utc());
        return HexFormat.of().toHexDigits(since2000 * 1_000_000 + 123_456);
    }

    private static java.time.ZoneOffset utc() {
        return java.time.ZoneOffset.UTC;
    }

    private static Value hex(int type, String hex) {
        return new Value(type, Bytes.of(HexFormat.of().parseHex(hex)));
    }

    private static Value utf8(int type, String text) {
        return new Value(type, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Value sqlNull(int type) {
        return new Value(type, null);
    }

    @TestFactory
    List<DynamicTest> decodes() {
        return VECTORS.entrySet().stream()
                .map(v ->
                        DynamicTest.dynamicTest(v.getKey(), () -> check(v.getKey(), v.getValue())))
                .toList();
    }

    private static void check(String name, String hex) {
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        Frontend message = FrontendDecoder.read(in, Phase.EXTENDED, 1 << 20);
        assertThat(message).isEqualTo(expected(name));
        assertThat(in.isReadable()).isFalse();
        if (!name.equals("Catalog.kinds")) {
            // An empty list of that vector does not say of which kind it was.
            ByteBuf out = Unpooled.buffer();
            FrontendEncoder.write(expected(name), out);
            assertThat(Vectors.hex(out)).isEqualTo(hex);
        }
    }

    @Test
    void vectorsOfSeveralMessagesAreReadOneByOne() {
        String all = String.join("", VECTORS.values());
        ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(all));
        for (String name : VECTORS.keySet()) {
            assertThat(FrontendDecoder.read(in, Phase.EXTENDED, 1 << 20)).isEqualTo(expected(name));
        }
        assertThat(FrontendDecoder.read(in, Phase.EXTENDED, 1 << 20)).isNull();
    }
}
