package io.gatehouse.policy.sql;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The children of a node of the parser's tree, whatever its class.
 *
 * <p>The parser's own visitors leave positions out, and each one is a way around a policy; reading
 * the fields of every node cannot forget one.
 */
final class TreeFields {
    private static final String TREE = "net.sf.jsqlparser.";
    private static final String PARSER = "net.sf.jsqlparser.parser.";

    private static final ClassValue<Field[]> FIELDS =
            new ClassValue<>() {
                @Override
                protected Field[] computeValue(Class<?> type) {
                    return fields(type);
                }
            };

    private static final ClassValue<Boolean> NODES =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    return isNode(type);
                }
            };

    private TreeFields() {}

    /** Takes a child and the name of the field that holds it. */
    interface Visitor {
        void child(Object child, String field) throws NotUnderstood;
    }

    static void each(Object node, Visitor visitor) throws NotUnderstood {
        if (node instanceof Collection<?> items) {
            for (Object item : items) {
                deliver(item, "", visitor);
            }
        }
        for (Field field : FIELDS.get(node.getClass())) {
            deliver(read(field, node), field.getName(), visitor);
        }
    }

    private static void deliver(@Nullable Object value, String field, Visitor visitor)
            throws NotUnderstood {
        if (value == null) {
            return;
        }
        if (NODES.get(value.getClass())) {
            visitor.child(value, field);
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                deliver(item, field, visitor);
            }
        } else if (value instanceof java.util.Map<?, ?> map) {
            deliver(map.keySet(), field, visitor);
            deliver(map.values(), field, visitor);
        } else if (value instanceof java.util.Map.Entry<?, ?> entry) {
            deliver(entry.getKey(), field, visitor);
            deliver(entry.getValue(), field, visitor);
        } else if (value instanceof Object[] items) {
            for (Object item : items) {
                deliver(item, field, visitor);
            }
        }
    }

    private static boolean isNode(Class<?> type) {
        String name = type.getName();
        return name.startsWith(TREE) && !name.startsWith(PARSER) && !type.isEnum();
    }

    private static @Nullable Object read(Field field, Object node) {
        try {
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the parser's tree cannot be read", e);
        }
    }

    private static Field[] fields(Class<?> type) {
        List<Field> found = new ArrayList<>();
        for (Class<?> c = type; c != null && c.getName().startsWith(TREE); c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                Class<?> of = field.getType();
                boolean plain = of.isPrimitive() || of.isEnum() || of == String.class;
                if (!plain && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    found.add(field);
                }
            }
        }
        return found.toArray(Field[]::new);
    }
}
