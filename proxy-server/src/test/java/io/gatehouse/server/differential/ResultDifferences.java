package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;

/** What cannot be the same of result sets, of moving about in them and of changing their rows. */
final class ResultDifferences {
    static final List<Known> ALL =
            List.of(
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/limits/negative (limit|timeout)",
                            "error (42000|S1009|90008) .*",
                            "error 22023 0"),
                    Known.of(
                            "Update counts after a result",
                            "mysql/counts/count",
                            "Integer 0",
                            "Integer -1"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/(result set types/no such .*|holdability/set"
                                    + " nonsense|scrolling/direction 1)",
                            "(ok|error .*)",
                            "error 22023 0"),
                    Known.of(
                            "Fetch directions",
                            "mariadb/result set types/.* direction =",
                            "Integer 1002",
                            "Integer 1000"),
                    Known.of(
                            "Fetch directions",
                            "(mariadb|h2)/scrolling/direction .*",
                            "(error (42000|HYC00) .*|Integer .*)",
                            "(ok|Integer .*)"),
                    Known.of(
                            "Holdability of a result set",
                            "(postgresql|mysql|sqlite)/result set types/.* rows holdability.*",
                            "(error (0A000|null) 0|\\(nothing\\)|Integer 0)",
                            "(ok|Integer [12])"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "h2/rows that cannot be changed/(.* (update|insert)|join delete)",
                            "(ok|error 02000 2000)",
                            "error 90127 90127"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "postgresql/rows that cannot be changed/join insert",
                            "ok",
                            "error 24000 0"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "mariadb/rows that cannot be changed/join update",
                            "error 22023 0",
                            "error 0A000 -1"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "(postgresql|h2)/rows that cannot be changed/read-only"
                                    + " (refresh|cancel)",
                            "ok",
                            "error (24000 0|90140 90140)"),
                    Known.of(
                            "Marks of changed rows",
                            "(mariadb|mysql)/(updating|inserting|deleting|refreshing) rows/.*"
                                    + " (updated|inserted|deleted)( =)?",
                            "(error null 0|\\(nothing\\)|Boolean true)",
                            "(ok|Boolean false)"),
                    Known.of(
                            "Values after an update",
                            "postgresql/updating types/(second row|row too long)",
                            "error 42804 0",
                            "(ok|error 22001 0)"),
                    Known.of(
                            "Values after an update",
                            "postgresql/updating types/table after row 2",
                            "Integer 902 .*",
                            "Integer 902 .*"),
                    Known.of(
                            "Values after an update",
                            "mysql/updating types/row too long",
                            "error S1009 0",
                            "error 22001 1406"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/(results kept open/nonsense|life of a connection/(negative|negative"
                                    + " timeout|abort without))",
                            "(ok|error .*)",
                            "error 22023 0"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            "h2/reading arrays/.* (part|too much)",
                            "error 90008 90008",
                            "error 22000 0"),
                    Known.of(
                            "Arrays of H2",
                            "h2/reading arrays/EMPTY.* base( name)?",
                            "(Integer 0|String NULL)",
                            "(Integer -5|String BIGINT)"),
                    Known.of(
                            "Arrays of H2",
                            "h2/reading arrays/NESTED.* (elements|part)",
                            "String \\[ar.*",
                            "String \\[\\{.*"),
                    Known.of(
                            "Limits beyond an int",
                            "postgresql/large counts/limit.*",
                            "(error 0A000 0|\\(nothing\\)|Integer .*)",
                            "(ok|\\(nothing\\)|(Integer|Long) .*)"),
                    Known.of(
                            "Results that were left",
                            "(postgresql|mariadb)/results kept open/closed =",
                            "Boolean false",
                            "Boolean true"),
                    Known.of(
                            "Results that were left",
                            "sqlite/results kept open/kept more( =)?",
                            "(error null 0|\\(nothing\\))",
                            "(ok|Boolean false)"),
                    Known.of(
                            "Results that were left",
                            "sqlite/large counts/count =",
                            "Long .*",
                            "Long .*"));

    private ResultDifferences() {}
}
