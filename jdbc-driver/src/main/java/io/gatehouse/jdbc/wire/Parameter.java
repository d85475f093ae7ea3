package io.gatehouse.jdbc.wire;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A parameter of a statement: a type and a value in that type's format. Immutable by agreement. */
public final class Parameter {
    private final int type;
    private final byte @Nullable [] value;
    private final @Nullable Outflow outflow;

    /**
     * A parameter.
     *
     * @param type a type id of the protocol
     * @param value the bytes, which nobody changes any more; null means SQL NULL
     */
    public Parameter(int type, byte @Nullable [] value) {
        this(type, value, null);
    }

    private Parameter(int type, byte @Nullable [] value, @Nullable Outflow outflow) {
        this.type = type;
        this.value = value;
        this.outflow = outflow;
    }

    /**
     * A value that is sent in pieces when the broker asks for them.
     *
     * @param type the type id of such values
     * @param length how many bytes it has, as 8 bytes; -1 if that is not known
     */
    public static Parameter arriving(int type, byte[] length, Outflow outflow) {
        return new Parameter(type, length, outflow);
    }

    /** Whether its value is sent in pieces. */
    public boolean isArriving() {
        return outflow != null;
    }

    /** Whether the value of one of them comes in pieces. */
    public static boolean anyArrives(List<Parameter> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).isArriving()) {
                return true;
            }
        }
        return false;
    }

    /** Where its pieces come from; null if it is sent as a whole. */
    public @Nullable Outflow outflow() {
        return outflow;
    }

    /**
     * An array.
     *
     * @param type the type id of arrays
     * @param elementType the database's name of the elements' type
     */
    public static Parameter array(int type, String elementType, List<Parameter> elements) {
        FrameWriter out = new FrameWriter().text(elementType).int32(elements.size());
        for (Parameter element : elements) {
            element.write(out);
        }
        return new Parameter(type, out.cutFrom(0));
    }

    /** The type id. */
    public int type() {
        return type;
    }

    /** A copy of the value; empty for SQL NULL. */
    public byte[] bytes() {
        return value == null ? new byte[0] : value.clone();
    }

    /** Whether it is SQL NULL. */
    public boolean isNull() {
        return value == null;
    }

    /** How many bytes this takes in a frame. */
    public int encodedSize() {
        return 8 + (value == null ? 0 : value.length);
    }

    void write(FrameWriter out) {
        out.int32(type).value(value);
    }

    /** The type only: values are nobody's business in a log. */
    @Override
    public String toString() {
        return "Parameter[type=" + type + "]";
    }
}
