package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates and times in a text, as SQL writes them. */
final class TimeText {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("H:mm[:ss]")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter DATE =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4, 10, java.time.format.SignStyle.NORMAL)
                    .appendPattern("-M-d")
                    .toFormatter(Locale.ROOT);

    private TimeText() {}

    /** A LocalDate, LocalTime, LocalDateTime, OffsetTime or OffsetDateTime, as the text has it. */
    static Object parsed(String given, String target) throws SQLException {
        String trimmed = given.trim();
        // As java.time writes a year of more than four digits.
        String text = trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
        try {
            int split = dateEnd(text);
            if (split == 0) {
                return time(text);
            }
            LocalDate date = LocalDate.parse(text.substring(0, split), DATE);
            if (split == text.length()) {
                return date;
            }
            Object time = time(text.substring(split + 1));
            if (time instanceof OffsetTime) {
                OffsetTime of = (OffsetTime) time;
                return OffsetDateTime.of(date, of.toLocalTime(), of.getOffset());
            }
            return LocalDateTime.of(date, (LocalTime) time);
        } catch (DateTimeException e) {
            throw Faults.badText(target, e);
        }
    }

    /** Where the date ends: 0 if the text has none. */
    private static int dateEnd(String text) {
        int dash = text.indexOf('-', 1);
        int colon = text.indexOf(':');
        if (dash < 0 || (colon >= 0 && colon < dash)) {
            return 0;
        }
        for (int i = dash; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == 'T') {
                return i;
            }
        }
        return text.length();
    }

    private static Object time(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        if (text.endsWith("Z")) {
            return LocalTime.parse(text.substring(0, text.length() - 1).trim(), TIME)
                    .atOffset(ZoneOffset.UTC);
        }
        if (sign < 0) {
            return LocalTime.parse(text, TIME);
        }
        return LocalTime.parse(text.substring(0, sign).trim(), TIME)
                .atOffset(ZoneOffset.of(text.substring(sign)));
    }
}
