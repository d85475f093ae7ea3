package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Arrays as parameters: the name of the elements' type, and each element with its own type. */
final class ArrayEncoding {
    private static final Map<Class<?>, String> NAMES = names();

    private ArrayEncoding() {}

    private static Map<Class<?>, String> names() {
        Map<Class<?>, String> m = new HashMap<>();
        m.put(boolean.class, "bool");
        m.put(Boolean.class, "bool");
        m.put(short.class, "int2");
        m.put(Short.class, "int2");
        m.put(int.class, "int4");
        m.put(Integer.class, "int4");
        m.put(long.class, "int8");
        m.put(Long.class, "int8");
        m.put(float.class, "float4");
        m.put(Float.class, "float4");
        m.put(double.class, "float8");
        m.put(Double.class, "float8");
        m.put(BigDecimal.class, "numeric");
        m.put(UUID.class, "uuid");
        m.put(byte[].class, "bytea");
        return m;
    }

    static Parameter of(Array array) throws SQLException {
        return encode(array.getBaseTypeName(), array.getArray());
    }

    /** An array of Java. */
    static Parameter of(Object elements) throws SQLException {
        Class<?> leaf = elements.getClass();
        while (leaf.isArray() && leaf != byte[].class) {
            leaf = leaf.getComponentType();
        }
        return encode(NAMES.getOrDefault(leaf, "varchar"), elements);
    }

    private static Parameter encode(String elementType, @Nullable Object elements)
            throws SQLException {
        if (elements == null || !elements.getClass().isArray()) {
            throw Faults.badArgument("The elements of this array are not an array of Java.");
        }
        int count = java.lang.reflect.Array.getLength(elements);
        List<Parameter> encoded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            encoded.add(element(elementType, java.lang.reflect.Array.get(elements, i)));
        }
        return Parameter.array(TypeId.ARRAY, elementType, encoded);
    }

    private static Parameter element(String elementType, @Nullable Object element)
            throws SQLException {
        if (element == null) {
            return new Parameter(TypeId.UNTYPED, null);
        }
        boolean nested = element.getClass().isArray() && !(element instanceof byte[]);
        return nested ? encode(elementType, element) : ObjectEncoding.of(element);
    }
}
