package io.gatehouse.server.execute;

import io.gatehouse.server.kind.Branch;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSetMetaData;
import java.sql.Types;
import java.util.List;

/** Single values as rows. */
final class ScalarRows {
    private ScalarRows() {}

    /** One row of one column, in the value's type. */
    static void one(RowSink sink, String label, @Nullable Object value) {
        Column column =
                switch (value) {
                    case Boolean b -> column(label, WireTypes.BOOL, Types.BOOLEAN, "boolean");
                    case Integer i -> column(label, WireTypes.INT4, Types.INTEGER, "integer");
                    case Long l -> column(label, WireTypes.INT8, Types.BIGINT, "bigint");
                    case null, default ->
                            column(label, WireTypes.VARCHAR, Types.VARCHAR, "varchar");
                };
        sink.columns(RowSink.Kind.RESULT, true, List.of(column));
        sink.startRow();
        switch (value) {
            case null -> sink.nul();
            case Boolean b -> sink.bool(b);
            case Integer i -> sink.int4(i);
            case Long l -> sink.int8(l);
            default -> sink.text(value.toString());
        }
        sink.endRow();
        sink.endRows(true);
    }

    /** Rows of name, type and value. */
    static void facts(RowSink sink, List<String[]> facts) {
        sink.columns(
                RowSink.Kind.RESULT,
                true,
                List.of(
                        column("name", WireTypes.VARCHAR, Types.VARCHAR, "varchar"),
                        column("type", WireTypes.VARCHAR, Types.VARCHAR, "varchar"),
                        column("value", WireTypes.TEXT, Types.VARCHAR, "text")));
        for (String[] fact : facts) {
            sink.startRow();
            for (String value : fact) {
                sink.text(value);
            }
            // A few kilobytes in all: not worth setting aside.
            sink.endRow();
        }
        sink.endRows(true);
    }

    /** Rows of format, transaction and branch. */
    static void branches(RowSink sink, List<Branch> branches) {
        sink.columns(
                RowSink.Kind.RESULT,
                true,
                List.of(
                        column("format", WireTypes.INT4, Types.INTEGER, "integer"),
                        column("global", WireTypes.BYTEA, Types.BINARY, "bytea"),
                        column("qualifier", WireTypes.BYTEA, Types.BINARY, "bytea")));
        for (Branch branch : branches) {
            sink.startRow();
            sink.int4(branch.format());
            sink.bytes(branch.globalBytes());
            sink.bytes(branch.qualifierBytes());
            // Bounded where they were gathered: not worth setting aside.
            sink.endRow();
        }
        sink.endRows(true);
    }

    private static Column column(String label, int type, int jdbcType, String typeName) {
        String javaClass =
                switch (type) {
                    case WireTypes.BOOL -> "java.lang.Boolean";
                    case WireTypes.INT4 -> "java.lang.Integer";
                    case WireTypes.INT8 -> "java.lang.Long";
                    case WireTypes.BYTEA -> "[B";
                    default -> "java.lang.String";
                };
        return new Column(
                label,
                type,
                jdbcType,
                typeName,
                0,
                0,
                0,
                ResultSetMetaData.columnNullableUnknown,
                0,
                javaClass,
                label,
                "",
                "",
                "");
    }
}
