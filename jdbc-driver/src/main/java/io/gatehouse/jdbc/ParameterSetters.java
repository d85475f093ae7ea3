package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Encoding;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;

/** The parameters of a prepared statement. */
abstract class ParameterSetters extends StreamSetters {
    private static final int MAX_PARAMETERS = Short.MAX_VALUE;

    /** Stands for the name that was given, in the place of a number. */
    static final int BY_NAME = Integer.MIN_VALUE;

    private @Nullable Parameter[] values = new @Nullable Parameter[8];
    private int count;

    ParameterSetters(GatehouseConnection connection) {
        super(connection);
    }

    @Override
    final void set(int index, Parameter value) throws SQLException {
        checkOpen();
        if (index == BY_NAME) {
            setNamed(value);
            return;
        }
        if (index < 1 || index > MAX_PARAMETERS) {
            throw Faults.badArgument(
                    "A parameter is numbered from 1 to " + MAX_PARAMETERS + ", not " + index + ".");
        }
        if (index > values.length) {
            values = Arrays.copyOf(values, Math.max(index, values.length * 2));
        }
        values[index - 1] = value;
        count = Math.max(count, index);
    }

    /** Takes the value of a parameter that is known by its name. */
    void setNamed(Parameter value) throws SQLException {
        throw Faults.unsupported("A parameter by its name");
    }

    /** Forgets the values of parameters that are known by their names. */
    void clearNamed() {}

    /** The highest number that has a value, 0 for none. */
    final int highest() {
        return count;
    }

    /** The value of one parameter; null if it is not set. */
    final @Nullable Parameter value(int index) {
        return index <= count ? values[index - 1] : null;
    }

    /** The parameters as they are now. */
    List<Parameter> parameters() throws SQLException {
        List<Parameter> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Parameter value = values[i];
            if (value == null) {
                throw new java.sql.SQLSyntaxErrorException(
                        "The parameter " + (i + 1) + " is not set.", "07001");
            }
            all.add(value);
        }
        return Collections.unmodifiableList(all);
    }

    @Override
    public final void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(values, null);
        count = 0;
        clearNamed();
    }

    @Override
    public final void setNull(int index, int jdbcType) throws SQLException {
        boolean large = jdbcType == Types.BLOB || jdbcType == Types.CLOB;
        // The column may be of bytes or text, or of numbers of large objects.
        boolean untyped = large && connection().manner() == Manner.POSTGRES;
        set(index, untyped ? new Parameter(TypeId.UNTYPED, null) : Encoding.ofNull(jdbcType));
    }

    @Override
    public final void setNull(int index, int jdbcType, String typeName) throws SQLException {
        setNull(index, jdbcType);
    }

    @Override
    public final void setBoolean(int index, boolean x) throws SQLException {
        set(index, Encoding.of(x));
    }

    @Override
    public final void setByte(int index, byte x) throws SQLException {
        set(index, Encoding.of((short) x));
    }

    @Override
    public final void setShort(int index, short x) throws SQLException {
        set(index, Encoding.of(x));
    }

    @Override
    public final void setInt(int index, int x) throws SQLException {
        set(index, Encoding.of(x));
    }

    @Override
    public final void setLong(int index, long x) throws SQLException {
        set(index, Encoding.of(x));
    }

    @Override
    public final void setFloat(int index, float x) throws SQLException {
        set(index, Encoding.of(x));
    }

    @Override
    public final void setDouble(int index, double x) throws SQLException {
        set(index, Encoding.of(x));
    }

    @Override
    public final void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        set(index, x == null ? Encoding.ofNull(Types.NUMERIC) : asBackend(x, Encoding.of(x)));
    }

    @Override
    public final void setString(int index, @Nullable String x) throws SQLException {
        set(index, x == null ? Encoding.ofNull(Types.VARCHAR) : Encoding.of(x));
    }

    @Override
    public final void setNString(int index, @Nullable String x) throws SQLException {
        setString(index, x);
    }

    @Override
    public final void setBytes(int index, byte @Nullable [] x) throws SQLException {
        set(index, x == null ? Encoding.ofNull(Types.VARBINARY) : Encoding.of(x.clone()));
    }

    @Override
    public final void setDate(int index, @Nullable Date x) throws SQLException {
        setDate(index, x, null);
    }

    @Override
    public final void setDate(int index, @Nullable Date x, @Nullable Calendar calendar)
            throws SQLException {
        set(
                index,
                x == null ? Encoding.ofNull(Types.DATE) : asBackend(x, Encoding.of(x, calendar)));
    }

    @Override
    public final void setTime(int index, @Nullable Time x) throws SQLException {
        setTime(index, x, null);
    }

    @Override
    public final void setTime(int index, @Nullable Time x, @Nullable Calendar calendar)
            throws SQLException {
        set(
                index,
                x == null ? Encoding.ofNull(Types.TIME) : asBackend(x, Encoding.of(x, calendar)));
    }

    @Override
    public final void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        setTimestamp(index, x, null);
    }

    @Override
    public final void setTimestamp(int index, @Nullable Timestamp x, @Nullable Calendar calendar)
            throws SQLException {
        set(index, x == null ? Encoding.ofNull(Types.TIMESTAMP) : Encoding.of(x, calendar));
    }

    @Override
    public final void setObject(int index, @Nullable Object x) throws SQLException {
        if (x instanceof Blob) {
            setBlob(index, (Blob) x);
        } else if (x instanceof Clob) {
            setClob(index, (Clob) x);
        } else {
            set(
                    index,
                    x == null
                            ? new Parameter(TypeId.UNTYPED, null)
                            : asBackend(x, ObjectEncoding.of(x)));
        }
    }

    /** As the backend's driver takes the object, where that is its own way. */
    private Parameter asBackend(Object x, Parameter otherwise) throws SQLException {
        Parameter own = connection().manner() == Manner.SQLITE ? ObjectEncoding.ofSqlite(x) : null;
        return own == null ? otherwise : own;
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int jdbcType) throws SQLException {
        setObject(index, x, jdbcType, -1);
    }

    @Override
    public final void setObject(int index, @Nullable Object x, int jdbcType, int scale)
            throws SQLException {
        set(
                index,
                x == null
                        ? Encoding.ofNull(jdbcType)
                        : asBackend(
                                x, ObjectEncoding.of(x, jdbcType, scale, connection().manner())));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType type) throws SQLException {
        setObject(index, x, ObjectEncoding.jdbcType(type));
    }

    @Override
    public final void setObject(int index, @Nullable Object x, SQLType type, int scale)
            throws SQLException {
        setObject(index, x, ObjectEncoding.jdbcType(type), scale);
    }

    @Override
    public final void setURL(int index, @Nullable URL x) throws SQLException {
        setString(index, x == null ? null : x.toString());
    }

    @Override
    public final void setRef(int index, Ref x) throws SQLException {
        throw Faults.lacking("references");
    }

    @Override
    public final void setRowId(int index, @Nullable RowId x) throws SQLException {
        throw Faults.lacking("row ids that its driver takes");
    }

    @Override
    public final void setSQLXML(int index, @Nullable SQLXML x) throws SQLException {
        set(
                index,
                x == null
                        ? Encoding.ofNull(Types.SQLXML)
                        : Encoding.text(TypeId.XML, x.getString()));
    }

    @Override
    public final void setArray(int index, @Nullable Array x) throws SQLException {
        set(index, x == null ? Encoding.ofNull(Types.ARRAY) : ArrayEncoding.of(x));
    }
}
