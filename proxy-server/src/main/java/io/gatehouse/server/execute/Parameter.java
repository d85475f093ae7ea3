package io.gatehouse.server.execute;

import org.jspecify.annotations.Nullable;

/**
 * One bound value in a format of the wire. Immutable by convention: the bytes are never written
 * after construction.
 */
public final class Parameter {
    private final int type;
    private final boolean binary;
    private final byte @Nullable [] bytes;
    private final @Nullable Inflow inflow;

    /**
     * @param type the wire's type id; 0 leaves the type to the backend
     * @param binary whether the bytes are in the type's binary format; else UTF-8 text
     * @param bytes null for SQL NULL; ownership passes to the parameter
     */
    public Parameter(int type, boolean binary, byte @Nullable [] bytes) {
        this.type = type;
        this.binary = binary;
        this.bytes = bytes;
        this.inflow = null;
    }

    /**
     * A value that arrives while its statement runs.
     *
     * @param type the wire's type id of such values
     */
    public Parameter(int type, Inflow inflow) {
        this.type = type;
        this.binary = true;
        this.bytes = null;
        this.inflow = inflow;
    }

    /** Where the value comes from; null where it is here. */
    public @Nullable Inflow inflow() {
        return inflow;
    }

    public int type() {
        return type;
    }

    public boolean binary() {
        return binary;
    }

    public byte @Nullable [] bytes() {
        return bytes;
    }

    /** Values may be confidential: they are not printed. */
    @Override
    public String toString() {
        return "Parameter[type="
                + type
                + ", "
                + (inflow != null ? "arriving" : bytes == null ? "null" : bytes.length + " bytes")
                + "]";
    }
}
