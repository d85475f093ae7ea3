package io.gatehouse.server.kind;

import java.util.HexFormat;

/**
 * What tells a branch of a transaction over several databases from others: an Xid.
 *
 * @param format the number of the identifier's format
 * @param global the transaction's identifier, in hexadecimal
 * @param qualifier the branch's identifier within it, in hexadecimal
 */
public record Branch(int format, String global, String qualifier) {
    /** The most bytes that either identifier has. */
    public static final int MOST_BYTES = 64;

    /** From the bytes of the identifiers. */
    public static Branch of(int format, byte[] global, byte[] qualifier) {
        HexFormat hex = HexFormat.of();
        return new Branch(format, hex.formatHex(global), hex.formatHex(qualifier));
    }

    /** The bytes of the transaction's identifier. */
    public byte[] globalBytes() {
        return HexFormat.of().parseHex(global);
    }

    /** The bytes of the branch's identifier. */
    public byte[] qualifierBytes() {
        return HexFormat.of().parseHex(qualifier);
    }
}
