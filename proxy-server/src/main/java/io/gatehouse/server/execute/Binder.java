package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.ValueFaults;
import io.gatehouse.server.pool.Lease;

import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;

/** Binds values of the wire as an application would have bound them to the driver itself. */
final class Binder {
    /** The last one of MySQL's dates. */
    private static final int LAST_YEAR = 9999;

    private final Dialect dialect;
    private final PreparedStatement statement;
    private final Lease lease;

    Binder(Lease lease, PreparedStatement statement) {
        this.dialect = lease.kind().dialect();
        this.statement = statement;
        this.lease = lease;
    }

    void bind(int index, Parameter parameter) throws SQLException {
        Inflow inflow = parameter.inflow();
        if (inflow != null) {
            Inflows.bind(dialect, statement, index, parameter.type(), inflow);
            return;
        }
        byte[] bytes = parameter.bytes();
        if (bytes == null) {
            bindNull(index, parameter.type());
            return;
        }
        try {
            if (!parameter.binary()) {
                bindText(index, parameter.type(), WireValues.text(bytes));
                return;
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            bindBinary(index, parameter.type(), bytes, in);
        } catch (BufferUnderflowException
                | DateTimeException
                | ArithmeticException
                | IllegalArgumentException e) {
            // Without the parser's message, which may quote the value.
            String name = WireTypes.name(parameter.type());
            throw new GatehouseException(
                    Faults.badParameter(index, "not a value of type " + name), e);
        }
    }

    private void bindNull(int index, int type) throws SQLException {
        int jdbc = jdbcType(type);
        if (jdbc == Types.NULL && dialect == Dialect.POSTGRESQL && type != WireTypes.UNTYPED) {
            new PostgresValues(statement).bindNull(index, type);
        } else {
            statement.setNull(index, jdbc);
        }
    }

    private int jdbcType(int type) {
        return switch (type) {
            case WireTypes.BOOL -> dialect == Dialect.POSTGRESQL ? Types.BIT : Types.BOOLEAN;
            case WireTypes.BYTEA -> Types.BINARY;
            case WireTypes.INT8 -> Types.BIGINT;
            case WireTypes.INT2 -> Types.SMALLINT;
            case WireTypes.INT4 -> Types.INTEGER;
            case WireTypes.TEXT, WireTypes.VARCHAR -> Types.VARCHAR;
            case WireTypes.BPCHAR -> Types.CHAR;
            case WireTypes.FLOAT4 -> Types.REAL;
            case WireTypes.FLOAT8 -> Types.DOUBLE;
            case WireTypes.NUMERIC -> Types.NUMERIC;
            case WireTypes.DATE, WireTypes.GH_SQL_DATE -> Types.DATE;
            case WireTypes.TIME, WireTypes.GH_TIME_NS, WireTypes.GH_SQL_TIME -> Types.TIME;
            case WireTypes.TIMESTAMP, WireTypes.GH_TIMESTAMP_NS, WireTypes.GH_SQL_TIMESTAMP ->
                    Types.TIMESTAMP;
            case WireTypes.TIMESTAMPTZ, WireTypes.GH_TIMESTAMPTZ_OFFSET ->
                    Types.TIMESTAMP_WITH_TIMEZONE;
            case WireTypes.TIMETZ, WireTypes.GH_TIMETZ_NS -> Types.TIME_WITH_TIMEZONE;
            case WireTypes.XML -> dialect == Dialect.POSTGRESQL ? Types.SQLXML : Types.VARCHAR;
            default -> Types.NULL;
        };
    }

    private void bindBinary(int index, int type, byte[] bytes, ByteBuffer in) throws SQLException {
        switch (type) {
            case WireTypes.BOOL -> statement.setBoolean(index, in.get() != 0);
            case WireTypes.INT2 -> statement.setShort(index, in.getShort());
            case WireTypes.INT4 -> statement.setInt(index, in.getInt());
            case WireTypes.INT8 -> statement.setLong(index, in.getLong());
            case WireTypes.FLOAT4 -> bindFloat(index, in.getFloat());
            case WireTypes.FLOAT8 -> bindDouble(index, in.getDouble());
            case WireTypes.NUMERIC -> bindNumeric(index, in);
            case WireTypes.BYTEA -> {
                statement.setBytes(index, bytes);
                return;
            }
            case WireTypes.UUID -> bindUuid(index, WireValues.uuid(in));
            case WireTypes.DATE -> bindDate(index, WireValues.date(in));
            case WireTypes.TIME -> bindTime(index, WireValues.time(in));
            case WireTypes.GH_TIME_NS -> bindTime(index, WireValues.timeOfNanos(in));
            case WireTypes.TIMETZ -> bindTimeWithZone(index, WireValues.timeWithZone(in));
            case WireTypes.GH_TIMETZ_NS ->
                    bindTimeWithZone(index, WireValues.timeOfNanosWithZone(in));
            case WireTypes.TIMESTAMP -> bindTimestamp(index, WireValues.timestamp(in));
            case WireTypes.GH_TIMESTAMP_NS -> bindTimestamp(index, WireValues.timestampOfNanos(in));
            case WireTypes.TIMESTAMPTZ ->
                    bindTimestampWithZone(index, WireValues.timestampWithZone(in));
            case WireTypes.GH_TIMESTAMPTZ_OFFSET ->
                    bindTimestampWithZone(index, WireValues.timestampWithOffset(in));
            case WireTypes.GH_SQL_TIMESTAMP -> bindSqlTimestamp(index, in);
            case WireTypes.GH_SQL_DATE ->
                    bindSqlDate(index, WireValues.date(in), WireValues.offset(in));
            case WireTypes.GH_SQL_TIME -> bindSqlTime(index, WireValues.timeOfNanosWithZone(in));
            case WireTypes.GH_BYTE_STREAM, WireTypes.GH_TEXT_STREAM ->
                    throw new IllegalArgumentException("no value in pieces can be taken here");
            case WireTypes.GH_ARRAY -> ArrayParameter.of(in).bind(statement, index);
            default -> {
                if (dialect == Dialect.POSTGRESQL && PostgresValues.differsInBinary(type)) {
                    String name = new PostgresValues(statement).typeName(type);
                    throw new GatehouseException(ValueFaults.noBinaryParameter(index, name));
                }
                bindText(index, type, WireValues.text(bytes));
                return;
            }
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("left-over bytes");
        }
    }

    private void bindText(int index, int type, String text) throws SQLException {
        switch (type) {
            case WireTypes.TEXT, WireTypes.VARCHAR, WireTypes.BPCHAR ->
                    statement.setString(index, text);
            case WireTypes.INT2 -> statement.setShort(index, Short.parseShort(text.strip()));
            case WireTypes.INT4 -> statement.setInt(index, Integer.parseInt(text.strip()));
            case WireTypes.INT8 -> statement.setLong(index, Long.parseLong(text.strip()));
            default -> {
                if (dialect == Dialect.POSTGRESQL) {
                    new PostgresValues(statement).bind(index, type, text);
                } else {
                    bindTextElsewhere(index, type, text);
                }
            }
        }
    }

    /** Texts of PostgreSQL's types for a backend that has not its input functions. */
    private void bindTextElsewhere(int index, int type, String text) throws SQLException {
        String value = text.strip();
        switch (type) {
            case WireTypes.BOOL -> statement.setBoolean(index, TextValues.bool(value));
            case WireTypes.FLOAT4 -> statement.setFloat(index, Float.parseFloat(value));
            case WireTypes.FLOAT8 -> statement.setDouble(index, Double.parseDouble(value));
            case WireTypes.NUMERIC -> statement.setBigDecimal(index, new BigDecimal(value));
            case WireTypes.BYTEA -> statement.setBytes(index, TextValues.bytes(value));
            case WireTypes.UUID -> bindUuid(index, UUID.fromString(value));
            case WireTypes.DATE -> bindDate(index, LocalDate.parse(value));
            case WireTypes.TIME -> bindTime(index, LocalTime.parse(value));
            case WireTypes.TIMESTAMP -> bindTimestamp(index, TextValues.timestamp(value));
            case WireTypes.TIMESTAMPTZ ->
                    bindTimestampWithZone(index, TextValues.timestampWithZone(value));
            default -> statement.setString(index, text);
        }
    }

    private void bindFloat(int index, float value) throws SQLException {
        if (mysqlFamily()) {
            // Their drivers write the digits, which stay the same as a double.
            bindDouble(index, Double.parseDouble(Float.toString(value)));
        } else if (dialect == Dialect.POSTGRESQL) {
            // pgjdbc's setFloat would make it a double with the same digits.
            new PostgresValues(statement).bind(index, WireTypes.FLOAT4, Float.toString(value));
        } else {
            statement.setFloat(index, value);
        }
    }

    private void bindDouble(int index, double value) throws SQLException {
        if (mysqlFamily() && !Double.isFinite(value)) {
            // In binary the server takes it for 0; as a text it refuses it.
            statement.setString(index, Double.toString(value));
        } else if (mysqlFamily()) {
            // Written in digits, -0 is 0.
            statement.setDouble(index, value + 0.0);
        } else {
            statement.setDouble(index, value);
        }
    }

    private boolean mysqlFamily() {
        return dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
    }

    private void bindNumeric(int index, ByteBuffer in) throws SQLException {
        try {
            statement.setBigDecimal(index, WireValues.numeric(in));
        } catch (ArithmeticException special) {
            if (dialect != Dialect.POSTGRESQL) {
                throw special;
            }
            String name = special.getMessage() == null ? "NaN" : special.getMessage();
            new PostgresValues(statement).bind(index, WireTypes.NUMERIC, name);
        }
    }

    private void bindUuid(int index, UUID value) throws SQLException {
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.H2) {
            statement.setObject(index, value);
        } else {
            statement.setString(index, value.toString());
        }
    }

    private void bindDate(int index, LocalDate value) throws SQLException {
        if (dialect == Dialect.SQLITE || isBeyond(value.getYear())) {
            statement.setString(index, value.toString());
        } else {
            statement.setObject(index, value);
        }
    }

    private void bindTime(int index, LocalTime value) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            statement.setString(index, value.toString());
        } else {
            statement.setObject(index, value);
        }
    }

    private void bindTimeWithZone(int index, OffsetTime value) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            statement.setString(index, value.toString());
        } else if (mysqlFamily()) {
            // Their drivers would take the broker's zone for the application's.
            statement.setObject(index, value.withOffsetSameInstant(standard()).toLocalTime());
        } else {
            statement.setObject(index, value);
        }
    }

    /** The offset of the application's zone without summer time, as each driver understands it. */
    private ZoneOffset standard() {
        if (dialect == Dialect.MYSQL) {
            // Connector/J asks the zone for its raw offset, which is today's.
            Duration raw = Duration.ofMillis(TimeZone.getTimeZone(zone()).getRawOffset());
            return ZoneOffset.ofTotalSeconds((int) raw.toSeconds());
        }
        return zone().getRules().getStandardOffset(Instant.EPOCH);
    }

    private void bindTimestamp(int index, LocalDateTime value) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            statement.setString(index, TextValues.sqlite(value));
        } else if (isBeyond(value.getYear())) {
            statement.setString(index, value.toString());
        } else {
            statement.setObject(index, value);
        }
    }

    private void bindTimestampWithZone(int index, OffsetDateTime value) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            statement.setString(index, value.toString());
        } else if (mysqlFamily()) {
            bindTimestamp(index, value.atZoneSameInstant(zone()).toLocalDateTime());
        } else {
            statement.setObject(index, value);
        }
    }

    /** The application's zone, which is not the broker's. */
    private ZoneId zone() {
        String named = lease.applied().timeZone();
        try {
            return named == null ? ZoneOffset.UTC : ZoneId.of(named, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            // A name of PostgreSQL's own.
            return ZoneOffset.UTC;
        }
    }

    /**
     * MySQL's binary protocol cuts such a year to 16 bits, and the server then stores a zero date;
     * as a text it refuses it.
     */
    private boolean isBeyond(int year) {
        return mysqlFamily() && (year < 0 || year > LAST_YEAR);
    }

    private void bindSqlTimestamp(int index, ByteBuffer in) throws SQLException {
        OffsetDateTime value = WireValues.timestampWithOffset(in);
        Timestamp timestamp = Timestamp.from(value.toInstant());
        if (dialect == Dialect.SQLITE) {
            // Its driver stores the milliseconds; with a calendar it would shift them.
            statement.setTimestamp(index, timestamp);
            return;
        }
        GregorianCalendar calendar = calendar(value.getOffset());
        if (dialect == Dialect.MYSQL || isBeyond(value.getYear())) {
            // A timestamp that its driver prepared on the server becomes null before 1970.
            bindTimestamp(index, CalendarDays.shown(value, calendar));
            return;
        }
        statement.setTimestamp(index, timestamp, calendar);
    }

    private void bindSqlDate(int index, LocalDate value, ZoneOffset offset) throws SQLException {
        if (isBeyond(value.getYear())) {
            bindDate(index, value);
            return;
        }
        GregorianCalendar calendar = calendar(offset);
        statement.setDate(index, CalendarDays.midnight(value, calendar), calendar);
    }

    private void bindSqlTime(int index, OffsetTime value) throws SQLException {
        if (mysqlFamily() || dialect == Dialect.H2) {
            // It may have more digits than java.sql.Time.
            statement.setObject(index, value.toLocalTime());
            return;
        }
        long millis = value.atDate(LocalDate.EPOCH).toInstant().toEpochMilli();
        statement.setTime(index, new Time(millis), calendar(value.getOffset()));
    }

    private static GregorianCalendar calendar(ZoneOffset offset) {
        return new GregorianCalendar(TimeZone.getTimeZone(offset), Locale.ROOT);
    }
}
