package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.Locale;

/** Values as numbers and truth values. */
public final class ToNumber {
    private ToNumber() {}

    /** A whole number; what is behind the decimal point is cut off. */
    public static int toInt(Cell cell) throws SQLException {
        return (int) whole(cell, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
    }

    public static short toShort(Cell cell) throws SQLException {
        return (short) whole(cell, Short.MIN_VALUE, Short.MAX_VALUE, "a short");
    }

    public static byte toByte(Cell cell) throws SQLException {
        return (byte) whole(cell, Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
    }

    public static long toLong(Cell cell) throws SQLException {
        return whole(cell, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
    }

    private static long whole(Cell cell, long min, long max, String target) throws SQLException {
        if (cell.manner() == Manner.SQLITE) {
            long v = SqliteNumber.whole(cell.value());
            return max == Long.MAX_VALUE ? v : (int) v;
        }
        long v;
        if (cell.isInteger()) {
            v = cell.integer();
            if (cell.type() == TypeId.BITS && max == Byte.MAX_VALUE && v >> 8 == 0) {
                return (byte) v;
            }
        } else {
            Object value = number(cell);
            if (value instanceof Boolean) {
                return (Boolean) value ? 1 : 0;
            }
            boolean h2 = cell.manner() == Manner.H2;
            if (h2 && value instanceof Number && Double.isNaN(((Number) value).doubleValue())) {
                return 0;
            }
            if (h2 && value instanceof String) {
                return wholeText((String) value, min, max, target);
            }
            BigDecimal exact =
                    h2 && cell.isReal() ? real(cell, target) : decimal(cell, value, target);
            BigDecimal whole = exact.setScale(0, h2 ? RoundingMode.HALF_UP : RoundingMode.DOWN);
            BigDecimal held = cell.manner() == Manner.MYSQL ? exact : whole;
            if (held.compareTo(BigDecimal.valueOf(max)) > 0
                    || held.compareTo(BigDecimal.valueOf(min)) < 0) {
                throw Faults.outOfRange(shown(value), target);
            }
            v = whole.longValue();
        }
        if (v < min || v > max) {
            throw Faults.outOfRange(Long.toString(v), target);
        }
        return v;
    }

    private static long wholeText(String text, long min, long max, String target)
            throws SQLException {
        try {
            long v = Long.parseLong(text.trim());
            if (v >= min && v <= max) {
                return v;
            }
            throw Faults.badText(target, null);
        } catch (NumberFormatException e) {
            throw Faults.badText(target, e);
        }
    }

    /** All digits of it, not only those that tell it from others. */
    private static BigDecimal real(Cell cell, String target) throws SQLException {
        double v = cell.real();
        if (Double.isInfinite(v)) {
            throw Faults.outOfRange(Double.toString(v), target);
        }
        return new BigDecimal(v);
    }

    public static double toDouble(Cell cell) throws SQLException {
        if (cell.isReal()) {
            return cell.real();
        }
        if (cell.manner() == Manner.SQLITE) {
            return SqliteNumber.real(cell.value());
        }
        if (cell.isInteger()) {
            return unsigned(cell) ? unsignedValue(cell).doubleValue() : cell.integer();
        }
        Object value = number(cell);
        if (value instanceof Double) {
            return (Double) value;
        }
        if (value instanceof String) {
            try {
                return Double.parseDouble(((String) value).trim());
            } catch (NumberFormatException e) {
                throw noNumber(cell, "a double", e);
            }
        }
        return decimal(cell, value, "a double").doubleValue();
    }

    /** MySQL's driver takes bits for a number without a sign, where that can hold it. */
    private static boolean unsigned(Cell cell) {
        return cell.type() == TypeId.BITS && cell.manner() == Manner.MYSQL;
    }

    private static BigDecimal unsignedValue(Cell cell) {
        return new BigDecimal(new BigInteger(1, cell.copy()));
    }

    public static float toFloat(Cell cell) throws SQLException {
        double v = toDouble(cell);
        float f = (float) v;
        if (Float.isInfinite(f) && !Double.isInfinite(v)) {
            throw Faults.outOfRange(Double.toString(v), "a float");
        }
        return f;
    }

    public static BigDecimal toBigDecimal(Cell cell) throws SQLException {
        Manner manner = cell.manner();
        if (cell.isInteger()) {
            return unsigned(cell) ? unsignedValue(cell) : BigDecimal.valueOf(cell.integer());
        }
        Object value = manner == Manner.SQLITE ? cell.value() : number(cell);
        boolean written =
                manner == Manner.POSTGRES || manner == Manner.MARIADB || manner == Manner.SQLITE;
        if (written && (value instanceof Double || value instanceof Float)) {
            // Their drivers read the number that the backend wrote.
            String text = RealText.of(value.toString(), manner, value instanceof Float);
            return decimal(cell, isNumber(text) ? text : value, "a BigDecimal");
        }
        return decimal(cell, value, "a BigDecimal");
    }

    private static boolean isNumber(String text) {
        return Character.isDigit(text.charAt(text.length() - 1));
    }

    /** The value, where it may be read as a number. */
    private static Object number(Cell cell) throws SQLException {
        Object value = cell.value();
        if (cell.manner() == Manner.POSTGRES && value instanceof Boolean) {
            throw Faults.outOfRange("of a boolean", "a number");
        }
        if (cell.manner() == Manner.POSTGRES && value instanceof String) {
            return withoutCurrency((String) value);
        }
        return cell.manner() == Manner.MYSQL && value.equals("") ? (Object) 0L : value;
    }

    /** As PostgreSQL's driver reads {@code money}, and any other text. */
    private static String withoutCurrency(String text) {
        if (text.startsWith("$")) {
            return text.substring(1);
        }
        return text.startsWith("-$") ? "-" + text.substring(2) : text;
    }

    private static BigDecimal decimal(Cell cell, Object value, String target) throws SQLException {
        if (value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        if (value instanceof Float || value instanceof Double) {
            double d = ((Number) value).doubleValue();
            if (Double.isNaN(d) || Double.isInfinite(d)) {
                throw cell.manner() == Manner.H2
                        ? Faults.badText(target, null)
                        : Faults.outOfRange(Double.toString(d), target);
            }
            return new BigDecimal(value.toString());
        }
        if (value instanceof Number) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Boolean) {
            return (Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof String) {
            return parsed(cell, (String) value, target);
        }
        throw Faults.noConversion(value.getClass().getSimpleName(), target);
    }

    private static BigDecimal parsed(Cell cell, String text, String target) throws SQLException {
        try {
            BigDecimal parsed = new BigDecimal(text.trim());
            // A short text can name a number of billions of digits.
            if (Math.abs((long) parsed.precision() - parsed.scale()) > 200_000) {
                throw Faults.outOfRange("of this text", target);
            }
            return parsed;
        } catch (NumberFormatException e) {
            throw noNumber(cell, target, e);
        }
    }

    private static SQLException noNumber(Cell cell, String target, Exception cause) {
        return cell.manner() == Manner.POSTGRES
                ? Faults.outOfRange("of this text", target)
                : Faults.badText(target, cause);
    }

    public static boolean toBoolean(Cell cell) throws SQLException {
        Manner manner = cell.manner();
        if (manner == Manner.SQLITE) {
            return toInt(cell) != 0;
        }
        Object value = cell.isInteger() ? (Object) cell.integer() : cell.value();
        if (value instanceof Boolean) {
            return (Boolean) value;
        }
        if (value instanceof Number) {
            return truth((Number) value, manner);
        }
        if (manner == Manner.MARIADB && (value instanceof String || value instanceof byte[])) {
            String text = ToText.toText(cell);
            return !text.equals("0") && !text.equalsIgnoreCase("false");
        }
        if (value instanceof String) {
            return truth((String) value, manner);
        }
        throw noTruth(manner, value.getClass().getSimpleName());
    }

    private static SQLException noTruth(Manner manner, String from) {
        return manner == Manner.POSTGRES
                ? Faults.noCast(from, "boolean")
                : Faults.noConversion(from, "boolean");
    }

    private static boolean truth(Number value, Manner manner) throws SQLException {
        switch (manner) {
            case POSTGRES:
                if (value instanceof BigDecimal ? isDigit(value) : isZeroOrOne(value)) {
                    return value.intValue() == 1;
                }
                throw noTruth(manner, "number other than 0 and 1");
            case MYSQL:
                return value.doubleValue() > 0 || value.doubleValue() == -1;
            case MARIADB:
                return value instanceof BigDecimal
                        ? ((BigDecimal) value).toBigInteger().signum() != 0
                        : value.doubleValue() != 0;
            default:
                return value instanceof BigDecimal
                        ? ((BigDecimal) value).signum() != 0
                        : value.doubleValue() != 0 && !Double.isNaN(value.doubleValue());
        }
    }

    private static boolean isDigit(Number value) {
        return value.toString().equals("0") || value.toString().equals("1");
    }

    private static boolean isZeroOrOne(Number value) {
        // PostgreSQL's driver takes no -0.
        return value.equals(0.0)
                || value.equals(0f)
                || value.equals(0L)
                || value.doubleValue() == 1;
    }

    private static boolean truth(String text, Manner manner) throws SQLException {
        switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true":
            case "t":
            case "yes":
            case "y":
            case "on":
            case "1":
                return true;
            case "false":
            case "f":
            case "no":
            case "n":
            case "off":
            case "0":
                return false;
            default:
                boolean number = manner == Manner.MYSQL || (manner == Manner.H2 && !text.isEmpty());
                if (number && text.trim().matches("[-+]?[\\d.]{1,400}([eE][-+]?\\d{1,3})?|")) {
                    return !text.isEmpty() && truth(Double.valueOf(text), manner);
                }
                throw manner == Manner.POSTGRES
                        ? noTruth(manner, "text")
                        : Faults.badText("a boolean", null);
        }
    }

    private static String shown(Object number) {
        String text = number.toString();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
