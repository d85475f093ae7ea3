package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** Changing rows: new values wait, as parameters, for the statement that writes them. */
abstract class ValueUpdates extends LabelUpdates {
    /** The changes so far; refuses where nothing can be changed. */
    abstract RowEdits edits() throws SQLException;

    /** The description of a column, counted from 1. */
    abstract Column column(int column) throws SQLException;

    /** Where the new value of a column goes. */
    private PreparedStatement changed(int column) throws SQLException {
        RowEdits changes = edits();
        column(column);
        return changes.change(column);
    }

    @Override
    public void updateRow() throws SQLException {
        edits().update();
    }

    @Override
    public void insertRow() throws SQLException {
        edits().insert();
    }

    @Override
    public void deleteRow() throws SQLException {
        edits().delete();
    }

    @Override
    public void refreshRow() throws SQLException {
        edits().refresh();
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        edits().cancel();
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        edits().toInsertRow();
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        edits().toCurrentRow();
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        // As DatabaseMetaData says, changes are not detected.
        wasNull();
        return false;
    }

    @Override
    public boolean rowInserted() throws SQLException {
        // As DatabaseMetaData says, changes are not detected.
        wasNull();
        return false;
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        // As DatabaseMetaData says, changes are not detected.
        wasNull();
        return false;
    }

    @Override
    public void updateArray(int column, @Nullable Array x) throws SQLException {
        changed(column).setArray(column, x);
    }

    @Override
    public void updateAsciiStream(int column, @Nullable InputStream x, int length)
            throws SQLException {
        changed(column).setAsciiStream(column, x, length);
    }

    @Override
    public void updateAsciiStream(int column, @Nullable InputStream x, long length)
            throws SQLException {
        changed(column).setAsciiStream(column, x, length);
    }

    @Override
    public void updateAsciiStream(int column, @Nullable InputStream x) throws SQLException {
        changed(column).setAsciiStream(column, x);
    }

    @Override
    public void updateBigDecimal(int column, @Nullable BigDecimal x) throws SQLException {
        changed(column).setBigDecimal(column, x);
    }

    @Override
    public void updateBinaryStream(int column, @Nullable InputStream x, int length)
            throws SQLException {
        changed(column).setBinaryStream(column, x, length);
    }

    @Override
    public void updateBinaryStream(int column, @Nullable InputStream x, long length)
            throws SQLException {
        changed(column).setBinaryStream(column, x, length);
    }

    @Override
    public void updateBinaryStream(int column, @Nullable InputStream x) throws SQLException {
        changed(column).setBinaryStream(column, x);
    }

    @Override
    public void updateBlob(int column, @Nullable InputStream x, long length) throws SQLException {
        changed(column).setBlob(column, x, length);
    }

    @Override
    public void updateBlob(int column, @Nullable InputStream x) throws SQLException {
        changed(column).setBlob(column, x);
    }

    @Override
    public void updateBlob(int column, @Nullable Blob x) throws SQLException {
        changed(column).setBlob(column, x);
    }

    @Override
    public void updateBoolean(int column, boolean x) throws SQLException {
        changed(column).setBoolean(column, x);
    }

    @Override
    public void updateByte(int column, byte x) throws SQLException {
        changed(column).setByte(column, x);
    }

    @Override
    public void updateBytes(int column, byte @Nullable [] x) throws SQLException {
        changed(column).setBytes(column, x);
    }

    @Override
    public void updateCharacterStream(int column, @Nullable Reader x, int length)
            throws SQLException {
        changed(column).setCharacterStream(column, x, length);
    }

    @Override
    public void updateCharacterStream(int column, @Nullable Reader x, long length)
            throws SQLException {
        changed(column).setCharacterStream(column, x, length);
    }

    @Override
    public void updateCharacterStream(int column, @Nullable Reader x) throws SQLException {
        changed(column).setCharacterStream(column, x);
    }

    @Override
    public void updateClob(int column, @Nullable Reader x, long length) throws SQLException {
        changed(column).setClob(column, x, length);
    }

    @Override
    public void updateClob(int column, @Nullable Reader x) throws SQLException {
        changed(column).setClob(column, x);
    }

    @Override
    public void updateClob(int column, @Nullable Clob x) throws SQLException {
        changed(column).setClob(column, x);
    }

    @Override
    public void updateDate(int column, @Nullable Date x) throws SQLException {
        changed(column).setDate(column, x);
    }

    @Override
    public void updateDouble(int column, double x) throws SQLException {
        changed(column).setDouble(column, x);
    }

    @Override
    public void updateFloat(int column, float x) throws SQLException {
        changed(column).setFloat(column, x);
    }

    @Override
    public void updateInt(int column, int x) throws SQLException {
        changed(column).setInt(column, x);
    }

    @Override
    public void updateLong(int column, long x) throws SQLException {
        changed(column).setLong(column, x);
    }

    @Override
    public void updateNCharacterStream(int column, @Nullable Reader x, long length)
            throws SQLException {
        changed(column).setNCharacterStream(column, x, length);
    }

    @Override
    public void updateNCharacterStream(int column, @Nullable Reader x) throws SQLException {
        changed(column).setNCharacterStream(column, x);
    }

    @Override
    public void updateNClob(int column, @Nullable Reader x, long length) throws SQLException {
        changed(column).setNClob(column, x, length);
    }

    @Override
    public void updateNClob(int column, @Nullable Reader x) throws SQLException {
        changed(column).setNClob(column, x);
    }

    @Override
    public void updateNClob(int column, @Nullable NClob x) throws SQLException {
        changed(column).setNClob(column, x);
    }

    @Override
    public void updateNString(int column, @Nullable String x) throws SQLException {
        changed(column).setNString(column, x);
    }

    @Override
    public void updateNull(int column) throws SQLException {
        changed(column).setNull(column, column(column).jdbcType());
    }

    @Override
    public void updateObject(int column, @Nullable Object x, int scaleOrLength)
            throws SQLException {
        if (x instanceof BigDecimal) {
            updateBigDecimal(
                    column, ((BigDecimal) x).setScale(scaleOrLength, RoundingMode.HALF_UP));
        } else {
            updateObject(column, x);
        }
    }

    @Override
    public void updateObject(int column, @Nullable Object x) throws SQLException {
        changed(column).setObject(column, x);
    }

    @Override
    public void updateRef(int column, @Nullable Ref x) throws SQLException {
        changed(column).setRef(column, x);
    }

    @Override
    public void updateRowId(int column, @Nullable RowId x) throws SQLException {
        changed(column).setRowId(column, x);
    }

    @Override
    public void updateSQLXML(int column, @Nullable SQLXML x) throws SQLException {
        changed(column).setSQLXML(column, x);
    }

    @Override
    public void updateShort(int column, short x) throws SQLException {
        changed(column).setShort(column, x);
    }

    @Override
    public void updateString(int column, @Nullable String x) throws SQLException {
        changed(column).setString(column, x);
    }

    @Override
    public void updateTime(int column, @Nullable Time x) throws SQLException {
        changed(column).setTime(column, x);
    }

    @Override
    public void updateTimestamp(int column, @Nullable Timestamp x) throws SQLException {
        changed(column).setTimestamp(column, x);
    }

    @Override
    public void updateObject(int column, @Nullable Object x, SQLType type) throws SQLException {
        changed(column).setObject(column, x, type);
    }

    @Override
    public void updateObject(int column, @Nullable Object x, SQLType type, int scale)
            throws SQLException {
        changed(column).setObject(column, x, type, scale);
    }
}
