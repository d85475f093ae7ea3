package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/** PostgreSQL's binary form of numeric: digits of base 10000. */
final class Numeric {
    private static final int NEGATIVE = 0x4000;
    private static final int MAX_INTEGER_DIGITS = 131_072;
    private static final int MAX_SCALE = 16_383;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    private Numeric() {}

    /** The number; not for the values that are none. */
    static BigDecimal decode(byte[] b, int at, int length) throws SQLException {
        int digits = checkedDigits(b, at, length);
        int weight = Bytes.int16(b, at + 2);
        int sign = Bytes.int16(b, at + 4) & 0xffff;
        int scale = Bytes.int16(b, at + 6) & 0xffff;
        int first = at + 8;
        BigDecimal value;
        if (digits <= 4) {
            long unscaled = 0;
            for (int i = 0; i < digits; i++) {
                unscaled = unscaled * 10_000 + digit(b, first + 2 * i);
            }
            value = BigDecimal.valueOf(unscaled);
        } else {
            value = new BigDecimal(new BigInteger(decimal(b, first, digits)));
        }
        if (sign == NEGATIVE) {
            value = value.negate();
        } else if (sign != 0) {
            throw Faults.outOfRange(special(sign), "a decimal number");
        }
        try {
            return value.signum() == 0
                    ? BigDecimal.valueOf(0, scale)
                    : value.scaleByPowerOfTen(4 * (weight - digits + 1)).setScale(scale);
        } catch (ArithmeticException e) {
            throw Faults.violation("A numeric value has digits behind its scale.", e);
        }
    }

    /** NaN or an infinity as PostgreSQL writes it; null for an ordinary number. */
    static @org.jspecify.annotations.Nullable String special(byte[] b, int at, int length)
            throws SQLException {
        checkedDigits(b, at, length);
        int sign = Bytes.int16(b, at + 4) & 0xffff;
        return sign == 0 || sign == NEGATIVE ? null : special(sign);
    }

    private static String special(int sign) throws SQLException {
        switch (sign) {
            case 0xC000:
                return "NaN";
            case 0xD000:
                return "Infinity";
            case 0xF000:
                return "-Infinity";
            default:
                throw Faults.violation("A numeric value has an unknown sign.", null);
        }
    }

    private static int checkedDigits(byte[] b, int at, int length) throws SQLException {
        int digits = length < 8 ? -1 : Bytes.int16(b, at) & 0xffff;
        if (digits < 0 || length != 8 + 2 * digits) {
            throw Faults.violation("A numeric value has a wrong size.", null);
        }
        return digits;
    }

    private static int digit(byte[] b, int at) throws SQLException {
        int digit = Bytes.int16(b, at);
        if (digit < 0 || digit > 9999) {
            throw Faults.violation("A numeric value has a digit that is none.", null);
        }
        return digit;
    }

    private static String decimal(byte[] b, int first, int digits) throws SQLException {
        StringBuilder text = new StringBuilder(digits * 4);
        for (int i = 0; i < digits; i++) {
            int digit = digit(b, first + 2 * i);
            text.append((char) ('0' + digit / 1000));
            text.append((char) ('0' + digit / 100 % 10));
            text.append((char) ('0' + digit / 10 % 10));
            text.append((char) ('0' + digit % 10));
        }
        return text.toString();
    }

    static byte[] encode(BigDecimal value) throws SQLException {
        if ((long) value.precision() - value.scale() > MAX_INTEGER_DIGITS
                || value.scale() > MAX_SCALE) {
            throw Faults.outOfRange("of a number with so many digits", "NUMERIC");
        }
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int scale = plain.scale();
        int fractions = (scale + 3) / 4;
        BigInteger rest =
                plain.unscaledValue().abs().multiply(BigInteger.TEN.pow(fractions * 4 - scale));
        short[] digits = new short[(int) ((rest.bitLength() * 0.30103 + 1) / 4) + 2];
        int n = 0;
        while (rest.bitLength() > 62) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[n++] = parts[1].shortValue();
            rest = parts[0];
        }
        for (long left = rest.longValue(); left != 0; left /= 10_000) {
            digits[n++] = (short) (left % 10_000);
        }
        int weight = n - fractions - 1;
        int skipped = 0;
        while (skipped < n && digits[skipped] == 0) {
            skipped++;
        }
        int kept = n - skipped;
        byte[] b = new byte[8 + 2 * kept];
        Bytes.put16(b, 0, kept);
        Bytes.put16(b, 2, kept == 0 ? 0 : weight);
        Bytes.put16(b, 4, plain.signum() < 0 ? NEGATIVE : 0);
        Bytes.put16(b, 6, scale);
        for (int i = 0; i < kept; i++) {
            Bytes.put16(b, 8 + 2 * i, digits[n - 1 - i]);
        }
        return b;
    }
}
