package io.gatehouse.jdbc.wire;

import java.util.Objects;

/** What a parameter of a callable statement is. Immutable. */
public final class CallParameter {
    private static final int IN = 1;
    private static final int INOUT = 2;
    private static final int OUT = 4;
    private static final int NO_SCALE = -1;

    private final int mode;
    private final int index;
    private final String name;
    private final int jdbcType;
    private final int scale;
    private final String typeName;

    /**
     * A parameter.
     *
     * @param in whether each execution brings a value for it
     * @param out what it was registered as; null where it does not come back
     * @param index from 1; 0 where it is known by its name
     * @param name empty where it has an index
     */
    public CallParameter(
            boolean in,
            @org.jspecify.annotations.Nullable Registration out,
            int index,
            String name) {
        this.mode = out == null ? IN : in ? INOUT : OUT;
        this.index = index;
        this.name = name;
        this.jdbcType = out == null ? 0 : out.jdbcType;
        this.scale = out == null ? NO_SCALE : out.scale;
        this.typeName = out == null ? "" : out.typeName;
    }

    /** What an OUT parameter was registered as. Immutable. */
    public static final class Registration {
        private final int jdbcType;
        private final int scale;
        private final String typeName;

        private Registration(int jdbcType, int scale, String typeName) {
            this.jdbcType = jdbcType;
            this.scale = scale;
            this.typeName = typeName;
        }

        /** A constant of {@code java.sql.Types}. */
        public static Registration of(int jdbcType) {
            return new Registration(jdbcType, NO_SCALE, "");
        }

        /** A type with digits behind its point. */
        public static Registration of(int jdbcType, int scale) {
            return new Registration(jdbcType, scale, "");
        }

        /** A type that the database names. */
        public static Registration of(int jdbcType, String typeName) {
            return new Registration(jdbcType, NO_SCALE, typeName);
        }
    }

    /** From 1; 0 where it is known by its name. */
    public int index() {
        return index;
    }

    /** Empty where it has an index. */
    public String name() {
        return name;
    }

    /** Whether it comes back. */
    public boolean isOut() {
        return mode != IN;
    }

    void write(FrameWriter out) {
        out.int8(mode).int16(index).text(name).int32(jdbcType).int16(scale).text(typeName);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof CallParameter)) {
            return false;
        }
        CallParameter that = (CallParameter) other;
        return mode == that.mode
                && index == that.index
                && name.equals(that.name)
                && jdbcType == that.jdbcType
                && scale == that.scale
                && typeName.equals(that.typeName);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, index, name, jdbcType);
    }
}
