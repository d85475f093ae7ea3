package io.gatehouse.server.wire;

import java.net.InetAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Single values of PostgreSQL that are neither numbers nor texts, between their binary format, as
 * the server's send functions write it, and their text.
 */
final class ScalarForm {
    private static final int OID = 26;
    private static final int XID = 28;
    private static final int CID = 29;
    private static final int CIDR = 650;
    private static final int MACADDR8 = 774;
    private static final int MACADDR = 829;
    private static final int INET = 869;
    private static final int INTERVAL = 1186;
    private static final int BIT = 1560;
    private static final int VARBIT = 1562;

    private static final HexFormat MAC = HexFormat.ofDelimiter(":");
    private static final byte IPV4 = 2;
    private static final byte IPV6 = 3;

    /** As the server writes it unless IntervalStyle says otherwise. */
    private static final Pattern SPAN =
            Pattern.compile(
                    "(?:([+-]?\\d+) years? ?)?(?:([+-]?\\d+) mons? ?)?(?:([+-]?\\d+) days? ?)?"
                            + "(?:([+-]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?");

    private ScalarForm() {}

    /** Whether a type is one of them. */
    static boolean has(int type) {
        return switch (type) {
            case OID, XID, CID, CIDR, MACADDR8, MACADDR, INET, INTERVAL, BIT, VARBIT -> true;
            default -> false;
        };
    }

    /** Empty when the text is not one of the type, as far as is known here. */
    static Optional<byte[]> binary(int type, String text) {
        try {
            return switch (type) {
                case OID, XID, CID -> Optional.of(number(Integer.parseUnsignedInt(text)));
                case MACADDR, MACADDR8 -> Optional.of(MAC.parseHex(text));
                case CIDR, INET -> Optional.of(network(type, text));
                case BIT, VARBIT -> Optional.of(bits(text));
                default -> interval(text);
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] network(int type, String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean wide = host.indexOf(':') >= 0;
        byte[] address = InetAddress.ofLiteral(host).getAddress();
        int size = wide ? 16 : 4;
        int bits = slash < 0 ? size * Byte.SIZE : Integer.parseInt(text.substring(slash + 1));
        ByteBuffer out = ByteBuffer.allocate(4 + size);
        out.put(wide ? IPV6 : IPV4).put((byte) bits);
        out.put((byte) (type == CIDR ? 1 : 0)).put((byte) size);
        if (address.length < size) {
            // Java takes an IPv4 address that is written as one of IPv6 for what it stands for.
            out.putLong(0).putInt(0xffff);
        }
        return out.put(address).array();
    }

    private static byte[] bits(String text) {
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + (text.length() + 7) / Byte.SIZE);
        out.putInt(text.length());
        for (int i = 0; i < text.length(); i++) {
            int at = Integer.BYTES + i / Byte.SIZE;
            int bit = Integer.parseInt(text.substring(i, i + 1), 2);
            out.put(at, (byte) (out.get(at) | bit << (7 - i % Byte.SIZE)));
        }
        return out.array();
    }

    private static Optional<byte[]> interval(String text) {
        switch (text) {
            case "infinity":
                return span(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
            case "-infinity":
                return span(Long.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE);
            default:
                break;
        }
        Matcher parts = SPAN.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        long months = Math.addExact(Math.multiplyExact(12, number(parts, 1)), number(parts, 2));
        long seconds =
                Math.addExact(
                        Math.multiplyExact(number(parts, 5), 3600),
                        number(parts, 6) * 60 + number(parts, 7));
        String fraction = parts.group(8) == null ? "" : parts.group(8);
        long micros =
                Math.addExact(
                        Math.multiplyExact(seconds, 1_000_000),
                        Long.parseLong((fraction + "000000").substring(0, 6)));
        return span(
                "-".equals(parts.group(4)) ? -micros : micros,
                Math.toIntExact(number(parts, 3)),
                Math.toIntExact(months));
    }

    private static long number(Matcher parts, int group) {
        String text = parts.group(group);
        return text == null ? 0 : Long.parseLong(text);
    }

    private static Optional<byte[]> span(long micros, int days, int months) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES);
        return Optional.of(out.putLong(micros).putInt(days).putInt(months).array());
    }

    /** A text that the server reads as that value; empty when the bytes are none of the type. */
    static Optional<String> text(int type, byte[] binary) {
        ByteBuffer in = ByteBuffer.wrap(binary);
        try {
            String text =
                    switch (type) {
                        case OID, XID, CID -> Integer.toUnsignedString(in.getInt());
                        case MACADDR -> MAC.formatHex(bytes(in, 6));
                        case MACADDR8 -> MAC.formatHex(bytes(in, 8));
                        case CIDR, INET -> network(in);
                        case BIT, VARBIT -> bits(in);
                        default -> interval(in);
                    };
            return in.hasRemaining() ? Optional.empty() : Optional.of(text);
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static String network(ByteBuffer in) {
        boolean wide = in.get() == IPV6;
        int bits = in.get() & 0xff;
        in.get();
        ByteBuffer address = ByteBuffer.wrap(bytes(in, in.get()));
        StringJoiner text = new StringJoiner(wide ? ":" : ".");
        while (address.hasRemaining()) {
            text.add(
                    wide
                            ? Integer.toHexString(address.getShort() & 0xffff)
                            : Integer.toString(address.get() & 0xff));
        }
        return text + "/" + bits;
    }

    private static String bits(ByteBuffer in) {
        int count = in.getInt();
        byte[] bytes = bytes(in, in.remaining());
        if (count < 0 || (count + 7L) / Byte.SIZE != bytes.length) {
            throw new BufferUnderflowException();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(bytes[i / Byte.SIZE] >> (7 - i % Byte.SIZE) & 1);
        }
        return text.toString();
    }

    private static String interval(ByteBuffer in) {
        long micros = in.getLong();
        int days = in.getInt();
        int months = in.getInt();
        if (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == days) {
            return "infinity";
        }
        if (micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == days) {
            return "-infinity";
        }
        return months + " mons " + days + " days " + micros + " microseconds";
    }
}
