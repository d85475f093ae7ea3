package io.gatehouse.server.execute;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/** Texts of PostgreSQL's types, as its clients write them. */
final class TextValues {
    private static final DateTimeFormatter SQLITE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter TIMESTAMPTZ =
            new DateTimeFormatterBuilder()
                    .append(TIMESTAMP)
                    .appendOffset("+HH:mm", "Z")
                    .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
                    .toFormatter(Locale.ROOT);

    private TextValues() {}

    static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "t", "true", "1", "on", "yes", "y" -> true;
            case "f", "false", "0", "off", "no", "n" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    static byte[] bytes(String text) {
        if (!text.startsWith("\\x")) {
            throw new IllegalArgumentException("not in hex format");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    static LocalDateTime timestamp(String text) {
        return LocalDateTime.parse(text.replace('T', ' '), TIMESTAMP);
    }

    static OffsetDateTime timestampWithZone(String text) {
        return OffsetDateTime.parse(text.replace('T', ' '), TIMESTAMPTZ);
    }

    /** As SQLite's driver writes a timestamp. */
    static String sqlite(LocalDateTime value) {
        return SQLITE.format(value);
    }
}
