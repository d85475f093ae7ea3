package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;

/** What cannot be the same of times, whatever the zones. */
final class ZoneDifferences {
    private static final String OLD = "(1883|1582|1500|0001|-0043)-.*";

    static final List<Known> ALL =
            List.of(
                    Known.of("Dates before 1582", "zones (h2|sqlite)/.* " + OLD),
                    Known.of(
                            "Fractions in SQLite's texts", "zones sqlite/.*/time < .* > LocalTime"),
                    Known.of(
                            "Dates before 1582",
                            "zones mysql/.* < (OffsetDateTime|ZonedDateTime|Instant)"
                                    + " (1883|1582|0001)-.*"),
                    Known.of("Dates before the year 1", "zones mariadb/.* 0001-.*"),
                    Known.of(
                            "Milliseconds before 1970",
                            "zones mariadb/.* < java.util.Date 1969-.*"),
                    Known.of(
                            "Times of day of an instant",
                            "zones mariadb/.*/time < Timestamp as time (9999|.20000)-.*"),
                    Known.of("Dates before the year 1", "zones (mariadb|mysql)/.* -0043-.*"),
                    Known.of(
                            "The end of the day",
                            "zones postgresql/.*time < LocalTime 2024-06-30T23:59:59.9999999.*"),
                    Known.of(
                            "Times of day of an instant",
                            "zones postgresql/.*/(zoned|moment) < .* > getTime.*"),
                    Known.of(
                            "Times of day of an instant",
                            "zones h2/.*/(zoned|offset_time) < .* > (getTime.*|Time)( #2)?"),
                    Known.of(
                            "Values that a driver refuses",
                            "zones postgresql/.*/.* < (Instant|ZonedDateTime|zoned Timestamp) .*"),
                    Known.of(
                            "Values that a driver refuses",
                            "zones mariadb/.*/time < OffsetTime .*"),
                    Known.of(
                            "Types with a time zone in MySQL",
                            "zones mysql/.*/.* < zoned (Timestamp|OffsetDateTime) .*"),
                    Known.of(
                            "Texts of instants in another zone",
                            "zones postgresql/.*/zoned < .* > getString"),
                    Known.of("Texts in a gap of the clock", "zones (mariadb|mysql)/.* > getString"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "zones sqlite/.* > getObject( #2)?"),
                    Known.of(
                            "Fractions in SQLite's texts",
                            "zones sqlite/.* < (text|LocalDateTime|text time|LocalTime) .*"));

    private ZoneDifferences() {}
}
