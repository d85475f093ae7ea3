package io.gatehouse.server.differential;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;

/** What an application may well give to a method of JDBC. */
final class SensibleArguments {
    static final String QUERY = "select id, name, amount from probe where id = 1";

    private static final String UPDATE = "update probe set name = name where id = -1";

    private final Connection connection;

    SensibleArguments(Connection connection) {
        this.connection = connection;
    }

    Object[] of(Method method) throws SQLException {
        Class<?>[] types = method.getParameterTypes();
        Object[] all = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            all[i] = types[i] == String.class ? text(method, i) : one(method, types[i], i);
        }
        return all;
    }

    private String text(Method method, int index) throws SQLException {
        String of = method.getDeclaringClass().getSimpleName();
        String name = method.getName();
        return switch (of) {
            case "Connection" ->
                    switch (name) {
                        case "setCatalog" -> connection.getCatalog();
                        case "setSchema" -> connection.getSchema();
                        case "createArrayOf" -> "integer";
                        case "prepareCall" -> "{? = call abs(?)}";
                        case "nativeSQL", "prepareStatement" -> QUERY;
                        default -> "ApplicationName";
                    };
            case "Statement" ->
                    switch (name) {
                        case "executeQuery" -> QUERY;
                        case "enquoteLiteral", "enquoteNCharLiteral" -> "it's";
                        case "enquoteIdentifier", "isSimpleIdentifier", "setCursorName" -> "name";
                        default -> UPDATE;
                    };
            case "DatabaseMetaData" -> table(index);
            case "ResultSet" -> index == 0 ? "id" : "1";
            case "Clob" -> "12";
            default -> "1";
        };
    }

    private String table(int index) throws SQLException {
        boolean upper = connection.getMetaData().storesUpperCaseIdentifiers();
        return index < 2 ? null : upper ? "PROBE" : "probe";
    }

    private static Object one(Method method, Class<?> type, int index) {
        if (type == int.class) {
            return number(method, index);
        }
        if (type.isPrimitive()) {
            return primitive(method, type);
        }
        Map<Class<?>, Object> values = new HashMap<>();
        values.put(byte[].class, new byte[] {1, 2});
        values.put(int[].class, new int[] {1});
        values.put(String[].class, null);
        values.put(Object[].class, new Object[] {1, 2});
        values.put(Object.class, 1);
        values.put(BigDecimal.class, BigDecimal.ONE);
        values.put(Date.class, Date.valueOf("2024-02-29"));
        values.put(Time.class, Time.valueOf("10:20:30"));
        values.put(Timestamp.class, Timestamp.valueOf("2024-02-29 10:20:30"));
        values.put(Calendar.class, Calendar.getInstance(TimeZone.getTimeZone("UTC")));
        values.put(InputStream.class, new ByteArrayInputStream(new byte[] {'1'}));
        values.put(Reader.class, new StringReader("1"));
        values.put(SQLType.class, JDBCType.INTEGER);
        values.put(Map.class, Map.of());
        values.put(Properties.class, new Properties());
        values.put(Executor.class, (Executor) Runnable::run);
        boolean wraps = method.getName().endsWith("rap") || method.getName().endsWith("For");
        Class<?> source =
                method.getDeclaringClass() == java.sql.SQLXML.class ? null : Integer.class;
        values.put(Class.class, wraps ? Connection.class : source);
        values.put(java.net.URL.class, url());
        return values.get(type);
    }

    private static Object url() {
        try {
            return URI.create("http://localhost/").toURL();
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static Object number(Method method, int index) {
        String name = method.getName();
        if (name.equals("setNetworkTimeout")) {
            return 20_000;
        }
        if (name.equals("setTransactionIsolation")) {
            return Connection.TRANSACTION_SERIALIZABLE;
        }
        if (name.contains("Type") && index == 1 && name.startsWith("supportsResultSet")) {
            return java.sql.ResultSet.CONCUR_READ_ONLY;
        }
        boolean resultSets = name.startsWith("prepare") || name.equals("createStatement");
        if (method.getDeclaringClass() == Connection.class && resultSets) {
            boolean keys = name.equals("prepareStatement") && method.getParameterCount() == 2;
            return switch (index - firstShape(method)) {
                case 0 -> keys ? java.sql.Statement.NO_GENERATED_KEYS : 1003;
                case 1 -> 1007;
                default -> java.sql.ResultSet.HOLD_CURSORS_OVER_COMMIT;
            };
        }
        if (name.startsWith("detects")
                || name.contains("AreVisible")
                || name.contains("Detected")) {
            return java.sql.ResultSet.TYPE_FORWARD_ONLY;
        }
        boolean type =
                (index == 1 && (name.startsWith("set") || name.startsWith("register")))
                        || name.equals("supportsResultSetType");
        if (name.equals("setNull") || name.startsWith("registerOut")) {
            return type ? Types.INTEGER : 1;
        }
        if (name.equals("setObject") && index == 2) {
            return Types.INTEGER;
        }
        return switch (name) {
            case "setFetchDirection" -> java.sql.ResultSet.FETCH_FORWARD;
            case "supportsResultSetType", "supportsResultSetConcurrency" ->
                    index == 0 ? 1003 : 1007;
            case "supportsConvert" -> index == 0 ? Types.INTEGER : Types.VARCHAR;
            default -> 1;
        };
    }

    private static int firstShape(Method method) {
        return method.getName().equals("createStatement") ? 0 : 1;
    }

    private static Object primitive(Method method, Class<?> type) {
        if (type == boolean.class) {
            return !method.getName().equals("setReadOnly");
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == short.class) {
            return (short) 1;
        }
        if (type == byte.class) {
            return (byte) 1;
        }
        return type == float.class ? (Object) 1F : (Object) 1D;
    }
}
