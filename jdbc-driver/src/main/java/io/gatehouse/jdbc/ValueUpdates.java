package io.gatehouse.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
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

/** Updates, which a read-only result set refuses. */
abstract class UnsupportedUpdates extends UnsupportedUpdatesByLabel {
    @Override
    public void cancelRowUpdates() throws SQLException {
        throw readOnly();
    }

    @Override
    public void deleteRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void insertRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void refreshRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateArray(int column, Array x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int column, InputStream x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int column, InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int column, InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(int column, BigDecimal x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int column, InputStream x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int column, InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int column, InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int column, InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int column, InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int column, Blob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(int column, boolean x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(int column, byte x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(int column, byte[] x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int column, Reader x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int column, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int column, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int column, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int column, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int column, Clob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(int column, Date x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(int column, double x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(int column, float x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(int column, int x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(int column, long x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(int column, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(int column, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int column, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int column, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int column, NClob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(int column, String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(int n) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int column, Object x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int column, Object x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(int column, Ref x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(int column, RowId x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(int column, SQLXML x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(int column, short x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(int column, String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(int column, Time x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(int column, Timestamp x) throws SQLException {
        throw readOnly();
    }
}
