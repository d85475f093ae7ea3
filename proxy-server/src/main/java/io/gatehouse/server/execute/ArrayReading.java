package io.gatehouse.server.execute;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/** Arrays of other kinds than PostgreSQL, in the text form that PostgreSQL's have. */
final class ArrayReading {
    /** As H2's driver writes it. */
    private static final DateTimeFormatter H2_MOMENT =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern(" HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendOffset("+HH:mm", "+00")
                    .toFormatter(Locale.ROOT);

    private static final ValueReader READER =
            (rs, column, sink) -> {
                String text = text(rs, column);
                if (text == null) {
                    sink.nul();
                    return 0;
                }
                sink.text(text);
                return text.length();
            };

    private ArrayReading() {}

    /** How an array is read whose type is called e.g. {@code INTEGER ARRAY}. */
    static ColumnList.Reading of(String typeName) {
        return new ColumnList.Reading(arrayType(typeName), typeName, READER);
    }

    private static int arrayType(String typeName) {
        String upper = typeName.toUpperCase(Locale.ROOT);
        String element =
                upper.contains(" ARRAY") ? upper.substring(0, upper.indexOf(" ARRAY")) : "";
        return switch (element) {
            case "BOOLEAN" -> 1000;
            case "SMALLINT", "TINYINT" -> 1005;
            case "INTEGER" -> 1007;
            case "BIGINT" -> 1016;
            case "REAL" -> 1021;
            case "DOUBLE PRECISION" -> 1022;
            default -> 1009;
        };
    }

    /** An array as its text, and what it is called. */
    record Written(String typeName, String text) {
        int type() {
            return arrayType(typeName);
        }
    }

    static Written written(Array array) throws SQLException {
        return new Written(array.getBaseTypeName() + " ARRAY", text(array));
    }

    private static @Nullable String text(ResultSet rs, int column) throws SQLException {
        Array array = rs.getArray(column);
        return array == null ? null : text(array);
    }

    private static String text(Array array) throws SQLException {
        StringBuilder out = new StringBuilder();
        append(out, array.getArray());
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> out.append("NULL");
            case Array nested -> append(out, nested.getArray());
            case byte[] bytes -> quote(out, "\\x" + HexFormat.of().formatHex(bytes));
            case Object[] elements -> {
                out.append('{');
                for (int i = 0; i < elements.length; i++) {
                    out.append(i == 0 ? "" : ",");
                    append(out, elements[i]);
                }
                out.append('}');
            }
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth ? 't' : 'f');
            case OffsetDateTime moment -> quote(out, H2_MOMENT.format(moment));
            default -> quote(out, value.toString());
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
