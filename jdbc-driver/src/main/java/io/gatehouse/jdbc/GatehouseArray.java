package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.RowPlace;
import io.gatehouse.jdbc.type.ArrayText;
import io.gatehouse.jdbc.type.ElementType;
import io.gatehouse.jdbc.type.Hex;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An array that is all here: one that came as a text, or one of an application's elements. */
final class GatehouseArray implements Array {
    private final Manner manner;
    private final ElementType type;
    private final String text;
    private @Nullable Object elements;

    private GatehouseArray(Manner manner, ElementType type, String text, Object elements) {
        this.manner = manner;
        this.type = type;
        this.text = text;
        this.elements = elements;
    }

    /** An array as it came, e.g. {@code {1,2}} of the type {@code _int4}. */
    static GatehouseArray read(Manner manner, String typeName, String text) throws SQLException {
        ElementType type = ElementType.ofArray(typeName);
        List<@Nullable Object> parsed = ArrayText.parse(text, type.separator());
        Class<?> wanted = manner == Manner.H2 ? Object.class : type.javaClass();
        return new GatehouseArray(manner, type, text, objects(manner, type, wanted, parsed));
    }

    /** An array of an application's elements. */
    static GatehouseArray of(Manner manner, String elementType, Object elements) {
        String shown = elements instanceof Object[] ? Arrays.deepToString((Object[]) elements) : "";
        return new GatehouseArray(manner, ElementType.wished(manner, elementType), shown, elements);
    }

    private static Object objects(Manner manner, ElementType type, Class<?> wanted, List<?> parsed)
            throws SQLException {
        List<@Nullable Object> read = new ArrayList<>();
        for (Object one : parsed) {
            if (type.isArray() && one instanceof List) {
                read.add(read(manner, type.name(), braces((List<?>) one)));
            } else {
                read.add(
                        one instanceof List
                                ? objects(manner, type, wanted, (List<?>) one)
                                : type.read(manner, (String) one));
            }
        }
        Object first = parsed.isEmpty() ? null : parsed.get(0);
        Object firstRead = read.isEmpty() ? null : read.get(0);
        Class<?> component =
                first instanceof List && firstRead != null && wanted != Object.class
                        ? firstRead.getClass()
                        : wanted;
        Object made = java.lang.reflect.Array.newInstance(component, read.size());
        for (int i = 0; i < read.size(); i++) {
            java.lang.reflect.Array.set(made, i, read.get(i));
        }
        return made;
    }

    private Object held() throws SQLException {
        Object held = elements;
        if (held == null) {
            throw Misuse.FREED.at(manner, "The array was freed.");
        }
        return held;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        held();
        return type.name();
    }

    @Override
    public int getBaseType() throws SQLException {
        held();
        return type.jdbcType();
    }

    @Override
    public Object getArray() throws SQLException {
        return held();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        Object all = held();
        int length = java.lang.reflect.Array.getLength(all);
        int wanted = wanted(index, count, length);
        if (index < 1 || wanted < 0 || index - 1 + wanted > length || wanted < Math.min(count, 1)) {
            throw Faults.outsideOfArray(length);
        }
        int from = (int) index - 1;
        Object part =
                java.lang.reflect.Array.newInstance(all.getClass().getComponentType(), wanted);
        System.arraycopy(all, from, part, 0, wanted);
        return part;
    }

    private int wanted(long index, int count, int length) {
        if (manner == Manner.H2) {
            // Its driver gives what is there.
            return count < 0 ? count : (int) Math.min(count, length - index + 1);
        }
        // PostgreSQL's takes no number for all of them.
        return manner == Manner.POSTGRES && count <= 0 ? length : count;
    }

    private static void checkMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw Faults.unsupported("A type map");
        }
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        checkMap(map);
        return getArray();
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        checkMap(map);
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return getResultSet(1, java.lang.reflect.Array.getLength(held()));
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        checkMap(map);
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        checkMap(map);
        return getResultSet(index, count);
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        int found = java.lang.reflect.Array.getLength(getArray(index, count));
        // The text of an application's own is Java's.
        List<?> all =
                text.startsWith("{") ? ArrayText.parse(text, type.separator()) : listed(held());
        List<RowPlace> rows = new ArrayList<>();
        boolean nested = false;
        for (int i = 0; i < found; i++) {
            Object value = all.get((int) index - 1 + i);
            nested |= value instanceof List;
            byte[] place = ByteBuffer.allocate(4).putInt((int) index + i).array();
            rows.add(RowPlace.of(Arrays.asList(place, encoded(value))));
        }
        Column number = Column.of("INDEX", TypeId.INT4, Types.INTEGER, "int4", Integer.class);
        return new GatehouseResultSet(manner, Arrays.asList(number, values(nested)), rows);
    }

    private static List<@Nullable Object> listed(Object array) {
        List<@Nullable Object> all = new ArrayList<>();
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            Object one = java.lang.reflect.Array.get(array, i);
            if (one == null) {
                all.add(null);
            } else if (one instanceof byte[]) {
                all.add(Hex.text((byte[]) one));
            } else if (one.getClass().isArray()) {
                all.add(listed(one));
            } else {
                boolean truth = one instanceof Boolean;
                all.add(truth ? ((Boolean) one ? "t" : "f") : one.toString());
            }
        }
        return all;
    }

    private Column values(boolean nested) {
        if (nested) {
            String name = type.isArray() ? type.name() : "_" + type.name();
            return Column.of("VALUE", TypeId.TEXT, Types.ARRAY, name, Array.class);
        }
        Class<?> javaClass = type.javaClass();
        int wireType =
                javaClass == Boolean.class
                        ? TypeId.BOOL
                        : javaClass == byte[].class ? TypeId.BYTEA : TypeId.TEXT;
        // A column of shorts gives Integers.
        Class<?> object = javaClass == Short.class ? Integer.class : javaClass;
        return Column.of("VALUE", wireType, type.jdbcType(), type.name(), object);
    }

    private byte @Nullable [] encoded(@Nullable Object value) throws SQLException {
        if (value == null) {
            return null;
        }
        if (type.javaClass() == Boolean.class && value instanceof String) {
            return new byte[] {(byte) (value.equals("t") ? 1 : 0)};
        }
        if (type.javaClass() == byte[].class && value instanceof String) {
            return Hex.bytes((String) value);
        }
        String shown = value instanceof List ? braces((List<?>) value) : (String) value;
        return shown.getBytes(StandardCharsets.UTF_8);
    }

    private static String braces(List<?> values) {
        StringBuilder out = new StringBuilder("{");
        for (Object value : values) {
            out.append(out.length() == 1 ? "" : ",");
            if (value instanceof List) {
                out.append(braces((List<?>) value));
            } else if (value == null) {
                out.append("NULL");
            } else {
                String plain = (String) value;
                out.append('"')
                        .append(plain.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return out.append('}').toString();
    }

    @Override
    public void free() {
        elements = null;
    }

    @Override
    public String toString() {
        return text;
    }
}
