package io.gatehouse.jdbc;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** Setting parameters by their names, which the backend's driver knows. */
abstract class NamedSetters extends CallParameters {
    NamedSetters(GatehouseConnection connection, String sql) {
        super(connection, sql);
    }

    @Override
    public final void setBoolean(String name, boolean x) throws SQLException {
        setBoolean(at(name), x);
    }

    @Override
    public final void setByte(String name, byte x) throws SQLException {
        setByte(at(name), x);
    }

    @Override
    public final void setShort(String name, short x) throws SQLException {
        setShort(at(name), x);
    }

    @Override
    public final void setInt(String name, int x) throws SQLException {
        setInt(at(name), x);
    }

    @Override
    public final void setLong(String name, long x) throws SQLException {
        setLong(at(name), x);
    }

    @Override
    public final void setFloat(String name, float x) throws SQLException {
        setFloat(at(name), x);
    }

    @Override
    public final void setDouble(String name, double x) throws SQLException {
        setDouble(at(name), x);
    }

    @Override
    public final void setNull(String name, int type) throws SQLException {
        setNull(at(name), type);
    }

    @Override
    public final void setNull(String name, int type, String typeName) throws SQLException {
        setNull(at(name), type, typeName);
    }

    @Override
    public final void setBigDecimal(String name, @Nullable BigDecimal x) throws SQLException {
        setBigDecimal(at(name), x);
    }

    @Override
    public final void setString(String name, @Nullable String x) throws SQLException {
        setString(at(name), x);
    }

    @Override
    public final void setNString(String name, @Nullable String x) throws SQLException {
        setNString(at(name), x);
    }

    @Override
    public final void setBytes(String name, byte @Nullable [] x) throws SQLException {
        setBytes(at(name), x);
    }

    @Override
    public final void setDate(String name, @Nullable Date x) throws SQLException {
        setDate(at(name), x);
    }

    @Override
    public final void setTime(String name, @Nullable Time x) throws SQLException {
        setTime(at(name), x);
    }

    @Override
    public final void setTimestamp(String name, @Nullable Timestamp x) throws SQLException {
        setTimestamp(at(name), x);
    }

    @Override
    public final void setObject(String name, @Nullable Object x) throws SQLException {
        setObject(at(name), x);
    }

    @Override
    public final void setURL(String name, @Nullable URL x) throws SQLException {
        setURL(at(name), x);
    }

    @Override
    public final void setRowId(String name, @Nullable RowId x) throws SQLException {
        setRowId(at(name), x);
    }

    @Override
    public final void setSQLXML(String name, @Nullable SQLXML x) throws SQLException {
        setSQLXML(at(name), x);
    }

    @Override
    public final void setBlob(String name, @Nullable Blob x) throws SQLException {
        setBlob(at(name), x);
    }

    @Override
    public final void setClob(String name, @Nullable Clob x) throws SQLException {
        setClob(at(name), x);
    }

    @Override
    public final void setNClob(String name, @Nullable NClob x) throws SQLException {
        setNClob(at(name), x);
    }

    @Override
    public final void setAsciiStream(String name, @Nullable InputStream x) throws SQLException {
        setAsciiStream(at(name), x);
    }

    @Override
    public final void setBinaryStream(String name, @Nullable InputStream x) throws SQLException {
        setBinaryStream(at(name), x);
    }

    @Override
    public final void setCharacterStream(String name, @Nullable Reader x) throws SQLException {
        setCharacterStream(at(name), x);
    }

    @Override
    public final void setNCharacterStream(String name, @Nullable Reader x) throws SQLException {
        setNCharacterStream(at(name), x);
    }

    @Override
    public final void setClob(String name, @Nullable Reader x) throws SQLException {
        setClob(at(name), x);
    }

    @Override
    public final void setBlob(String name, @Nullable InputStream x) throws SQLException {
        setBlob(at(name), x);
    }

    @Override
    public final void setNClob(String name, @Nullable Reader x) throws SQLException {
        setNClob(at(name), x);
    }

    @Override
    public final void setDate(String name, @Nullable Date x, @Nullable Calendar calendar)
            throws SQLException {
        setDate(at(name), x, calendar);
    }

    @Override
    public final void setTime(String name, @Nullable Time x, @Nullable Calendar calendar)
            throws SQLException {
        setTime(at(name), x, calendar);
    }

    @Override
    public final void setTimestamp(String name, @Nullable Timestamp x, @Nullable Calendar calendar)
            throws SQLException {
        setTimestamp(at(name), x, calendar);
    }

    @Override
    public final void setObject(String name, @Nullable Object x, int type) throws SQLException {
        setObject(at(name), x, type);
    }

    @Override
    public final void setObject(String name, @Nullable Object x, int type, int scale)
            throws SQLException {
        setObject(at(name), x, type, scale);
    }

    @Override
    public final void setObject(String name, @Nullable Object x, SQLType type) throws SQLException {
        setObject(at(name), x, type);
    }

    @Override
    public final void setObject(String name, @Nullable Object x, SQLType type, int scale)
            throws SQLException {
        setObject(at(name), x, type, scale);
    }

    @Override
    public final void setAsciiStream(String name, @Nullable InputStream x, int length)
            throws SQLException {
        setAsciiStream(at(name), x, length);
    }

    @Override
    public final void setBinaryStream(String name, @Nullable InputStream x, int length)
            throws SQLException {
        setBinaryStream(at(name), x, length);
    }

    @Override
    public final void setCharacterStream(String name, @Nullable Reader x, int length)
            throws SQLException {
        setCharacterStream(at(name), x, length);
    }

    @Override
    public final void setAsciiStream(String name, @Nullable InputStream x, long length)
            throws SQLException {
        setAsciiStream(at(name), x, length);
    }

    @Override
    public final void setBinaryStream(String name, @Nullable InputStream x, long length)
            throws SQLException {
        setBinaryStream(at(name), x, length);
    }

    @Override
    public final void setCharacterStream(String name, @Nullable Reader x, long length)
            throws SQLException {
        setCharacterStream(at(name), x, length);
    }

    @Override
    public final void setNCharacterStream(String name, @Nullable Reader x, long length)
            throws SQLException {
        setNCharacterStream(at(name), x, length);
    }

    @Override
    public final void setClob(String name, @Nullable Reader x, long length) throws SQLException {
        setClob(at(name), x, length);
    }

    @Override
    public final void setBlob(String name, @Nullable InputStream x, long length)
            throws SQLException {
        setBlob(at(name), x, length);
    }

    @Override
    public final void setNClob(String name, @Nullable Reader x, long length) throws SQLException {
        setNClob(at(name), x, length);
    }
}
