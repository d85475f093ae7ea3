package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Answer;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.wire.CallParameter;
import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;

/** Reading OUT parameters by number: they are the columns of a row behind the results. */
abstract class OutGetters extends NamedSetters {
    private @Nullable Answer rowOf;
    private @Nullable GatehouseResultSet row;
    private final List<@Nullable GatehouseResultSet> cursors = new ArrayList<>();

    OutGetters(GatehouseConnection connection, String sql) {
        super(connection, sql);
    }

    /** The row of OUT parameters of the last execution. */
    final GatehouseResultSet row() throws SQLException {
        checkOpen();
        Answer a = answer();
        GatehouseResultSet known = row;
        if (known != null && a == rowOf) {
            return known;
        }
        RowCursor found = a == null ? null : a.outRow();
        if (a == null || found == null) {
            throw Misuse.NOT_CALLED.at(
                    connection().manner(), "The call has given no OUT parameters yet.");
        }
        known = new GatehouseResultSet(found, self(), found::columns);
        if (!known.next()) {
            throw a.violated("The row of OUT parameters is missing.");
        }
        rowOf = a;
        row = known;
        cursors.clear();
        return known;
    }

    private GatehouseResultSet row(int index) throws SQLException {
        column(index);
        return row();
    }

    /** The column of a parameter, counted from 1. */
    private int column(int index) throws SQLException {
        checkOpen();
        int column = 0;
        for (CallParameter parameter : signature()) {
            column += parameter.isOut() ? 1 : 0;
            if (parameter.isOut() && parameter.index() == index) {
                return column;
            }
        }
        Misuse what =
                answer() != null
                        ? Misuse.NOT_REGISTERED
                        : isRegistered(index)
                                ? Misuse.NOT_CALLED
                                : Misuse.NEITHER_CALLED_NOR_REGISTERED;
        throw what.at(
                connection().manner(),
                "The parameter " + index + " was not registered as OUT before the execution.");
    }

    /** The value of a column; the rows where it is a cursor. */
    final @Nullable Object object(int column) throws SQLException {
        GatehouseResultSet values = row();
        return values.column(column).jdbcType() == Types.REF_CURSOR
                ? cursor(values, column)
                : values.getObject(column);
    }

    private @Nullable ResultSet cursor(GatehouseResultSet values, int column) throws SQLException {
        int number = 0;
        for (int i = 1; i < column; i++) {
            boolean before = values.column(i).jdbcType() == Types.REF_CURSOR;
            number += before && values.getString(i) != null ? 1 : 0;
        }
        if (values.getString(column) == null) {
            return null;
        }
        while (cursors.size() <= number) {
            cursors.add(null);
        }
        GatehouseResultSet known = cursors.get(number);
        if (known == null) {
            Answer a = answer();
            RowCursor rows = a == null ? null : a.cursor(number);
            if (rows == null) {
                throw Faults.sequence("The rows of this cursor are not there.");
            }
            known = new GatehouseResultSet(rows, self(), rows::columns);
            cursors.set(number, known);
        }
        return known;
    }

    final <T> @Nullable T object(int column, Class<T> type) throws SQLException {
        Column of = row().column(column);
        return type == ResultSet.class && of.jdbcType() == Types.REF_CURSOR
                ? type.cast(object(column))
                : row().getObject(column, type);
    }

    final @Nullable Object object(int column, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw Faults.unsupported("A type map");
        }
        return object(column);
    }

    @Override
    public final boolean wasNull() throws SQLException {
        return row().wasNull();
    }

    @Override
    public final @Nullable Object getObject(int index) throws SQLException {
        return object(column(index));
    }

    @Override
    public final @Nullable Object getObject(int index, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        return object(column(index), map);
    }

    @Override
    public final <T> @Nullable T getObject(int index, Class<T> type) throws SQLException {
        return object(column(index), type);
    }

    @Override
    public final boolean getBoolean(int index) throws SQLException {
        return row(index).getBoolean(column(index));
    }

    @Override
    public final byte getByte(int index) throws SQLException {
        return row(index).getByte(column(index));
    }

    @Override
    public final short getShort(int index) throws SQLException {
        return row(index).getShort(column(index));
    }

    @Override
    public final int getInt(int index) throws SQLException {
        return row(index).getInt(column(index));
    }

    @Override
    public final long getLong(int index) throws SQLException {
        return row(index).getLong(column(index));
    }

    @Override
    public final float getFloat(int index) throws SQLException {
        return row(index).getFloat(column(index));
    }

    @Override
    public final double getDouble(int index) throws SQLException {
        return row(index).getDouble(column(index));
    }

    @Override
    public final @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
        return row(index).getBigDecimal(column(index));
    }

    @Override
    public final @Nullable String getString(int index) throws SQLException {
        return row(index).getString(column(index));
    }

    @Override
    public final @Nullable String getNString(int index) throws SQLException {
        return row(index).getNString(column(index));
    }

    @Override
    public final byte @Nullable [] getBytes(int index) throws SQLException {
        return row(index).getBytes(column(index));
    }

    @Override
    public final @Nullable Date getDate(int index) throws SQLException {
        return row(index).getDate(column(index));
    }

    @Override
    public final @Nullable Time getTime(int index) throws SQLException {
        return row(index).getTime(column(index));
    }

    @Override
    public final @Nullable Timestamp getTimestamp(int index) throws SQLException {
        return row(index).getTimestamp(column(index));
    }

    @Override
    public final @Nullable URL getURL(int index) throws SQLException {
        return row(index).getURL(column(index));
    }

    @Override
    public final @Nullable RowId getRowId(int index) throws SQLException {
        return row(index).getRowId(column(index));
    }

    @Override
    public final @Nullable SQLXML getSQLXML(int index) throws SQLException {
        return row(index).getSQLXML(column(index));
    }

    @Override
    public final @Nullable Blob getBlob(int index) throws SQLException {
        return row(index).getBlob(column(index));
    }

    @Override
    public final @Nullable Clob getClob(int index) throws SQLException {
        return row(index).getClob(column(index));
    }

    @Override
    public final @Nullable NClob getNClob(int index) throws SQLException {
        return row(index).getNClob(column(index));
    }

    @Override
    public final @Nullable Array getArray(int index) throws SQLException {
        return row(index).getArray(column(index));
    }

    @Override
    public final @Nullable Ref getRef(int index) throws SQLException {
        return row(index).getRef(column(index));
    }

    @Override
    public final @Nullable Reader getCharacterStream(int index) throws SQLException {
        return row(index).getCharacterStream(column(index));
    }

    @Override
    public final @Nullable Reader getNCharacterStream(int index) throws SQLException {
        return row(index).getNCharacterStream(column(index));
    }

    @Override
    public final @Nullable Date getDate(int index, @Nullable Calendar calendar)
            throws SQLException {
        return row(index).getDate(column(index), calendar);
    }

    @Override
    public final @Nullable Time getTime(int index, @Nullable Calendar calendar)
            throws SQLException {
        return row(index).getTime(column(index), calendar);
    }

    @Override
    public final @Nullable Timestamp getTimestamp(int index, @Nullable Calendar calendar)
            throws SQLException {
        return row(index).getTimestamp(column(index), calendar);
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public final @Nullable BigDecimal getBigDecimal(int index, int scale) throws SQLException {
        return row(index).getBigDecimal(column(index), scale);
    }
}
