package io.gatehouse.jdbc.wire;

/** A parameter of a statement as the backend describes it. Immutable. */
public final class ParameterDescription {
    private final int type;
    private final int jdbcType;
    private final String typeName;
    private final String className;
    private final int precision;
    private final int scale;
    private final int nullable;
    private final boolean signed;
    private final int mode;

    ParameterDescription(FrameReader in) throws ProtocolFault {
        type = in.int32();
        jdbcType = in.int32();
        typeName = in.text();
        className = in.text();
        precision = in.int32();
        scale = in.int32();
        nullable = in.int8();
        signed = in.int8() != 0;
        mode = in.int8();
    }

    /** The protocol's type id. */
    public int type() {
        return type;
    }

    /** A constant of {@code java.sql.Types}. */
    public int jdbcType() {
        return jdbcType;
    }

    /** The backend's name of the type. */
    public String typeName() {
        return typeName;
    }

    /** The class of its values. */
    public String className() {
        return className;
    }

    /** As in {@code ParameterMetaData}. */
    public int precision() {
        return precision;
    }

    /** As in {@code ParameterMetaData}. */
    public int scale() {
        return scale;
    }

    /** As in {@code ParameterMetaData}. */
    public int nullable() {
        return nullable;
    }

    /** Whether it is a signed number. */
    public boolean signed() {
        return signed;
    }

    /** As in {@code ParameterMetaData}. */
    public int mode() {
        return mode;
    }
}
