package io.gatehouse.jdbc.type;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The elements of an array: what they are called, and as what objects they are read. Immutable. */
public final class ElementType {
    private static final String ARRAY = " ARRAY";
    private static final Map<String, ElementType> BY_NAME = byName();
    private static final Map<String, String> H2_NAMES =
            Map.of("VARCHAR", "CHARACTER VARYING", "VARBINARY", "BINARY VARYING");
    private static final Map<String, String> POSTGRES_NAMES =
            Map.of(
                    "boolean", "bool",
                    "smallint", "int2",
                    "integer", "int4",
                    "int", "int4",
                    "bigint", "int8",
                    "real", "float4",
                    "double precision", "float8",
                    "decimal", "numeric",
                    "character varying", "varchar");

    private final String name;
    private final int jdbcType;
    private final Class<?> javaClass;

    private ElementType(String name, int jdbcType, Class<?> javaClass) {
        this.name = name;
        this.jdbcType = jdbcType;
        this.javaClass = javaClass;
    }

    private static Map<String, ElementType> byName() {
        Map<String, ElementType> m = new HashMap<>();
        put(m, Types.BIT, Boolean.class, "bool");
        put(m, Types.BOOLEAN, Boolean.class, "boolean");
        put(m, Types.SMALLINT, Short.class, "int2");
        put(m, Types.SMALLINT, Integer.class, "smallint");
        put(m, Types.TINYINT, Integer.class, "tinyint");
        put(m, Types.INTEGER, Integer.class, "int4", "integer");
        put(m, Types.BIGINT, Long.class, "int8", "bigint", "oid");
        put(m, Types.REAL, Float.class, "float4", "real");
        put(m, Types.DOUBLE, Double.class, "float8", "double precision");
        put(m, Types.NUMERIC, BigDecimal.class, "numeric", "decimal");
        put(m, Types.NUMERIC, BigDecimal.class, "decfloat");
        put(m, Types.CHAR, String.class, "bpchar", "character", "char");
        put(m, Types.VARCHAR, String.class, "text", "varchar", "name", "character varying");
        put(m, Types.BINARY, byte[].class, "bytea");
        put(m, Types.VARBINARY, byte[].class, "binary varying");
        put(m, Types.DATE, Date.class, "date");
        put(m, Types.TIME, Time.class, "time", "timetz");
        put(m, Types.TIMESTAMP, Timestamp.class, "timestamp", "timestamptz");
        put(m, Types.TIMESTAMP_WITH_TIMEZONE, OffsetDateTime.class, "timestamp with time zone");
        put(m, Types.OTHER, UUID.class, "uuid");
        // As H2 writes it, and what it says of it.
        put(m, Types.BINARY, UUID.class, "UUID");
        return m;
    }

    private static void put(
            Map<String, ElementType> m, int jdbcType, Class<?> javaClass, String... names) {
        for (String name : names) {
            m.put(name, new ElementType(name, jdbcType, javaClass));
        }
    }

    /** The elements of an array type, called e.g. {@code _int4} or {@code INTEGER ARRAY}. */
    public static ElementType ofArray(String arrayName) {
        if (arrayName.startsWith("_")) {
            return named(arrayName.substring(1));
        }
        int array = arrayName.toUpperCase(Locale.ROOT).lastIndexOf(ARRAY);
        return named(array < 0 ? arrayName : arrayName.substring(0, array));
    }

    /** Whether the elements are arrays themselves, by their name. */
    public boolean isArray() {
        return jdbcType == Types.ARRAY;
    }

    /** The elements that an application names; the database may call them otherwise. */
    public static ElementType wished(Manner manner, String name) {
        if (manner == Manner.H2) {
            String upper = name.toUpperCase(Locale.ROOT);
            return named(H2_NAMES.getOrDefault(upper, upper));
        }
        return named(POSTGRES_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name));
    }

    /** The elements of a name. */
    public static ElementType named(String name) {
        if (name.toUpperCase(Locale.ROOT).contains(ARRAY)) {
            int bound = name.endsWith("]") ? name.lastIndexOf('[') : name.length();
            return new ElementType(name.substring(0, bound), Types.ARRAY, java.sql.Array.class);
        }
        // The size may stand within the name: TIMESTAMP(6) WITH TIME ZONE.
        String plain = name.replaceFirst("\\(.*\\)", "").trim();
        ElementType known =
                BY_NAME.getOrDefault(plain, BY_NAME.get(plain.toLowerCase(Locale.ROOT)));
        return known == null
                ? new ElementType(plain, Types.OTHER, String.class)
                : new ElementType(plain, known.jdbcType, known.javaClass);
    }

    /** The database's name of it. */
    public String name() {
        return name;
    }

    /** A constant of {@code java.sql.Types}. */
    public int jdbcType() {
        return jdbcType;
    }

    /** The class of the objects. */
    public Class<?> javaClass() {
        return javaClass;
    }

    /** What stands between two elements in a text. */
    public char separator() {
        return name.equals("box") ? ';' : ',';
    }

    /** An element's text as an object. */
    public @Nullable Object read(Manner manner, @Nullable String text) throws SQLException {
        if (text == null || javaClass == String.class) {
            return text;
        }
        if (javaClass == Boolean.class) {
            return text.equals("t") || text.equals("true");
        }
        if (javaClass == byte[].class) {
            return Hex.bytes(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Cell cell = new Cell(manner).point(TypeId.VARCHAR, bytes, 0, bytes.length);
        return ToObject.toObject(cell, javaClass);
    }
}
