package io.gatehouse.jdbc.type;

import java.math.BigDecimal;

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
            return shortest;
        }
        switch (manner) {
            case POSTGRES:
                return text(shortest, -4, single ? 6 : 15, "", true);
            case MARIADB:
                return text(shortest, -15, 15, "", false);
            case SQLITE:
                return text(shortest, -4, 15, ".0", true);
            default:
                return shortest;
        }
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
