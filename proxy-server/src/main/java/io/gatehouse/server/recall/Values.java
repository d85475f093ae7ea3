package io.gatehouse.server.recall;

import io.gatehouse.server.execute.RowSink;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Values of rows as bytes, each behind a letter for its kind. */
final class Values {
    private Values() {}

    static void give(DataInputStream in, RowSink to) throws IOException {
        int kind = in.readUnsignedByte();
        switch (kind) {
            case 'n' -> to.nul();
            case 'b' -> to.bool(in.readBoolean());
            case '2' -> to.int2(in.readShort());
            case '4' -> to.int4(in.readInt());
            case '8' -> to.int8(in.readLong());
            case 'f' -> to.float4(in.readFloat());
            case 'd' -> to.float8(in.readDouble());
            case 'N' -> {
                int scale = in.readInt();
                to.numeric(new BigDecimal(new BigInteger(bytes(in)), scale));
            }
            case 'S' -> to.numericSpecial(text(in));
            case 'y' -> to.noDay(text(in));
            case 't' -> to.text(text(in));
            case 'x' -> to.bytes(bytes(in));
            case 'u' -> to.uuid(new UUID(in.readLong(), in.readLong()));
            case 'D' -> to.date(date(in));
            case 'T' -> to.time(time(in));
            case 'Z' -> to.timeWithZone(OffsetTime.of(time(in), offset(in)));
            case 's' -> to.timestamp(LocalDateTime.of(date(in), time(in)));
            case 'z' -> to.timestampWithZone(OffsetDateTime.of(date(in), time(in), offset(in)));
            default -> throw new IOException("no kind of value: " + kind);
        }
    }

    static void numeric(DataOutputStream out, BigDecimal value) throws IOException {
        out.writeByte('N');
        out.writeInt(value.scale());
        bytes(out, value.unscaledValue().toByteArray());
    }

    static void text(DataOutputStream out, char kind, String value) throws IOException {
        out.writeByte(kind);
        bytes(out, value.getBytes(StandardCharsets.UTF_8));
    }

    static void bytes(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    static void date(DataOutputStream out, LocalDate value) throws IOException {
        out.writeLong(value.toEpochDay());
    }

    static void time(DataOutputStream out, LocalTime value) throws IOException {
        out.writeLong(value.toNanoOfDay());
    }

    static void offset(DataOutputStream out, ZoneOffset value) throws IOException {
        out.writeInt(value.getTotalSeconds());
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static LocalDate date(DataInputStream in) throws IOException {
        return LocalDate.ofEpochDay(in.readLong());
    }

    private static LocalTime time(DataInputStream in) throws IOException {
        return LocalTime.ofNanoOfDay(in.readLong());
    }

    private static ZoneOffset offset(DataInputStream in) throws IOException {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }
}
