package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.UUID;

/** Values as texts and as bytes. */
public final class ToText {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter DATE =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NEVER)
                    .appendPattern("-MM-dd")
                    .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter ISO_DATE =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4, 10, SignStyle.NORMAL)
                    .appendPattern("-MM-dd")
                    .toFormatter(Locale.ROOT);

    private ToText() {}

    /** The value as a text. */
    public static String toText(Cell cell) throws SQLException {
        if (cell.isInteger()) {
            return whole(cell);
        }
        Object value = cell.value();
        if (value instanceof String) {
            return (String) value;
        }
        if (value instanceof BigDecimal) {
            boolean scientific = cell.manner() == Manner.MYSQL || cell.type() == TypeId.DECFLOAT;
            return scientific ? value.toString() : ((BigDecimal) value).toPlainString();
        }
        if (value instanceof Float || value instanceof Double) {
            return RealText.of(value.toString(), cell.manner(), value instanceof Float);
        }
        if (value instanceof Boolean) {
            return truth((Boolean) value, cell.manner());
        }
        if (value instanceof byte[]) {
            return cell.manner() == Manner.POSTGRES || cell.manner() == Manner.STANDARD
                    ? Hex.text((byte[]) value)
                    : new String((byte[]) value, StandardCharsets.UTF_8);
        }
        boolean iso =
                cell.manner() == Manner.H2
                        || cell.manner() == Manner.MARIADB
                        || cell.manner() == Manner.MYSQL;
        if (iso && value instanceof LocalDate) {
            return isoDate((LocalDate) value);
        }
        if (iso && value instanceof LocalDateTime) {
            LocalDateTime time = (LocalDateTime) value;
            String text = isoDate(time.toLocalDate()) + " " + TIME.format(time);
            return cell.manner() == Manner.H2 ? text : padded(text, cell);
        }
        if (cell.manner() == Manner.H2 && value instanceof OffsetDateTime) {
            OffsetDateTime time = (OffsetDateTime) value;
            String text = isoDate(time.toLocalDate()) + " " + TIME.format(time);
            return text + offset(time.getOffset().getTotalSeconds());
        }
        String text = temporal(value);
        return value instanceof LocalTime || value instanceof LocalDateTime
                ? padded(text, cell)
                : text;
    }

    private static String whole(Cell cell) throws SQLException {
        long v = cell.integer();
        if (cell.type() == TypeId.BITS && cell.manner() == Manner.MARIADB) {
            return "b'" + (v == 0 ? "" : Long.toBinaryString(v)) + "'";
        }
        if (cell.type() == TypeId.YEAR) {
            return cell.manner() == Manner.MYSQL
                    ? ToTime.ofYear(cell).toString()
                    : v == 0 ? "0000" : Long.toString(v);
        }
        return Long.toString(v);
    }

    private static String truth(boolean value, Manner manner) {
        switch (manner) {
            case POSTGRES:
                return value ? "t" : "f";
            case MYSQL:
                return value ? "1" : "0";
            case H2:
                return value ? "TRUE" : "FALSE";
            default:
                return Boolean.toString(value);
        }
    }

    private static String isoDate(LocalDate date) {
        return ISO_DATE.format(date);
    }

    /** MariaDB shows all digits of a second that a column has; MySQL's driver six or none. */
    private static String padded(String text, Cell cell) {
        int point = text.lastIndexOf('.');
        boolean mysql = cell.manner() == Manner.MYSQL && point > 0;
        if (!mysql && cell.manner() != Manner.MARIADB) {
            return text;
        }
        int wanted = mysql ? 6 : Math.min(6, cell.scale());
        int there = point < 0 ? 0 : text.length() - point - 1;
        StringBuilder longer = new StringBuilder(text);
        if (point < 0 && wanted > 0) {
            longer.append('.');
        }
        for (int i = there; i < wanted; i++) {
            longer.append('0');
        }
        return longer.toString();
    }

    private static String temporal(Object value) {
        if (value instanceof LocalDate) {
            LocalDate date = (LocalDate) value;
            return infinite(date.equals(LocalDate.MAX), date.equals(LocalDate.MIN), date(date));
        }
        if (value instanceof LocalTime) {
            return TIME.format((LocalTime) value);
        }
        if (value instanceof LocalDateTime) {
            LocalDateTime time = (LocalDateTime) value;
            return infinite(
                    time.equals(LocalDateTime.MAX),
                    time.equals(LocalDateTime.MIN),
                    dateTime(time) + era(time.toLocalDate()));
        }
        if (value instanceof OffsetDateTime) {
            OffsetDateTime time = (OffsetDateTime) value;
            if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
                return time.equals(OffsetDateTime.MAX) ? "infinity" : "-infinity";
            }
            return offsetDateTime(time);
        }
        if (value instanceof OffsetTime) {
            OffsetTime time = (OffsetTime) value;
            return TIME.format(time) + offset(time.getOffset().getTotalSeconds());
        }
        return value.toString();
    }

    private static String offsetDateTime(OffsetDateTime time) {
        return dateTime(time.toLocalDateTime())
                + offset(time.getOffset().getTotalSeconds())
                + era(time.toLocalDate());
    }

    /** The value as a text; an instant without an offset of its own, in the place's zone. */
    public static String toShown(Cell cell) throws SQLException {
        if (cell.type() == TypeId.TIMESTAMPTZ) {
            OffsetDateTime time = (OffsetDateTime) cell.value();
            if (!time.equals(OffsetDateTime.MAX) && !time.equals(OffsetDateTime.MIN)) {
                return offsetDateTime(time.atZoneSameInstant(cell.zone()).toOffsetDateTime());
            }
        }
        return toText(cell);
    }

    private static String infinite(boolean max, boolean min, String otherwise) {
        return max ? "infinity" : min ? "-infinity" : otherwise;
    }

    private static String date(LocalDate date) {
        return plainDate(date) + era(date);
    }

    private static String plainDate(LocalDate date) {
        return DATE.format(date);
    }

    private static String dateTime(LocalDateTime time) {
        return plainDate(time.toLocalDate()) + " " + TIME.format(time);
    }

    private static String era(LocalDate date) {
        return date.getYear() <= 0 ? " BC" : "";
    }

    private static String offset(int seconds) {
        int abs = Math.abs(seconds);
        StringBuilder text = new StringBuilder().append(seconds < 0 ? '-' : '+');
        two(text, abs / 3600);
        if (abs % 3600 != 0) {
            two(text.append(':'), abs / 60 % 60);
        }
        if (abs % 60 != 0) {
            two(text.append(':'), abs % 60);
        }
        return text.toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** The value as bytes. */
    public static byte[] toBytes(Cell cell) throws SQLException {
        if (cell.type() == TypeId.BYTEA || cell.type() == TypeId.UUID) {
            return cell.copy();
        }
        Object value = cell.value();
        if (value instanceof String) {
            return ((String) value).getBytes(StandardCharsets.UTF_8);
        }
        throw Faults.noConversion(value.getClass().getSimpleName(), "byte[]");
    }

    /** The value as a UUID. */
    public static UUID toUuid(Cell cell) throws SQLException {
        Object value = cell.value();
        if (value instanceof UUID) {
            return (UUID) value;
        }
        if (value instanceof byte[] && ((byte[]) value).length == 16) {
            byte[] b = (byte[]) value;
            return new UUID(Bytes.int64(b, 0), Bytes.int64(b, 8));
        }
        if (value instanceof String) {
            try {
                return UUID.fromString(((String) value).trim());
            } catch (IllegalArgumentException e) {
                throw Faults.badText("a UUID", e);
            }
        }
        throw Faults.noConversion(value.getClass().getSimpleName(), "a UUID");
    }
}
