package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
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

/** Updates by label, which a read-only result set refuses. */
abstract class UnsupportedUpdatesByLabel extends Wrapped implements ResultSet {
    @Override
    public void updateArray(String label, Array x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, InputStream x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(String label, BigDecimal x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, InputStream x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, Blob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(String label, boolean x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(String label, byte x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(String label, byte[] x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, Reader x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, Clob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(String label, Date x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(String label, double x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(String label, float x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(String label, int x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(String label, long x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, NClob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(String label, String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, Object x, int length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, Object x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(String label, Ref x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(String label, RowId x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(String label, SQLXML x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(String label, short x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(String label, String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(String label, Time x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(String label, Timestamp x) throws SQLException {
        throw readOnly();
    }

    static SQLException readOnly() {
        return Faults.unsupported("Updating through a result set");
    }
}
