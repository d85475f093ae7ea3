package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.Parameter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;

/** Parameters turned into the JDBC type that an application asks for. */
public final class Converted {
    private Converted() {}

    /**
     * A parameter as another type.
     *
     * @param natural the parameter as its object alone would have it
     * @param object the object itself
     * @param scale digits behind the point for NUMERIC and DECIMAL; below 0: as they are
     * @param manner how the backend's driver converts
     */
    public static Parameter to(
            Parameter natural, Object object, int jdbcType, int scale, Manner manner)
            throws SQLException {
        if (object instanceof java.util.Date || object instanceof java.util.Calendar) {
            return date(natural, object, jdbcType);
        }
        if (manner == Manner.SQLITE || isNatural(object, jdbcType, manner)) {
            return natural;
        }
        switch (jdbcType) {
            case Types.NUMERIC:
            case Types.DECIMAL:
                return Encoding.of(decimal(natural, object, scale, manner));
            case Types.BIT:
            case Types.BOOLEAN:
                return truth(natural, object, jdbcType, manner);
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
            case Types.BIGINT:
                return whole(natural, jdbcType, manner);
            default:
                return other(natural, object, jdbcType, manner);
        }
    }

    /** What is sent as it is. */
    private static boolean isNatural(Object object, int jdbcType, Manner manner) {
        boolean mysql = manner == Manner.MYSQL;
        return (object instanceof Number && mysql && jdbcType == Types.BIGINT)
                || (object instanceof Float && jdbcType == Types.REAL);
    }

    private static Parameter truth(Parameter natural, Object object, int jdbcType, Manner manner)
            throws SQLException {
        boolean mysql = manner == Manner.MYSQL;
        if (object instanceof Number && (mysql || manner == Manner.MARIADB)) {
            int value = ((Number) object).intValue();
            return mysql && jdbcType == Types.BIT ? Encoding.of(value) : Encoding.of(value != 0);
        }
        return Encoding.of(ToNumber.toBoolean(cell(natural, manner)));
    }

    private static BigDecimal decimal(Parameter natural, Object object, int scale, Manner manner)
            throws SQLException {
        boolean exact = manner == Manner.POSTGRES || manner == Manner.MARIADB;
        BigDecimal number;
        try {
            number =
                    exact && object instanceof Float && Float.isFinite((Float) object)
                            ? BigDecimal.valueOf((Float) object)
                            : ToNumber.toBigDecimal(cell(natural, Manner.STANDARD));
        } catch (SQLDataException e) {
            throw failed(e, manner);
        }
        boolean real = object instanceof Double || object instanceof Float;
        boolean scaled =
                manner == Manner.POSTGRES
                        || manner == Manner.STANDARD
                        || (manner == Manner.MYSQL && !real);
        return scaled && scale >= 0 ? number.setScale(scale, RoundingMode.HALF_UP) : number;
    }

    private static Parameter whole(Parameter natural, int jdbcType, Manner manner)
            throws SQLException {
        Cell cell = cell(natural, Manner.STANDARD);
        if (manner == Manner.H2 && (cell.isReal() || cell.type() == TypeId.NUMERIC)) {
            BigDecimal number = ToNumber.toBigDecimal(cell).setScale(0, RoundingMode.HALF_UP);
            cell = cell(Encoding.of(number), Manner.STANDARD);
        }
        try {
            switch (jdbcType) {
                case Types.TINYINT:
                    return Encoding.of(
                            manner == Manner.H2 ? ToNumber.toByte(cell) : ToNumber.toShort(cell));
                case Types.SMALLINT:
                    return Encoding.of(ToNumber.toShort(cell));
                case Types.INTEGER:
                    return Encoding.of(ToNumber.toInt(cell));
                default:
                    return Encoding.of(ToNumber.toLong(cell));
            }
        } catch (SQLDataException e) {
            throw "22003".equals(e.getSQLState()) ? e : failed(e, manner);
        }
    }

    /** A text that is no number is no conversion to PostgreSQL's driver. */
    private static SQLException failed(SQLDataException e, Manner manner) {
        return manner == Manner.POSTGRES && !"07006".equals(e.getSQLState())
                ? Faults.noConversion("text", "a number")
                : e;
    }

    private static Parameter other(Parameter natural, Object object, int jdbcType, Manner manner)
            throws SQLException {
        Cell cell = cell(natural, Manner.STANDARD);
        switch (jdbcType) {
            case Types.REAL:
            case Types.FLOAT:
            case Types.DOUBLE:
                boolean single =
                        jdbcType == Types.REAL
                                && manner != Manner.MYSQL
                                && manner != Manner.MARIADB;
                try {
                    return single
                            ? Encoding.of(ToNumber.toFloat(cell))
                            : Encoding.of(ToNumber.toDouble(cell));
                } catch (SQLDataException e) {
                    throw failed(e, manner);
                }
            case Types.BINARY:
            case Types.VARBINARY:
            case Types.LONGVARBINARY:
            case Types.BLOB:
                return Encoding.of(ToText.toBytes(cell));
            case Types.DATE:
                return Encoding.of(ToTime.toLocalDate(cell));
            case Types.TIME:
                return Encoding.of(ToTime.toLocalTime(cell));
            case Types.TIMESTAMP:
                return Encoding.of(ToTime.toLocalDateTime(cell));
            case Types.TIME_WITH_TIMEZONE:
                return Encoding.of(ToTime.toOffsetTime(cell));
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return Encoding.of(ToTime.toOffsetDateTime(cell));
            default:
                boolean digit =
                        object instanceof Boolean
                                && (manner == Manner.MARIADB || manner == Manner.MYSQL);
                return Encoding.text(
                        TypeId.ofNull(jdbcType),
                        digit ? ((Boolean) object ? "1" : "0") : ToText.toText(cell));
        }
    }

    private static Cell cell(Parameter parameter, Manner manner) {
        byte[] bytes = parameter.bytes();
        return new Cell(manner).point(parameter.type(), bytes, 0, bytes.length);
    }

    /** The dates of {@code java.sql} keep their own way to the backend. */
    private static Parameter date(Parameter natural, Object object, int jdbcType)
            throws SQLException {
        long millis =
                object instanceof java.util.Date
                        ? ((java.util.Date) object).getTime()
                        : ((java.util.Calendar) object).getTimeInMillis();
        switch (jdbcType) {
            case Types.DATE:
                return Encoding.of(new Date(millis), null);
            case Types.TIME:
                return object instanceof Timestamp
                        ? Encoding.timeOf((Timestamp) object, null)
                        : Encoding.of(new Time(millis), null);
            case Types.TIMESTAMP:
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return object instanceof Timestamp
                        ? natural
                        : Encoding.of(new Timestamp(millis), null);
            default:
                return Encoding.text(TypeId.ofNull(jdbcType), object.toString());
        }
    }
}
