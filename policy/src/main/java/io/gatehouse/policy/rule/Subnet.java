package io.gatehouse.policy.rule;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** An address, or all that begin with the same bits: {@code 10.0.0.0/8}, {@code fd00::/8}. */
public final class Subnet {
    private static final int V4 = 4;
    private static final int V6 = 16;

    private final byte[] first;
    private final int bits;

    private Subnet(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** The subnet of that text, or {@code null} where it is none. */
    public static @Nullable Subnet of(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int all = 8 * address.length;
        int bits = slash < 0 ? all : number(text.substring(slash + 1), 10);
        if (bits < 0 || bits > all) {
            return null;
        }
        Subnet subnet = new Subnet(address, bits);
        return subnet.beginsClean() ? subnet : null;
    }

    /** Bits behind the prefix would be a mistake: is it the address or the subnet that is meant? */
    private boolean beginsClean() {
        for (int bit = bits; bit < 8 * first.length; bit++) {
            if ((first[bit / 8] & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether an address, as digits, is in here. */
    public boolean holds(String text) {
        byte[] address = address(text);
        if (address == null || address.length != first.length) {
            return false;
        }
        return prefixOf(address);
    }

    /** The bytes of an address; an IPv4 address in IPv6 digits is one of IPv4. */
    private static byte @Nullable [] address(String text) {
        int zone = text.indexOf('%');
        String digits = zone < 0 ? text : text.substring(0, zone);
        if (digits.indexOf(':') < 0) {
            return four(digits);
        }
        byte[] six = six(digits);
        if (six == null) {
            return null;
        }
        boolean mapped = six[10] == -1 && six[11] == -1;
        for (int i = 0; i < 10; i++) {
            mapped &= six[i] == 0;
        }
        return mapped ? Arrays.copyOfRange(six, V6 - V4, V6) : six;
    }

    private static byte @Nullable [] four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4) {
            return null;
        }
        byte[] address = new byte[V4];
        for (int i = 0; i < V4; i++) {
            int value = number(parts[i], 10);
            if (value < 0 || value > 255) {
                return null;
            }
            address[i] = (byte) value;
        }
        return address;
    }

    private static byte @Nullable [] six(String text) {
        String words = text;
        int dot = text.indexOf('.');
        if (dot >= 0) {
            int colon = text.lastIndexOf(':', dot);
            byte[] four = four(text.substring(colon + 1));
            if (four == null) {
                return null;
            }
            words =
                    text.substring(0, colon + 1)
                            + Integer.toHexString((four[0] & 255) << 8 | (four[1] & 255))
                            + ":"
                            + Integer.toHexString((four[2] & 255) << 8 | (four[3] & 255));
        }
        int gap = words.indexOf("::");
        String[] head = split(gap < 0 ? words : words.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : split(words.substring(gap + 2));
        int missing = V6 / 2 - head.length - tail.length;
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        byte[] address = new byte[V6];
        return fill(address, 0, head) && fill(address, V6 - 2 * tail.length, tail) ? address : null;
    }

    private static String[] split(String words) {
        return words.isEmpty() ? new String[0] : words.split(":", -1);
    }

    private static boolean fill(byte[] address, int from, String[] words) {
        int at = from;
        for (String word : words) {
            int value = number(word, 16);
            if (value < 0 || value > 0xffff) {
                return false;
            }
            address[at++] = (byte) (value >> 8);
            address[at++] = (byte) value;
        }
        return true;
    }

    /** The number that all of a short text is, or -1. */
    private static int number(String text, int radix) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    /** Whether all addresses of the other are in here. */
    boolean covers(Subnet other) {
        if (other.first.length != first.length || other.bits < bits) {
            return false;
        }
        return prefixOf(other.first);
    }

    private boolean prefixOf(byte[] address) {
        for (int bit = 0; bit < bits; bit++) {
            if (((address[bit / 8] ^ first[bit / 8]) & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }
}
