package io.gatehouse.server.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The client's half of the extension's codec, as a test needs it. */
final class FrontendEncoder {
    private FrontendEncoder() {}

    static void write(Frontend message, ByteBuf out) {
        int start = out.writerIndex();
        out.writeByte(0).writeInt(0);
        out.setByte(start, body(message, out));
        out.setInt(start + 1, out.writerIndex() - start - 1);
    }

    private static char body(Frontend message, ByteBuf out) {
        return switch (message) {
            case Frontend.ExtPrepare m -> prepare(m, out);
            case Frontend.ExtSignature m -> signature(m, out);
            case Frontend.ExtExecute m -> execute(m, out);
            case Frontend.ExtBatch m -> batch(m, out);
            case Frontend.ExtBatchTexts m -> {
                out.writeInt(m.request()).writeBoolean(m.last()).writeInt(m.timeoutMillis());
                out.writeInt(m.statements().size());
                m.statements().forEach(s -> text(out, s));
                yield 'l';
            }
            case Frontend.ExtDescribe m -> {
                out.writeInt(m.request()).writeInt(m.statement());
                yield 'm';
            }
            case Frontend.ExtTransact m -> {
                out.writeInt(m.request()).writeByte(m.action().ordinal() + 1);
                text(out, m.savepoint());
                yield 't';
            }
            case Frontend.ExtCatalog m -> {
                out.writeInt(m.request()).writeInt(m.credit());
                text(out, m.method());
                out.writeShort(m.arguments().size());
                m.arguments().forEach(a -> argument(a, out));
                yield 'q';
            }
            case Frontend.ExtPing m -> {
                out.writeInt(m.request()).writeInt(m.timeoutMillis());
                yield 'i';
            }
            case Frontend.ExtBranch m -> branch(m, out);
            case Frontend.ExtSettings m -> {
                out.writeShort(m.settings().size());
                for (Frontend.Setting setting : m.settings()) {
                    text(out, setting.name());
                    text(out, setting.value());
                }
                yield 's';
            }
            case Frontend.ExtClose m -> {
                out.writeByte(m.what().ordinal()).writeInt(m.id());
                yield 'k';
            }
            case Frontend.ExtCredit m -> {
                out.writeInt(m.request()).writeInt(m.bytes());
                yield 'r';
            }
            case Frontend.ExtPiece m -> piece(m, out);
            case Frontend.ExtCancel m -> {
                out.writeInt(m.request());
                yield 'n';
            }
            case Frontend.Terminate m -> 'X';
            default -> throw new AssertionError("not a message of the extension");
        };
    }

    private static char piece(Frontend.ExtPiece m, ByteBuf out) {
        out.writeInt(m.request()).writeShort(m.parameter()).writeByte(m.following().ordinal());
        out.writeInt(m.bytes().length()).writeBytes(m.bytes().array());
        return 'v';
    }

    private static char prepare(Frontend.ExtPrepare m, ByteBuf out) {
        int flags = (m.direct() ? 1 : 0) | (m.call() ? 2 : 0) | (m.escapes() ? 0 : 4);
        out.writeInt(m.statement()).writeByte(flags);
        text(out, m.sql());
        out.writeByte(m.keys().ordinal()).writeShort(m.keyColumns().size());
        m.keyColumns().forEach(k -> text(out, k));
        return 'a';
    }

    private static char signature(Frontend.ExtSignature m, ByteBuf out) {
        out.writeInt(m.statement()).writeShort(m.parameters().size());
        for (Frontend.CallParameter p : m.parameters()) {
            int mode = !p.out() ? 1 : p.in() ? 2 : 4;
            out.writeByte(mode).writeShort(p.index());
            text(out, p.name());
            out.writeInt(p.jdbcType()).writeShort(p.scale());
            text(out, p.typeName());
        }
        return 'o';
    }

    private static char execute(Frontend.ExtExecute m, ByteBuf out) {
        out.writeInt(m.request())
                .writeInt(m.statement())
                .writeByte(m.expect().ordinal())
                .writeInt(m.timeoutMillis())
                .writeLong(m.maxRows())
                .writeInt(m.fetchRows())
                .writeInt(m.credit())
                .writeShort(m.parameters().size());
        m.parameters().forEach(v -> value(v, out));
        return 'e';
    }

    private static char branch(Frontend.ExtBranch m, ByteBuf out) {
        out.writeInt(m.request()).writeByte(m.step().ordinal() + 1).writeInt(m.format());
        out.writeInt(m.global().length()).writeBytes(m.global().array());
        out.writeInt(m.qualifier().length()).writeBytes(m.qualifier().array());
        return 'x';
    }

    private static char batch(Frontend.ExtBatch m, ByteBuf out) {
        int parameters = m.rows().isEmpty() ? 2 : m.rows().get(0).size();
        out.writeInt(m.request())
                .writeInt(m.statement())
                .writeBoolean(m.last())
                .writeInt(m.timeoutMillis())
                .writeShort(parameters)
                .writeInt(m.rows().size());
        m.rows().forEach(row -> row.forEach(v -> value(v, out)));
        return 'b';
    }

    private static void value(Frontend.Value value, ByteBuf out) {
        out.writeInt(value.type());
        Bytes bytes = value.bytes();
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length()).writeBytes(bytes.array());
        }
    }

    private static void argument(@Nullable Object argument, ByteBuf out) {
        switch (argument) {
            case null -> out.writeByte(0);
            case String text -> {
                out.writeByte(1);
                text(out, text);
            }
            case Integer integer -> out.writeByte(2).writeInt(integer);
            case Boolean flag -> out.writeByte(3).writeBoolean(flag);
            case List<?> list -> {
                // An empty list has no type of its own: the vectors use both; this is the texts'.
                boolean texts = list.isEmpty() || list.get(0) instanceof String;
                out.writeByte(texts ? 4 : 5).writeShort(list.size());
                for (Object element : list) {
                    if (element instanceof Integer integer) {
                        out.writeInt(integer);
                    } else {
                        text(out, (String) element);
                    }
                }
            }
            default -> throw new AssertionError("no such argument");
        }
    }

    static void text(ByteBuf out, @Nullable String text) {
        if (text == null) {
            out.writeInt(-1);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length).writeBytes(bytes);
        }
    }
}
