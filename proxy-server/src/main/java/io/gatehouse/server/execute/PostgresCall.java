package io.gatehouse.server.execute;

import io.gatehouse.server.pool.Lease;

import java.lang.reflect.Field;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * PostgreSQL's calls, whose OUT parameters are the columns of a row. pgjdbc turns that row into
 * Java objects which no longer tell their types, and reads cursors whole; here the row itself is
 * read, with the checks that pgjdbc makes.
 */
final class PostgresCall {
    private static final Field RETURN_TYPE_SET = returnTypeSet();

    private PostgresCall() {}

    private static Field returnTypeSet() {
        try {
            Class<?> type = Class.forName("org.postgresql.jdbc.PgCallableStatement");
            Field field = type.getDeclaredField("returnTypeSet");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Lets the driver leave the row of OUT parameters alone. */
    static void keepRow(CallableStatement statement) throws SQLException {
        try {
            RETURN_TYPE_SET.setBoolean(statement, false);
        } catch (IllegalAccessException e) {
            throw new SQLException("the OUT parameters cannot be read", e);
        }
    }

    static OutParameters.OutRow row(
            Lease lease,
            CallableStatement statement,
            List<Signature.Slot> slots,
            Deque<OutParameters.CursorSource> cursors)
            throws SQLException {
        ResultSet rs = statement.getResultSet();
        if (rs == null || !rs.next()) {
            throw new SQLException(
                    "A CallableStatement was executed with nothing returned.", "02000");
        }
        ResultSetMetaData meta = rs.getMetaData();
        if (meta.getColumnCount() != slots.size()) {
            throw new SQLException(
                    "A CallableStatement was executed with an invalid number of parameters",
                    "42601");
        }
        ColumnList list = ColumnList.of(lease, rs);
        List<Column> columns = new ArrayList<>(slots.size());
        Spool values = new Spool();
        values.startRow();
        for (int i = 1; i <= slots.size(); i++) {
            check(i, meta.getColumnType(i), registered(slots.get(i - 1).jdbcType()));
            columns.add(list.columns().get(i - 1));
            list.readers().get(i - 1).read(rs, i, values);
            String cursor = meta.getColumnType(i) == Types.REF_CURSOR ? rs.getString(i) : null;
            if (cursor != null) {
                cursors.add(source(lease, cursor));
            }
        }
        values.endRow();
        rs.close();
        return new OutParameters.OutRow(columns, values);
    }

    /** As pgjdbc folds the types that PostgreSQL does not have. */
    private static int registered(int type) {
        return switch (type) {
            case Types.TINYINT -> Types.SMALLINT;
            case Types.LONGVARCHAR -> Types.VARCHAR;
            case Types.DECIMAL -> Types.NUMERIC;
            case Types.FLOAT -> Types.DOUBLE;
            case Types.VARBINARY, Types.LONGVARBINARY -> Types.BINARY;
            case Types.BOOLEAN -> Types.BIT;
            default -> type;
        };
    }

    private static void check(int column, int type, int registered) throws SQLException {
        boolean narrow = type == Types.DOUBLE && registered == Types.REAL;
        boolean cursor = type == Types.REF_CURSOR && registered == Types.OTHER;
        if (type != registered && !narrow && !cursor) {
            throw new SQLException(
                    "A CallableStatement function was executed and the out parameter "
                            + column
                            + " was of type java.sql.Types="
                            + type
                            + " however type java.sql.Types="
                            + registered
                            + " was registered.",
                    "42821");
        }
    }

    /** Outside a transaction the cursor is gone, which is to be told of the call itself. */
    private static OutParameters.CursorSource source(Lease lease, String cursor)
            throws SQLException {
        if (!lease.connection().getAutoCommit()) {
            return () -> rows(lease, cursor);
        }
        ResultSet now = rows(lease, cursor);
        return () -> now;
    }

    /**
     * The server makes all rows at once and keeps them; the driver fetches them in portions. The
     * cursor itself is closed, as pgjdbc does, so that its name is free again.
     */
    private static ResultSet rows(Lease lease, String cursor) throws SQLException {
        String name = '"' + cursor.replace("\"", "\"\"") + '"';
        Connection connection = lease.connection();
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        statement.setFetchSize(FetchRows.FIRST);
        ResultSet rows = statement.executeQuery("FETCH ALL IN " + name);
        if (!connection.getAutoCommit()) {
            try (Statement close = connection.createStatement()) {
                close.executeUpdate("CLOSE " + name);
            }
        }
        return rows;
    }
}
