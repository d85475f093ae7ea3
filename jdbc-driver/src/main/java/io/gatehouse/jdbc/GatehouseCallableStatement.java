package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.wire.CallParameter;

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
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** A call of a procedure or function; its OUT parameters can be read by their names as well. */
final class GatehouseCallableStatement extends OutGetters {
    GatehouseCallableStatement(GatehouseConnection connection, String sql) {
        super(connection, sql);
    }

    private GatehouseResultSet namedRow() throws SQLException {
        checkOpen();
        if (connection().manner() == Manner.POSTGRES) {
            throw Faults.unsupported("A parameter by its name");
        }
        if (answer() == null) {
            throw Misuse.NEITHER_CALLED_NOR_REGISTERED.at(
                    connection().manner(), "The call has given no OUT parameters yet.");
        }
        return row();
    }

    /** The column of a parameter: by the name it was registered with, or that the backend tells. */
    private int column(String name) throws SQLException {
        int column = 0;
        for (CallParameter parameter : signature()) {
            column += parameter.isOut() ? 1 : 0;
            if (parameter.isOut() && parameter.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        return namedRow().findColumn(name);
    }

    @Override
    public @Nullable Object getObject(String name) throws SQLException {
        namedRow();
        return object(column(name));
    }

    @Override
    public @Nullable Object getObject(String name, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        namedRow();
        return object(column(name), map);
    }

    @Override
    public <T> @Nullable T getObject(String name, Class<T> type) throws SQLException {
        namedRow();
        return object(column(name), type);
    }

    @Override
    public boolean getBoolean(String name) throws SQLException {
        return namedRow().getBoolean(column(name));
    }

    @Override
    public byte getByte(String name) throws SQLException {
        return namedRow().getByte(column(name));
    }

    @Override
    public short getShort(String name) throws SQLException {
        return namedRow().getShort(column(name));
    }

    @Override
    public int getInt(String name) throws SQLException {
        return namedRow().getInt(column(name));
    }

    @Override
    public long getLong(String name) throws SQLException {
        return namedRow().getLong(column(name));
    }

    @Override
    public float getFloat(String name) throws SQLException {
        return namedRow().getFloat(column(name));
    }

    @Override
    public double getDouble(String name) throws SQLException {
        return namedRow().getDouble(column(name));
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(String name) throws SQLException {
        return namedRow().getBigDecimal(column(name));
    }

    @Override
    public @Nullable String getString(String name) throws SQLException {
        return namedRow().getString(column(name));
    }

    @Override
    public @Nullable String getNString(String name) throws SQLException {
        return namedRow().getNString(column(name));
    }

    @Override
    public byte @Nullable [] getBytes(String name) throws SQLException {
        return namedRow().getBytes(column(name));
    }

    @Override
    public @Nullable Date getDate(String name) throws SQLException {
        return namedRow().getDate(column(name));
    }

    @Override
    public @Nullable Time getTime(String name) throws SQLException {
        return namedRow().getTime(column(name));
    }

    @Override
    public @Nullable Timestamp getTimestamp(String name) throws SQLException {
        return namedRow().getTimestamp(column(name));
    }

    @Override
    public @Nullable URL getURL(String name) throws SQLException {
        return namedRow().getURL(column(name));
    }

    @Override
    public @Nullable RowId getRowId(String name) throws SQLException {
        return namedRow().getRowId(column(name));
    }

    @Override
    public @Nullable SQLXML getSQLXML(String name) throws SQLException {
        return namedRow().getSQLXML(column(name));
    }

    @Override
    public @Nullable Blob getBlob(String name) throws SQLException {
        return namedRow().getBlob(column(name));
    }

    @Override
    public @Nullable Clob getClob(String name) throws SQLException {
        return namedRow().getClob(column(name));
    }

    @Override
    public @Nullable NClob getNClob(String name) throws SQLException {
        return namedRow().getNClob(column(name));
    }

    @Override
    public @Nullable Array getArray(String name) throws SQLException {
        return namedRow().getArray(column(name));
    }

    @Override
    public @Nullable Ref getRef(String name) throws SQLException {
        return namedRow().getRef(column(name));
    }

    @Override
    public @Nullable Reader getCharacterStream(String name) throws SQLException {
        return namedRow().getCharacterStream(column(name));
    }

    @Override
    public @Nullable Reader getNCharacterStream(String name) throws SQLException {
        return namedRow().getNCharacterStream(column(name));
    }

    @Override
    public @Nullable Date getDate(String name, @Nullable Calendar calendar) throws SQLException {
        return namedRow().getDate(column(name), calendar);
    }

    @Override
    public @Nullable Time getTime(String name, @Nullable Calendar calendar) throws SQLException {
        return namedRow().getTime(column(name), calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(String name, @Nullable Calendar calendar)
            throws SQLException {
        return namedRow().getTimestamp(column(name), calendar);
    }
}
