package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;

/** What cannot be the same of times, whatever the zones. */
final class ZoneDifferences {
    private static final String OLD = "(1883|1582|1500|0001|-0043)-.*";

    static final List<Known> ALL =
            List.of(
                    Known.of(
                            "Dates before 1582",
                            "zones h2/.* " + OLD,
                            "(LocalDate|LocalTime|LocalDateTime|OffsetDateTime|OffsetTime|String)"
                                    + " .*",
                            "(LocalDate|LocalTime|LocalDateTime|OffsetDateTime|OffsetTime|String)"
                                    + " .*"),
                    Known.of(
                            "Dates before 1582",
                            "zones sqlite/.* " + OLD,
                            "(LocalDate|LocalTime|LocalDateTime) .*",
                            "(LocalDate|LocalTime|LocalDateTime) .*"),
                    Known.of(
                            "Dates before 1582",
                            "zones mysql/.* < (OffsetDateTime|ZonedDateTime|Instant)"
                                    + " (1883|1582|0001)-.*",
                            "(LocalDate|LocalDateTime|String) .*",
                            "(LocalDate|LocalDateTime|String) .*|refused"),
                    Known.of(
                            "Fractions in SQLite's texts",
                            "zones sqlite/.*/time < .* > LocalTime",
                            "LocalTime [0-9:]*",
                            "LocalTime [0-9:]*\\.\\d{1,3}"),
                    Known.of(
                            "Fractions in SQLite's texts",
                            "zones sqlite/.* < text .* > get(Date|Time)( Tokyo| New York)?",
                            "String (Date|Time) .*",
                            "String (Date|Time) .*"),
                    Known.of(
                            "Fractions in SQLite's texts",
                            "zones sqlite/.* < (text|LocalDateTime|text time|LocalTime)"
                                    + " .*\\.\\d{4,} > .*",
                            "(LocalDate|LocalDateTime|String) .*",
                            "(LocalDate|LocalDateTime|String) .*"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "zones sqlite/.* > getObject( #2)?",
                            "(Integer|Long) (-?\\d+)",
                            "String -?\\d+"),
                    Known.of(
                            "Dates before the year 1",
                            "zones mariadb/.* < (zoned )?(OffsetDateTime|ZonedDateTime|Instant)"
                                    + " 0001-.*",
                            "(LocalDate|LocalDateTime|String) .*0001.*|String .*",
                            "(LocalDate|LocalDateTime|String) .*"),
                    Known.of(
                            "Dates before the year 1",
                            "zones (mariadb|mysql)/write/.* -0043-.*",
                            "(ok|error S1C00 0|\\(nothing\\))",
                            "error (22001|22007) 1292"),
                    Known.of(
                            "Dates before the year 1",
                            "zones (mariadb|mysql)/written/.* -0043-.*",
                            "(LocalDate|LocalTime|LocalDateTime|String) .*",
                            "\\(nothing\\)"),
                    Known.of(
                            "Milliseconds before 1970",
                            "zones mariadb/.* < java.util.Date 1969-.*",
                            "(LocalDate|LocalTime|LocalDateTime|OffsetDateTime|OffsetTime|String)"
                                    + " .*",
                            "(LocalDate|LocalTime|LocalDateTime|OffsetDateTime|OffsetTime|String)"
                                    + " .*"),
                    Known.of(
                            "Times of day of an instant",
                            "zones mariadb/.*/time < Timestamp as time (9999|.20000)-.*",
                            "(error 22007 1292|\\(nothing\\))",
                            "(\\(nothing\\)|(LocalTime|String) .*)"),
                    Known.of(
                            "Times of day of an instant",
                            "zones postgresql/.*/(zoned|moment) < .* > getTime( New York)?",
                            "String Time .*",
                            "String Time .*"),
                    Known.of(
                            "Times of day of an instant",
                            "zones h2/.*/(zoned|offset_time) < .* > (getTime( New York)?|Time)("
                                    + " #2)?",
                            "String Time .*",
                            "String Time .*"),
                    Known.of(
                            "The end of the day",
                            "zones postgresql/.*time < LocalTime 2024-06-30T23:59:59.9999999.*",
                            "(LocalTime|OffsetTime|String) .*",
                            "(LocalTime|OffsetTime|String) .*"),
                    Known.of(
                            "Values that a driver refuses",
                            "zones postgresql/.* < (Instant|ZonedDateTime|zoned Timestamp) .*",
                            "(error 07006 0|\\(nothing\\))",
                            "(?!error|refused).*"),
                    Known.of(
                            "Values that a driver refuses",
                            "zones mariadb/.*/time < OffsetTime .*",
                            "(error null 0|\\(nothing\\))",
                            "(?!error|refused).*"),
                    Known.of(
                            "Types with a time zone in MySQL",
                            "zones mysql/.* < zoned (Timestamp|OffsetDateTime) .*",
                            "(error S1C00 0|\\(nothing\\))",
                            ".*"),
                    Known.of(
                            "Texts in a gap of the clock",
                            "zones (mariadb|mysql)/.*"
                                + " (2024-03-10T02|2018-11-04T00|2024-03-31T01|2024-10-06T02|2011-12-30T).*"
                                + " > getString",
                            "String .*",
                            "String .*"));

    private ZoneDifferences() {}
}
