package io.gatehouse.server.wire;

/**
 * The shortest decimal text that reads back as the same number, laid out as PostgreSQL prints it:
 * fixed-point within the type's digits, else with an exponent of two digits or more.
 */
final class Shortest {
    private Shortest() {}

    static String of(double value, int typeDigits) {
        String java = Double.toString(value);
        String significand = significand(java);
        int exponent = exponent(java);
        if (significand.length() == 2) {
            significand = shorten(significand, exponent, Math.abs(value));
        }
        return layOut(java.charAt(0) == '-', significand, exponent, typeDigits);
    }

    static String of(float value, int typeDigits) {
        String java = Float.toString(value);
        String significand = significand(java);
        int exponent = exponent(java);
        if (significand.length() == 2) {
            significand = shorten(significand, exponent, Math.abs(value));
        }
        return layOut(java.charAt(0) == '-', significand, exponent, typeDigits);
    }

    /** The digits without sign, point, exponent, leading and trailing zeros; "0" for zero. */
    private static String significand(String java) {
        int start = java.charAt(0) == '-' ? 1 : 0;
        int end = java.indexOf('E');
        String digits = java.substring(start, end < 0 ? java.length() : end).replace(".", "");
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (to > from + 1 && digits.charAt(to - 1) == '0') {
            to--;
        }
        return digits.substring(from, to);
    }

    /** The power of ten of the first digit that is not zero. */
    private static int exponent(String java) {
        int start = java.charAt(0) == '-' ? 1 : 0;
        int point = java.indexOf('.');
        int mark = java.indexOf('E');
        int power = mark < 0 ? 0 : Integer.parseInt(java.substring(mark + 1));
        for (int i = start; i < (mark < 0 ? java.length() : mark); i++) {
            char c = java.charAt(i);
            if (c != '0' && c != '.') {
                return power + (i < point ? point - 1 - i : point - i);
            }
        }
        return 0;
    }

    /** Java always prints two digits, although one may be enough near zero. */
    private static String shorten(String significand, int exponent, double value) {
        int tens = significand.charAt(0) - '0';
        int nearest = significand.charAt(1) >= '5' ? tens + 1 : tens;
        boolean reads = nearest < 10 && Double.parseDouble(nearest + "E" + exponent) == value;
        return reads ? Integer.toString(nearest) : significand;
    }

    private static String shorten(String significand, int exponent, float value) {
        int tens = significand.charAt(0) - '0';
        int nearest = significand.charAt(1) >= '5' ? tens + 1 : tens;
        boolean reads = nearest < 10 && Float.parseFloat(nearest + "E" + exponent) == value;
        return reads ? Integer.toString(nearest) : significand;
    }

    private static String layOut(boolean negative, String digits, int exponent, int typeDigits) {
        StringBuilder text = new StringBuilder(32);
        if (negative) {
            text.append('-');
        }
        if (exponent < -4 || exponent >= typeDigits) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append('e').append(exponent < 0 ? '-' : '+');
            int power = Math.abs(exponent);
            return text.append(power < 10 ? "0" : "").append(power).toString();
        }
        if (exponent < 0) {
            return text.append("0.").repeat('0', -exponent - 1).append(digits).toString();
        }
        if (digits.length() <= exponent + 1) {
            return text.append(digits).repeat('0', exponent + 1 - digits.length()).toString();
        }
        return text.append(digits, 0, exponent + 1)
                .append('.')
                .append(digits, exponent + 1, digits.length())
                .toString();
    }
}
