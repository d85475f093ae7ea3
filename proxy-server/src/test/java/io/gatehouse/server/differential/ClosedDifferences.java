package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;

/** What cannot be the same of what is closed, or not there. */
final class ClosedDifferences {
    static final List<Known> ALL =
            List.of(
                    // What a vendor's driver does not look at.
                    Known.of(
                            "Closed objects and cursors",
                            ".*/(closed|of a closed connection) .*",
                            "(?!error|batch|refused|stumbled).*",
                            "error (?!0A000).*"),
                    Known.of(
                            "Closed objects and cursors",
                            "(mariadb|mysql|sqlite)/(closed/.*|states/.* when closed)",
                            "(ok|Boolean .*|\\(nothing\\))",
                            "error .*"),
                    Known.of(
                            "Closed objects and cursors",
                            "sqlite/states/get .*",
                            "ok",
                            "error 24000 0"),
                    Known.of(
                            "Closed objects and cursors",
                            "sqlite/off the rows/.*",
                            "(?!error|batch|refused|stumbled).*",
                            "error (24000/0 SQLNonTrans|0A000).*"),
                    Known.of(
                            "Closed objects and cursors",
                            "mysql/off the rows/.* getSQLXML.*",
                            "(?!error|batch|refused|stumbled).*",
                            "error S1000.*"),
                    Known.of(
                            "Closed objects and cursors",
                            ".*/no such column/metadata .*",
                            "(?!error|batch|refused|stumbled).*",
                            "error (22023|42000|S1002|42703)/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "(mariadb|h2|sqlite)/(scrolling forward only/.*|every ResultSet/.*)",
                            "(ok|Boolean .*|String void|error (null|HYC00 .*))",
                            "error (24000|42000|90128).*"),
                    // Where a driver has another code in one method.
                    Known.of(
                            "Closed objects and cursors",
                            "postgresql/(closed Call|of a closed connection ).*",
                            "error (24000|55000|22023|08006|0A000)/.*",
                            "error (55000|08003)/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "mariadb/(closed|of a closed connection) .*",
                            "error (07004|42000|HY000|08000)/.*",
                            "error (42000|08000|HY000|22023)/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "h2/closed Connection/(rollback|metadata).*",
                            "error 90(063|098|121)/.*",
                            "error 90007/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "h2/.*closed .*Statement/(enquoteI|isSimpleI).*",
                            "error 90007/.*",
                            "(String|Boolean) .*"),
                    Known.of(
                            "Closed objects and cursors",
                            "h2/closed PreparedStatement/setObject.*",
                            "error HY000/.*",
                            "error 90007/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "mysql/.*closed .*ResultSet/getCursorName.*",
                            "error S1C00/.*",
                            "error S1000/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "postgresql/closed Statement/execute.*",
                            "error 0A000/.*",
                            "error 55000/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            "(postgresql|mysql|h2)/(every CallableStatement|not called"
                                    + " yet)/.*(wasNull|null|getObject).*",
                            "(error (55000|22023|02000|NullP)|Boolean).*",
                            "error (02000|55000|S1000|90008).*"),
                    Known.of(
                            "Closed objects and cursors",
                            "(mariadb|mysql|h2)/changing in"
                                    + " order/(insert|cancel|refresh|row|update) .*",
                            "(ok|error (02000|22023) .*)",
                            "error (24000|42000|22023|90029|02000) .*"),
                    Known.of(
                            "Closed objects and cursors",
                            "mysql/updating types/no such number",
                            "ok",
                            "error S1009 0"),
                    Known.of(
                            "Functions of H2 without a type",
                            "h2/not called yet/run, .*",
                            "error 90008/.*",
                            "\\(nothing\\)"),
                    Known.of(
                            "Closed objects and cursors",
                            "sqlite/every ResultSet/wasNull.*",
                            "error null",
                            "Boolean false"));

    private ClosedDifferences() {}
}
