package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.ArrayText;
import io.gatehouse.jdbc.type.Cell;
import io.gatehouse.jdbc.type.ElementType;
import io.gatehouse.jdbc.type.HeldBlob;
import io.gatehouse.jdbc.type.HeldClob;
import io.gatehouse.jdbc.type.HeldXml;
import io.gatehouse.jdbc.type.LargeBlob;
import io.gatehouse.jdbc.type.LargeClob;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.ToNumber;
import io.gatehouse.jdbc.type.ToObject;
import io.gatehouse.jdbc.type.ToText;
import io.gatehouse.jdbc.type.ToTime;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.wire.LargeSource;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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
import java.sql.Types;
import java.util.Calendar;
import java.util.Map;

/** Reading by number: the value is decoded where it lies, as the type asked for. */
abstract class ValueGetters extends LabelGetters {
    /** The value of a column of the current row, counted from 1; null for SQL NULL. */
    abstract @Nullable Cell cell(int column) throws SQLException;

    /** A value that comes in pieces and is not here as a whole; null for all others. */
    abstract @Nullable LargeSource pieces(int column) throws SQLException;

    private @Nullable LargeSource piecesOfBytes(int column) throws SQLException {
        LargeSource source = pieces(column);
        return source != null && column(column).type() == TypeId.BYTEA ? source : null;
    }

    private @Nullable LargeSource piecesOfText(int column) throws SQLException {
        LargeSource source = pieces(column);
        return source == null || column(column).type() == TypeId.BYTEA ? null : source;
    }

    private @Nullable Cell dayCell(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : cell.day();
    }

    /** How the backend's driver converts values. */
    abstract Manner manner();

    @Override
    public boolean getBoolean(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? false : ToNumber.toBoolean(cell);
    }

    @Override
    public byte getByte(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? (byte) 0 : ToNumber.toByte(cell);
    }

    @Override
    public short getShort(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? (short) 0 : ToNumber.toShort(cell);
    }

    @Override
    public int getInt(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : ToNumber.toInt(cell);
    }

    @Override
    public long getLong(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : ToNumber.toLong(cell);
    }

    @Override
    public float getFloat(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : ToNumber.toFloat(cell);
    }

    @Override
    public double getDouble(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : ToNumber.toDouble(cell);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : ToNumber.toBigDecimal(cell);
    }

    @Override
    public byte @Nullable [] getBytes(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : ToText.toBytes(cell);
    }

    @Override
    public @Nullable String getString(int column) throws SQLException {
        Cell cell = cell(column);
        if (cell == null) {
            return null;
        }
        String text = ToText.toShown(cell);
        return manner() == Manner.H2 && isArray(column)
                ? ArrayText.bracketed(text, ElementType.ofArray(column(column).typeName()))
                : text;
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        if (isArray(column)) {
            return getArray(column);
        }
        Object large = largeObject(column);
        if (large != null) {
            return large;
        }
        Cell cell = dayCell(column);
        return cell == null ? null : ToObject.toObject(cell, column(column));
    }

    /** A value in pieces whose column is of large objects; null for all others. */
    private @Nullable Object largeObject(int column) throws SQLException {
        int type = column(column).jdbcType();
        boolean text = type == Types.CLOB || type == Types.NCLOB;
        LargeSource source = text || type == Types.BLOB ? pieces(column) : null;
        return source == null
                ? null
                : text ? new LargeClob(manner(), source) : new LargeBlob(manner(), source);
    }

    @Override
    public @Nullable Blob getBlob(int column) throws SQLException {
        LargeSource source = piecesOfBytes(column);
        if (source != null) {
            return new LargeBlob(manner(), source);
        }
        Cell cell = cell(column);
        if (cell == null) {
            return null;
        }
        return isLarge(column)
                ? largeObjects().blob(number(cell))
                : new HeldBlob(manner(), ToText.toBytes(cell));
    }

    @Override
    public @Nullable Clob getClob(int column) throws SQLException {
        LargeSource source = piecesOfText(column);
        if (source != null) {
            return new LargeClob(manner(), source);
        }
        Cell cell = cell(column);
        if (cell == null) {
            return null;
        }
        return isLarge(column)
                ? largeObjects().clob(number(cell))
                : new HeldClob(manner(), ToText.toText(cell));
    }

    private boolean isLarge(int column) throws SQLException {
        return LargeObjects.areNumbers(column(column).typeName());
    }

    private LargeObjects largeObjects() throws SQLException {
        return new LargeObjects(getStatement().getConnection().unwrap(GatehouseConnection.class));
    }

    private static long number(Cell cell) throws SQLException {
        return ToNumber.toLong(cell);
    }

    @Override
    public @Nullable NClob getNClob(int column) throws SQLException {
        LargeSource source = piecesOfText(column);
        if (source != null) {
            return new LargeClob(manner(), source);
        }
        Cell cell = cell(column);
        return cell == null ? null : new HeldClob(manner(), ToText.toText(cell));
    }

    @Override
    public @Nullable InputStream getBinaryStream(int column) throws SQLException {
        LargeSource source = piecesOfBytes(column);
        if (source != null) {
            return source.open(0);
        }
        Cell cell = cell(column);
        return cell == null ? null : new ByteArrayInputStream(ToText.toBytes(cell));
    }

    @Override
    public @Nullable Reader getCharacterStream(int column) throws SQLException {
        LargeSource source = piecesOfText(column);
        if (source != null) {
            return new LargeClob(manner(), source).getCharacterStream();
        }
        Cell cell = cell(column);
        return cell == null ? null : new StringReader(ToText.toText(cell));
    }

    @Override
    public @Nullable Date getDate(int column) throws SQLException {
        return getDate(column, null);
    }

    @Override
    public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
        Cell cell = dayCell(column);
        return cell == null ? null : ToTime.toDate(cell, calendar);
    }

    @Override
    public @Nullable Time getTime(int column) throws SQLException {
        return getTime(column, null);
    }

    @Override
    public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
        Cell cell = dayCell(column);
        return cell == null ? null : ToTime.toTime(cell, calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column) throws SQLException {
        return getTimestamp(column, null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
            throws SQLException {
        Cell cell = dayCell(column);
        return cell == null ? null : ToTime.toTimestamp(cell, calendar);
    }

    @Override
    public @Nullable InputStream getAsciiStream(int column) throws SQLException {
        LargeSource source = piecesOfText(column);
        if (source != null) {
            return new LargeClob(manner(), source).getAsciiStream();
        }
        Cell cell = cell(column);
        return cell == null
                ? null
                : new ByteArrayInputStream(ToText.toText(cell).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public @Nullable String getNString(int column) throws SQLException {
        return getString(column);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int column) throws SQLException {
        return getCharacterStream(column);
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        if (isArray(column) && (type == Array.class || type.isArray())) {
            return arrayAs(column, type);
        }
        if (type == String.class) {
            return type.cast(getString(column));
        }
        boolean pieces = type == Blob.class || type == Clob.class || type == NClob.class;
        if (pieces && (isLarge(column) || pieces(column) != null)) {
            return type.cast(type == Blob.class ? getBlob(column) : getClob(column));
        }
        Cell cell = dayCell(column);
        return cell == null ? null : ToObject.toObject(cell, type);
    }

    @Override
    public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map)
            throws SQLException {
        // MySQL's driver has no structured types to use it for, and says nothing.
        if (map != null && !map.isEmpty() && manner() != Manner.MYSQL) {
            throw Faults.unsupported("A type map");
        }
        return getObject(column);
    }

    @Override
    @Deprecated
    public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(column);
        return value == null ? null : value.setScale(scale, rounding());
    }

    private RoundingMode rounding() {
        switch (manner()) {
            case POSTGRES:
                return RoundingMode.HALF_EVEN;
            case MARIADB:
                return RoundingMode.HALF_DOWN;
            default:
                return RoundingMode.HALF_UP;
        }
    }

    @Override
    public @Nullable URL getURL(int column) throws SQLException {
        String text = getString(column);
        try {
            return text == null ? null : new URL(text);
        } catch (MalformedURLException e) {
            throw Faults.badText("a URL", e);
        }
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(int column) throws SQLException {
        cell(column);
        throw Faults.unsupported("getUnicodeStream, which JDBC has given up,");
    }

    @Override
    public Ref getRef(int column) throws SQLException {
        cell(column);
        throw Faults.lacking("references");
    }

    @Override
    public RowId getRowId(int column) throws SQLException {
        cell(column);
        throw Faults.lacking("row ids that its driver tells");
    }

    @Override
    public @Nullable SQLXML getSQLXML(int column) throws SQLException {
        String text = getString(column);
        return text == null ? null : new HeldXml(manner(), text);
    }

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        Cell cell = cell(column);
        if (!isArray(column)) {
            throw Faults.noConversion(column(column).typeName(), "an array");
        }
        return cell == null
                ? null
                : GatehouseArray.read(manner(), column(column).typeName(), ToText.toText(cell));
    }

    private <T> @Nullable T arrayAs(int column, Class<T> type) throws SQLException {
        Array array = getArray(column);
        if (array == null || type == Array.class) {
            return type.cast(array);
        }
        Object elements = array.getArray();
        int count = java.lang.reflect.Array.getLength(elements);
        Object made = java.lang.reflect.Array.newInstance(type.getComponentType(), count);
        try {
            for (int i = 0; i < count; i++) {
                java.lang.reflect.Array.set(made, i, java.lang.reflect.Array.get(elements, i));
            }
        } catch (IllegalArgumentException e) {
            throw Faults.noConversion("array of " + array.getBaseTypeName(), type.getTypeName());
        }
        return type.cast(made);
    }

    private boolean isArray(int column) throws SQLException {
        return column(column).jdbcType() == Types.ARRAY;
    }
}
