package io.gatehouse.server.execute;

import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.server.gate.Signer;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

/** The algorithms of masks. What one cannot do for a type is null. */
final class MaskedValues {
    private static final char HIDDEN = '*';
    private static final int NAME = 19;
    private static final int UUID_BYTES = 16;

    private final Signer signer;

    /**
     * @param signer makes the codes of hashes; one that makes empty ones makes them null
     */
    MaskedValues(Signer signer) {
        this.signer = signer;
    }

    @Nullable String text(Algorithm algorithm, Column column, String value) {
        if (!plain(column.type())) {
            return null;
        }
        return switch (algorithm) {
            case Algorithm.Constant constant -> cut(constant.value(), column);
            case Algorithm.Partial partial -> partial(partial, value);
            case Algorithm.Hash hash -> hash(hash, column, value);
            case Algorithm.Nothing nothing -> null;
            case Algorithm.Truncate truncate -> null;
        };
    }

    /** JSON, XML, enumerations and the like would not be what they are with other text in them. */
    private static boolean plain(int type) {
        return switch (type) {
            case WireTypes.TEXT, WireTypes.VARCHAR, WireTypes.BPCHAR, WireTypes.UNTYPED, NAME ->
                    true;
            default -> false;
        };
    }

    private static String cut(String text, Column column) {
        int most = column.precision();
        boolean fits = most <= 0 || text.codePointCount(0, text.length()) <= most;
        return fits ? text : text.substring(0, text.offsetByCodePoints(0, most));
    }

    private static String partial(Algorithm.Partial partial, String value) {
        int count = value.codePointCount(0, value.length());
        boolean whole = partial.first() + partial.last() >= count;
        int first = whole ? 0 : partial.first();
        int last = whole ? 0 : partial.last();
        StringBuilder shown = new StringBuilder(value.length());
        shown.append(value, 0, value.offsetByCodePoints(0, first));
        shown.repeat(HIDDEN, count - first - last);
        shown.append(value, value.offsetByCodePoints(0, count - last), value.length());
        return shown.toString();
    }

    private @Nullable String hash(Algorithm.Hash hash, Column column, String value) {
        byte[] code = signer.sign(value);
        if (code.length == 0) {
            return null;
        }
        String digits = HexFormat.of().formatHex(code);
        return cut(digits.substring(0, Math.min(hash.length(), digits.length())), column);
    }

    @Nullable UUID uuid(Algorithm algorithm, UUID value) {
        if (!(algorithm instanceof Algorithm.Hash)) {
            return null;
        }
        byte[] code = signer.sign(value.toString());
        if (code.length < UUID_BYTES) {
            return null;
        }
        ByteBuffer bits = ByteBuffer.wrap(code);
        return new UUID(bits.getLong(), bits.getLong());
    }

    static BigDecimal number(Algorithm.Constant constant) {
        try {
            return new BigDecimal(constant.value());
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    /** The constant where it fits, or else 0. */
    static long whole(Algorithm.Constant constant, long least, long most) {
        try {
            long value = number(constant).longValueExact();
            return value < least || value > most ? 0 : value;
        } catch (ArithmeticException e) {
            return 0;
        }
    }

    static LocalDate truncated(Algorithm.Truncate truncate, LocalDate date) {
        if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
            return date;
        }
        return switch (truncate.to()) {
            case YEAR -> date.withDayOfYear(1);
            case MONTH -> date.withDayOfMonth(1);
            case DAY -> date;
        };
    }

    static LocalDateTime truncated(Algorithm.Truncate truncate, LocalDateTime time) {
        if (time.equals(LocalDateTime.MAX) || time.equals(LocalDateTime.MIN)) {
            return time;
        }
        return truncated(truncate, time.toLocalDate()).atStartOfDay();
    }

    static OffsetDateTime truncated(Algorithm.Truncate truncate, OffsetDateTime time) {
        if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
            return time;
        }
        LocalDate date = truncated(truncate, time.toLocalDate());
        return time.truncatedTo(ChronoUnit.DAYS).with(date);
    }
}
