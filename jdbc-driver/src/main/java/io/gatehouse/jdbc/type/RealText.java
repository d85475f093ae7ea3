package io.gatehouse.jdbc.type;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating point numbers as the texts that the kinds of backend write. */
final class RealText {
    private RealText() {}

    /**
     * The shortest text that means the number, as its backend would write it.
     *
     * @param shortest the number as Java writes it
     * @param single whether it has the precision of a float
     */
    static String of(String shortest, Manner manner, boolean single) {
        char last = shortest.charAt(shortest.length() - 1);
        if (last == 'N' || last == 'y') {
            return manner == Manner.SQLITE ? shortest.replace("inity", "") : shortest;
        }
        switch (manner) {
            case POSTGRES:
                return text(shorter(shortest, single), -4, single ? 6 : 15, "", true);
            case MARIADB:
                return text(shorter(shortest, single), -15, 15, "", false);
            case SQLITE:
                return text(longer(shortest), -4, 17, ".0", true);
            default:
                return shortest;
        }
    }

    /** Java writes two digits of the smallest numbers, where one says it. */
    private static String shorter(String shortest, boolean single) {
        BigDecimal digit = new BigDecimal(shortest).round(new MathContext(1));
        boolean same =
                single
                        ? digit.floatValue() == Float.parseFloat(shortest)
                        : digit.doubleValue() == Double.parseDouble(shortest);
        return same && digit.signum() != 0 ? digit.toString() : shortest;
    }

    /** SQLite writes 17 digits, unless those at the end are noughts or nines that say nothing. */
    private static String longer(String shortest) {
        double value = Double.parseDouble(shortest);
        if (value == 0) {
            return "0.0";
        }
        BigDecimal digits = new BigDecimal(value).round(new MathContext(17, RoundingMode.HALF_UP));
        String all = digits.unscaledValue().abs().toString();
        String end = all.length() == 17 ? all.substring(14, 16) : "";
        if (end.equals("00") || end.equals("99")) {
            BigDecimal fewer = digits.round(new MathContext(15));
            return fewer.doubleValue() == value ? fewer.toString() : digits.toString();
        }
        return digits.toString();
    }

    private static String text(
            String shortest, int least, int most, String whole, boolean longExponent) {
        BigDecimal number = new BigDecimal(shortest).stripTrailingZeros();
        if (number.signum() == 0) {
            return (shortest.charAt(0) == '-' ? "-0" : "0") + whole;
        }
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= least && exponent < most) {
            return number.toPlainString() + (number.scale() <= 0 ? whole : "");
        }
        String digits = number.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder().append(number.signum() < 0 ? "-" : "");
        text.append(digits.charAt(0));
        text.append(digits.length() > 1 ? "." + digits.substring(1) : whole).append('e');
        int size = Math.abs(exponent);
        if (exponent < 0) {
            text.append('-');
        } else if (longExponent) {
            text.append('+');
        }
        return text.append(longExponent && size < 10 ? "0" : "").append(size).toString();
    }
}
