package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.Locale;

/** Values as numbers and truth values. */
public final class ToNumber {
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);

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
        long v;
        if (cell.isInteger()) {
            v = cell.integer();
            if (cell.manner() == Manner.SQLITE && max == Integer.MAX_VALUE) {
                return (int) v;
            }
        } else {
            Object value = number(cell);
            if (value instanceof Boolean) {
                return (Boolean) value ? 1 : 0;
            }
            BigDecimal whole = decimal(value, target).setScale(0, RoundingMode.DOWN);
            if (whole.compareTo(MAX_LONG) > 0 || whole.compareTo(MIN_LONG) < 0) {
                throw Faults.outOfRange(shown(value), target);
            }
            v = whole.longValue();
        }
        if (v < min || v > max) {
            throw Faults.outOfRange(Long.toString(v), target);
        }
        return v;
    }

    public static double toDouble(Cell cell) throws SQLException {
        if (cell.isReal()) {
            return cell.real();
        }
        if (cell.isInteger()) {
            return cell.integer();
        }
        Object value = number(cell);
        if (value instanceof Double) {
            return (Double) value;
        }
        if (value instanceof String) {
            try {
                return Double.parseDouble(((String) value).trim());
            } catch (NumberFormatException e) {
                throw Faults.badText("a double", e);
            }
        }
        return decimal(value, "a double").doubleValue();
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
        Object value = manner == Manner.SQLITE ? cell.value() : number(cell);
        boolean written = manner == Manner.POSTGRES || manner == Manner.MARIADB;
        if (written && (value instanceof Double || value instanceof Float)) {
            // Their drivers read the number that the backend wrote.
            String text = RealText.of(value.toString(), manner, value instanceof Float);
            return decimal(isNumber(text) ? text : value, "a BigDecimal");
        }
        return decimal(value, "a BigDecimal");
    }

    private static boolean isNumber(String text) {
        return Character.isDigit(text.charAt(text.length() - 1));
    }

    /** The value, where it may be read as a number. */
    private static Object number(Cell cell) throws SQLException {
        Object value = cell.value();
        if (cell.manner() == Manner.SQLITE) {
            return SqliteNumber.of(value);
        }
        if (cell.manner() == Manner.POSTGRES && value instanceof Boolean) {
            throw Faults.noConversion("boolean", "a number");
        }
        return value;
    }

    private static BigDecimal decimal(Object value, String target) throws SQLException {
        if (value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        if (value instanceof Float || value instanceof Double) {
            double d = ((Number) value).doubleValue();
            if (Double.isNaN(d) || Double.isInfinite(d)) {
                throw Faults.outOfRange(Double.toString(d), target);
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
            return parsed((String) value, target);
        }
        throw Faults.noConversion(value.getClass().getSimpleName(), target);
    }

    private static BigDecimal parsed(String text, String target) throws SQLException {
        try {
            BigDecimal parsed = new BigDecimal(text.trim());
            // A short text can name a number of billions of digits.
            if (Math.abs((long) parsed.precision() - parsed.scale()) > 200_000) {
                throw Faults.outOfRange("of this text", target);
            }
            return parsed;
        } catch (NumberFormatException e) {
            throw Faults.badText(target, e);
        }
    }

    public static boolean toBoolean(Cell cell) throws SQLException {
        if (cell.manner() == Manner.SQLITE) {
            return toInt(cell) != 0;
        }
        Object value = cell.value();
        if (value instanceof Boolean) {
            return (Boolean) value;
        }
        if (cell.manner() == Manner.POSTGRES && value instanceof Number) {
            return strictTruth((Number) value);
        }
        if (cell.manner() == Manner.MARIADB
                && (value instanceof String || value instanceof byte[])) {
            String text = ToText.toText(cell);
            return !text.equals("0") && !text.equalsIgnoreCase("false");
        }
        if (value instanceof Number) {
            return value instanceof BigDecimal
                    ? ((BigDecimal) value).signum() != 0
                    : ((Number) value).doubleValue() != 0;
        }
        if (value instanceof String) {
            return truth((String) value);
        }
        throw Faults.noConversion(value.getClass().getSimpleName(), "boolean");
    }

    private static boolean strictTruth(Number value) throws SQLException {
        if (value instanceof BigDecimal ? isDigit(value) : isZeroOrOne(value.doubleValue())) {
            return value.intValue() == 1;
        }
        throw Faults.noConversion("number other than 0 and 1", "boolean");
    }

    private static boolean isDigit(Number value) {
        return value.toString().equals("0") || value.toString().equals("1");
    }

    private static boolean isZeroOrOne(double value) {
        return value == 0 || value == 1;
    }

    private static boolean truth(String text) throws SQLException {
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
                throw Faults.badText("a boolean", null);
        }
    }

    private static String shown(Object number) {
        String text = number.toString();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
