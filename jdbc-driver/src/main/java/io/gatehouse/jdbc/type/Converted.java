package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.wire.Parameter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
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
     */
    public static Parameter to(Parameter natural, Object object, int jdbcType, int scale)
            throws SQLException {
        if (object instanceof java.util.Date || object instanceof java.util.Calendar) {
            return date(natural, object, jdbcType);
        }
        Cell cell = cell(natural);
        switch (jdbcType) {
            case Types.BIT:
            case Types.BOOLEAN:
                return Encoding.of(ToNumber.toBoolean(cell));
            case Types.TINYINT:
            case Types.SMALLINT:
                return Encoding.of(ToNumber.toShort(cell));
            case Types.INTEGER:
                return Encoding.of(ToNumber.toInt(cell));
            case Types.BIGINT:
                return Encoding.of(ToNumber.toLong(cell));
            case Types.REAL:
                return Encoding.of(ToNumber.toFloat(cell));
            case Types.FLOAT:
            case Types.DOUBLE:
                return Encoding.of(ToNumber.toDouble(cell));
            case Types.NUMERIC:
            case Types.DECIMAL:
                BigDecimal number = ToNumber.toBigDecimal(cell);
                return Encoding.of(
                        scale < 0 ? number : number.setScale(scale, RoundingMode.HALF_UP));
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
                return Encoding.text(TypeId.ofNull(jdbcType), ToText.toText(cell));
        }
    }

    private static Cell cell(Parameter parameter) {
        byte[] bytes = parameter.bytes();
        return new Cell(Manner.STANDARD).point(parameter.type(), bytes, 0, bytes.length);
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
