package io.gatehouse.server.wire;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's arrays between their binary format, which drivers like to use, and their text, which
 * is how they pass through JDBC.
 */
final class ArrayForm {
    private static final int MAX_DIMENSIONS = 6;

    private ArrayForm() {}

    /** The type of an array's elements; 0 where it is not an array that has both formats here. */
    static int element(int arrayType) {
        return switch (arrayType) {
            case 1000 -> Types.BOOL;
            case 1001 -> Types.BYTEA;
            case 1005 -> Types.INT2;
            case 1007 -> Types.INT4;
            case 1016 -> Types.INT8;
            case 1021 -> Types.FLOAT4;
            case 1022 -> Types.FLOAT8;
            case 1009 -> Types.TEXT;
            case 1015 -> Types.VARCHAR;
            default -> 0;
        };
    }

    /** The text of a binary array; empty when the bytes are none, or of other elements. */
    static Optional<String> text(int arrayType, byte[] binary) {
        ByteBuffer in = ByteBuffer.wrap(binary);
        try {
            int dimensions = in.getInt();
            in.getInt();
            int type = in.getInt();
            if (dimensions < 0 || dimensions > MAX_DIMENSIONS || element(arrayType) != type) {
                return Optional.empty();
            }
            int[] lengths = new int[dimensions];
            for (int i = 0; i < dimensions; i++) {
                lengths[i] = in.getInt();
                if (in.getInt() != 1) {
                    // Another lower bound has a text that few readers know.
                    return Optional.empty();
                }
            }
            StringBuilder out = new StringBuilder();
            if (dimensions == 0) {
                out.append("{}");
            } else {
                dimension(in, type, lengths, 0, out);
            }
            return in.hasRemaining() ? Optional.empty() : Optional.of(out.toString());
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static void dimension(
            ByteBuffer in, int type, int[] lengths, int depth, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < lengths[depth]; i++) {
            out.append(i == 0 ? "" : ",");
            if (depth + 1 < lengths.length) {
                dimension(in, type, lengths, depth + 1, out);
            } else {
                value(in, type, out);
            }
        }
        out.append('}');
    }

    private static void value(ByteBuffer in, int type, StringBuilder out) {
        int length = in.getInt();
        if (length < 0) {
            out.append("NULL");
            return;
        }
        switch (type) {
            case Types.BOOL -> out.append(in.get() == 0 ? 'f' : 't');
            case Types.INT2 -> out.append(in.getShort());
            case Types.INT4 -> out.append(in.getInt());
            case Types.INT8 -> out.append(in.getLong());
            case Types.FLOAT4 -> out.append(in.getFloat());
            case Types.FLOAT8 -> out.append(in.getDouble());
            case Types.BYTEA -> {
                String hex = HexFormat.of().formatHex(bytes(in, length));
                out.append("\"\\\\x").append(hex).append('"');
            }
            default -> {
                String text = new String(bytes(in, length), StandardCharsets.UTF_8);
                out.append('"');
                out.append(text.replace("\\", "\\\\").replace("\"", "\\\""));
                out.append('"');
            }
        }
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /**
     * The binary format of an array's text; empty where it has more than one dimension or bounds of
     * its own.
     */
    static Optional<byte[]> binary(int arrayType, String text) {
        List<@Nullable String> values = values(text);
        if (values == null) {
            return Optional.empty();
        }
        int type = element(arrayType);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(values.isEmpty() ? 0 : 1);
            out.writeInt(values.contains(null) ? 1 : 0);
            out.writeInt(type);
            if (!values.isEmpty()) {
                out.writeInt(values.size());
                out.writeInt(1);
            }
            for (String value : values) {
                write(out, type, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            // No numbers, or no bytes as digits.
            return Optional.empty();
        }
        return Optional.of(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, int type, @Nullable String value)
            throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        switch (type) {
            case Types.BOOL -> {
                out.writeInt(1);
                out.writeByte(value.equals("t") ? 1 : 0);
            }
            case Types.INT2 -> {
                out.writeInt(2);
                out.writeShort(Short.parseShort(value));
            }
            case Types.INT4 -> {
                out.writeInt(4);
                out.writeInt(Integer.parseInt(value));
            }
            case Types.INT8 -> {
                out.writeInt(8);
                out.writeLong(Long.parseLong(value));
            }
            case Types.FLOAT4 -> {
                out.writeInt(4);
                out.writeFloat(Float.parseFloat(value));
            }
            case Types.FLOAT8 -> {
                out.writeInt(8);
                out.writeDouble(Double.parseDouble(value));
            }
            default -> {
                byte[] bytes =
                        type == Types.BYTEA
                                ? HexFormat.of().parseHex(value.substring(2))
                                : value.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    /** The elements of a text of one dimension; null where it is anything else. */
    private static @Nullable List<@Nullable String> values(String text) {
        if (!text.startsWith("{") || !text.endsWith("}") || text.length() < 2) {
            return null;
        }
        List<@Nullable String> values = new ArrayList<>();
        int end = text.length() - 1;
        int at = 1;
        while (at < end) {
            StringBuilder value = new StringBuilder();
            boolean quoted = text.charAt(at) == '"';
            at += quoted ? 1 : 0;
            while (at < end && text.charAt(at) != (quoted ? '"' : ',')) {
                char c = text.charAt(at);
                if (!quoted && (c == '{' || c == '}')) {
                    return null;
                }
                at += c == '\\' ? 1 : 0;
                value.append(text.charAt(at++));
            }
            at += quoted ? 1 : 0;
            boolean none = !quoted && value.toString().equalsIgnoreCase("null");
            values.add(none ? null : value.toString());
            at++;
        }
        return values;
    }
}
