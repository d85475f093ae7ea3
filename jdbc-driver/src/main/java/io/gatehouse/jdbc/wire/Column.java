package io.gatehouse.jdbc.wire;

import java.sql.ResultSetMetaData;

/** A column of a result. Immutable. */
public final class Column {
    private final String label;
    private final int type;
    private final int jdbcType;
    private final String typeName;
    private final int precision;
    private final int scale;
    private final int displaySize;
    private final int nullable;
    private final int bits;
    private final String className;
    private final String name;
    private final String table;
    private final String schema;
    private final String catalog;

    Column(FrameReader in) throws ProtocolFault {
        label = in.text();
        type = in.int32();
        jdbcType = in.int32();
        typeName = in.text();
        precision = in.int32();
        scale = in.int32();
        displaySize = in.int32();
        nullable = in.int8();
        bits = in.int16();
        className = in.text();
        name = in.text();
        table = in.text();
        schema = in.text();
        catalog = in.text();
    }

    private Column(String label, int type, int jdbcType, String typeName, String className) {
        this.label = label;
        this.type = type;
        this.jdbcType = jdbcType;
        this.typeName = typeName;
        this.precision = 0;
        this.scale = 0;
        this.displaySize = 0;
        this.nullable = ResultSetMetaData.columnNullableUnknown;
        this.bits = 0;
        this.className = className;
        this.name = label;
        this.table = "";
        this.schema = "";
        this.catalog = "";
    }

    /** A column of rows that the driver makes itself. */
    public static Column of(
            String label, int type, int jdbcType, String typeName, Class<?> javaClass) {
        return new Column(label, type, jdbcType, typeName, javaClass.getName());
    }

    /** What the query calls it. */
    public String label() {
        return label;
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

    /** As in {@code ResultSetMetaData}. */
    public int precision() {
        return precision;
    }

    /** As in {@code ResultSetMetaData}. */
    public int scale() {
        return scale;
    }

    /** As in {@code ResultSetMetaData}. */
    public int displaySize() {
        return displaySize;
    }

    /** As in {@code ResultSetMetaData}. */
    public int nullable() {
        return nullable;
    }

    /** Bit 0 signed; the others as the protocol's page has them. */
    public int bits() {
        return bits;
    }

    /** The class of {@code getObject}. */
    public String className() {
        return className;
    }

    /** The table's name of it; empty where not known. */
    public String name() {
        return name;
    }

    /** Empty where not known. */
    public String table() {
        return table;
    }

    /** Empty where not known. */
    public String schema() {
        return schema;
    }

    /** Empty where not known. */
    public String catalog() {
        return catalog;
    }
}
