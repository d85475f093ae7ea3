package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Calls methods of DatabaseMetaData by name. Only those listed here can be called. */
final class CatalogCalls {
    /** They would name the backend's address and the broker's user there. */
    private static final Set<String> HIDDEN = Set.of("getURL", "getUserName");

    /** PostgreSQL cuts names at 63 bytes. */
    private static final String TOO_LONG = "-".repeat(64);

    private static final Map<Class<?>, String> SCALARS =
            Map.of(
                    boolean.class, "boolean",
                    int.class, "int",
                    long.class, "long",
                    String.class, "string",
                    RowIdLifetime.class, "string");

    private static final List<Method> ALLOWED =
            Stream.of(DatabaseMetaData.class.getMethods())
                    .filter(method -> method.getDeclaringClass() == DatabaseMetaData.class)
                    .filter(method -> !HIDDEN.contains(method.getName()))
                    .filter(method ->
                            method.getReturnType() == ResultSet.class
                                    || SCALARS.containsKey(method.getReturnType()))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();

    private CatalogCalls() {}

    /** Whether PostgreSQL's driver has to ask its server for what the method tells. */
    static boolean asksServer(String method) {
        return switch (method) {
            case "connection.getSchema", "connection.getTransactionIsolation" -> true;
            default ->
                    ALLOWED.stream()
                            .filter(allowed -> allowed.getReturnType() == ResultSet.class)
                            .anyMatch(allowed -> allowed.getName().equals(method));
        };
    }

    static Outcome run(Lease lease, CarriedState state, Call.Catalog call, RowSink sink)
            throws SQLException, InterruptedException {
        Transactions.prepare(lease, state, false, call.inTransaction());
        Connection connection = lease.connection();
        String method = call.method();
        if (method.startsWith("connection.")) {
            Object value = getter(connection, method.substring("connection.".length()), call);
            ScalarRows.one(sink, method, value);
            return new Outcome.Finished();
        }
        if (method.equals("facts")) {
            ScalarRows.facts(sink, facts(connection.getMetaData()));
            return new Outcome.Finished();
        }
        Method found =
                find(method, call.arguments().size())
                        .orElseThrow(() ->
                                new GatehouseException(
                                        Faults.notSupported("DatabaseMetaData." + method)));
        @Nullable Object[] arguments = arguments(found, call.arguments());
        if (lease.kind().dialect() == Dialect.POSTGRESQL && method.equals("getFunctions")) {
            ofNoFunctions(connection, arguments);
        }
        Object value = invoke(connection.getMetaData(), found, arguments);
        if (value instanceof ResultSet rows) {
            // SQLite's driver keeps some of these statements, and must find them open.
            Statement of = lease.kind().dialect() == Dialect.SQLITE ? null : rows.getStatement();
            return new OpenCursor(lease, of, Call.Keys.NONE, 0, false, false, null)
                    .catalog(rows, sink);
        }
        if (found.getReturnType() == ResultSet.class) {
            throw new SQLException("the driver gave no result for " + method, "HY000");
        }
        ScalarRows.one(sink, method, value);
        return new Outcome.Finished();
    }

    /**
     * Of another database's functions pgjdbc knows none, and describes one of their columns by null
     * (42.7.14): it is asked for a name here that no function has.
     */
    private static void ofNoFunctions(Connection connection, @Nullable Object[] arguments)
            throws SQLException {
        Object catalog = arguments[0];
        if (catalog != null && !catalog.equals(connection.getCatalog())) {
            arguments[0] = null;
            arguments[2] = TOO_LONG;
        }
    }

    private static @Nullable Object getter(Connection connection, String name, Call.Catalog call)
            throws SQLException {
        return switch (name) {
            case "getCatalog" -> connection.getCatalog();
            case "getSchema" -> connection.getSchema();
            case "getTransactionIsolation" -> connection.getTransactionIsolation();
            case "isReadOnly" -> connection.isReadOnly();
            case "getHoldability" -> connection.getHoldability();
            case "nativeSQL" -> {
                if (call.arguments().size() != 1
                        || !(call.arguments().getFirst() instanceof String sql)) {
                    throw new GatehouseException(Faults.badParameter(1, "must be a text"));
                }
                yield connection.nativeSQL(sql);
            }
            case "resultSets" -> resultSets(connection, numbers(call, 3));
            case "setHoldability" -> holdability(connection, numbers(call, 1)[0]);
            default -> throw new GatehouseException(Faults.notSupported("Connection." + name));
        };
    }

    private static int[] numbers(Call.Catalog call, int count) {
        if (call.arguments().size() != count) {
            throw new GatehouseException(Faults.badParameter(count, "must be the last"));
        }
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            if (!(call.arguments().get(i) instanceof Integer number)) {
                throw new GatehouseException(Faults.badParameter(i + 1, "must be a number"));
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /** What the driver makes of a wish for a type, a concurrency and a holdability (0: none). */
    private static String resultSets(Connection connection, int[] wish) throws SQLException {
        try (Statement statement =
                wish[2] == 0
                        ? connection.createStatement(wish[0], wish[1])
                        : connection.createStatement(wish[0], wish[1], wish[2])) {
            return statement.getResultSetType()
                    + " "
                    + statement.getResultSetConcurrency()
                    + " "
                    + statement.getResultSetHoldability();
        }
    }

    /** What the driver makes of a wish for a holdability; the connection's own is put back. */
    private static int holdability(Connection connection, int wish) throws SQLException {
        int before = connection.getHoldability();
        try {
            connection.setHoldability(wish);
            return connection.getHoldability();
        } finally {
            connection.setHoldability(before);
        }
    }

    private static Optional<Method> find(String name, int arguments) {
        return ALLOWED.stream()
                .filter(method -> method.getName().equals(name))
                .filter(method -> method.getParameterCount() == arguments)
                .findFirst();
    }

    /** Every scalar without arguments: name, type, value as text. */
    private static List<String[]> facts(DatabaseMetaData meta) {
        return ALLOWED.stream()
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> SCALARS.containsKey(method.getReturnType()))
                .flatMap(method -> fact(meta, method).stream())
                .toList();
    }

    private static Optional<String[]> fact(DatabaseMetaData meta, Method method) {
        try {
            Object value = invoke(meta, method, new Object[0]);
            String type = SCALARS.getOrDefault(method.getReturnType(), "string");
            String text = value == null ? "" : value.toString();
            return Optional.of(new String[] {method.getName(), type, text});
        } catch (SQLException e) {
            // What this driver does not answer is left out: the client then asks by name and gets
            // the driver's own error.
            return Optional.empty();
        }
    }

    private static @Nullable Object invoke(
            DatabaseMetaData meta, Method method, @Nullable Object[] arguments)
            throws SQLException {
        try {
            return method.invoke(meta, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new SQLException("a driver's method failed", e);
            }
        } catch (IllegalAccessException e) {
            throw new SQLException("a driver's method cannot be called", e);
        }
    }

    private static @Nullable Object[] arguments(Method method, List<@Nullable Object> given) {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] converted = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            converted[i] = argument(types[i], i + 1, given.get(i));
        }
        return converted;
    }

    private static @Nullable Object argument(Class<?> type, int index, @Nullable Object given) {
        if (given == null && !type.isPrimitive()) {
            return null;
        }
        if (type == String.class && given instanceof String) {
            return given;
        }
        if (type == int.class && given instanceof Integer) {
            return given;
        }
        if (type == short.class && given instanceof Integer number) {
            return number.shortValue();
        }
        if (type == boolean.class && given instanceof Boolean) {
            return given;
        }
        if (type == String[].class && given instanceof List<?> list) {
            return list.stream().map(String::valueOf).toArray(String[]::new);
        }
        if (type == int[].class && given instanceof List<?> list) {
            return Arrays.copyOf(
                    list.stream().mapToInt(item -> ((Number) item).intValue()).toArray(),
                    list.size());
        }
        throw new GatehouseException(
                Faults.badParameter(index, "must be a " + type.getSimpleName()));
    }
}
