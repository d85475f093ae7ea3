package io.gatehouse.server.differential;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What cannot be the same, each with the heading in docs/jdbc-compatibility.md that says why. */
final class KnownDifferences {
    private static final List<Known> ALL =
            List.of(
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/limits/negative (limit|timeout)"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/prepared errors/parameter [02]"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/isolation/set (none|nonsense)"),
                    Known.of("Arguments that the driver refuses itself", ".*/closed/negative"),
                    Known.of("Closed objects and cursors", ".*/states/.*"),
                    Known.of(
                            "Closed objects and cursors",
                            ".*/closed/(valid then|statement|commit|autocommit|execute|close"
                                    + " again).*"),
                    Known.of(
                            "Savepoints",
                            ".*/savepoints/(id|name of unnamed|id of named|rollback to released)"),
                    Known.of("Savepoints", ".*/in autocommit/savepoint"),
                    Known.of(
                            "Warnings of the broker",
                            ".*/own statements/\\d+ (create|set) warning.*"),
                    Known.of("Statement timeouts", "(mariadb|mysql)/timeouts/too slow"),
                    Known.of("Narrow getters", ".*/(types|extremes|prepared types)/.* float"),
                    Known.of("Narrow getters", "postgresql/extremes/type.large_real double"),
                    Known.of(
                            "The end of the day",
                            "(postgresql|pgjdbc)/extremes/type.an_end_of_day.*"),
                    Known.of(
                            "Dates before 1582",
                            "h2/extremes/type.A_(BC|JULIAN)_DATE (object|date|timestamp)"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "(mariadb|mysql|sqlite)/metadata before execution/.*"),
                    Known.of("Missing parameters", "mariadb/prepared errors/missing parameter"),
                    Known.of("Read-only connections", "(postgresql|h2|sqlite|mysql)/read only/.*"),
                    Known.of(
                            "Schemas where there are none",
                            "(mariadb|mysql|sqlite)/schema and catalog/schema then"),
                    Known.of(
                            "MySQL's warnings of a query",
                            "mysql/own statements/2 select warning.*"),
                    Known.of("Types with a time zone in MySQL", "mysql/java.time/.*"),
                    Known.of("Update counts after a result", "mysql/counts/count"),
                    Known.of("Fractions in MySQL's texts", "mysql/types/type.a_fine_time string"),
                    Known.of(
                            "Fractions in MySQL's texts",
                            "mysql/prepared types/run \\d.a_fine_time string"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/own statements/7 select.*"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/(parameters|objects|typed objects)/back.(amount|big|due|moment)"
                                    + " (object|string).*"),
                    Known.of("Failing batches in SQLite", "sqlite/failing batch.*"),
                    Known.of("SQLite's statements after an error", "sqlite/errors/usable.*"),
                    Known.of(
                            "SQLite's counts of definitions",
                            "sqlite/own statements/\\d+ (create|drop|alter) count.*"),
                    Known.of("Failing batches in MariaDB", "mariadb/failing batch/after.*"),
                    Known.of("Missing parameters", "mariadb/prepared errors/cleared"),
                    Known.of(
                            "Columns of several types in SQLite", "sqlite/types/type.a_blob bytes"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/prepared types/run .*.a_blob bytes"),
                    Known.of(
                            "Binary results of PostgreSQL's driver",
                            "(postgresql|pgjdbc)/prepared types/"
                                    + "run .*.(a_zero boolean|a_bytea string|a_timetz string)"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/(result set types/no such .*|holdability/set"
                                    + " nonsense|scrolling/direction 1)"),
                    Known.of("Closed objects and cursors", ".*/scrolling( without rows)?/.* name"),
                    Known.of(
                            "Closed objects and cursors",
                            ".*/scrolling forward only/(previous|absolute|go .*|direction)"),
                    Known.of(
                            "Closed objects and cursors",
                            ".*/changing in order/(update|row|delete|insert|refresh|cancel) .*"),
                    Known.of(
                            "Closed objects and cursors",
                            ".*/updating types/no such (column|number)"),
                    Known.of(
                            "Holdability of a result set",
                            "sqlite/every ResultSet/getHoldability.*"),
                    Known.of(
                            "Values made by a connection", "mysql/every ResultSet/getCursorName.*"),
                    Known.of("Fetch directions", "mariadb/result set types/.* direction ="),
                    Known.of("Fetch directions", "(mariadb|h2)/scrolling/direction .*"),
                    Known.of(
                            "Holdability of a result set",
                            "(postgresql|mysql|sqlite)/result set types/.* rows holdability.*"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "h2/rows that cannot be changed/(.* (update|insert)|join delete)"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "postgresql/rows that cannot be changed/join insert"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "mariadb/rows that cannot be changed/join update"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "(postgresql|h2)/rows that cannot be changed/read-only"
                                    + " (refresh|cancel)"),
                    Known.of(
                            "Result sets that cannot be updated",
                            "sqlite/rows that cannot be changed/read-only .*"),
                    Known.of(
                            "Marks of changed rows",
                            "(mariadb|mysql)/(updating|inserting|deleting|refreshing) rows/.*"
                                    + " (updated|inserted|deleted)( =)?"),
                    Known.of(
                            "Values after an update",
                            "postgresql/updating types/(second row|row too long|table after row"
                                    + " 2)"),
                    Known.of("Values after an update", "mysql/updating types/row too long"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/(results kept open/nonsense|life of a"
                                    + " connection/(negative|negative timeout|abort without))"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            "h2/(reading arrays|array parameters)/.* (part|too much)"),
                    Known.of(
                            "Arrays of H2",
                            "h2/reading arrays/(EMPTY.* base.*|NESTED.* (elements|part))"),
                    Known.of("Limits beyond an int", "postgresql/large counts/limit.*"),
                    Known.of(
                            "Results that were left",
                            "(postgresql|mariadb|sqlite)/results kept open/(closed =|kept"
                                    + " more.*|kept .*)"),
                    Known.of("Results that were left", "sqlite/large counts/count ="),
                    Known.of("Client info", "(h2|sqlite)/client info/.*"),
                    Known.of(
                            "Ends of a connection",
                            "(h2|sqlite)/life of a connection/(timeout then|closed|valid then) ="),
                    Known.of(
                            "Where a call's mistakes are found",
                            "call postgresql/wrong calls/value then"),
                    Known.of(
                            "Calls that run again",
                            "call mariadb/function/(sum again.*|null|of null =)"),
                    Known.of("Calls that run again", "call mysql/out parameters/c again ="),
                    Known.of(
                            "Functions called for a count",
                            "call mariadb/function/(update|(text|object|null)( =| #2)?)"),
                    Known.of("Functions called for a count", "call mysql/function/update ="),
                    Known.of(
                            "Savepoints",
                            ".*/every"
                                + " Connection/(setSavepoint|releaseSavepoint|rollback\\(Save).*"),
                    Known.of("Savepoints", ".*/every Savepoint/.*"),
                    Known.of("Client info", ".*/every Connection/(get|set)ClientInfo.*"),
                    Known.of(
                            "Copies of large objects",
                            ".*/every DatabaseMetaData/locatorsUpdateCopy.*"),
                    Known.of(
                            "Streams that JDBC has given up",
                            ".*/every (PreparedStatement|ResultSet)/.*UnicodeStream.*"),
                    Known.of(
                            "Missing parameters",
                            ".*/every PreparedStatement/(addBatch|execute).*"),
                    Known.of(
                            "Large objects of PostgreSQL",
                            "postgresql/every PreparedStatement/setBlob.*"),
                    Known.of(
                            "Where a call's mistakes are found",
                            ".*/every CallableStatement/(get|set|register|wasNull).*"),
                    Known.of(
                            "Getters of other types",
                            ".*/every"
                                + " ResultSet/get(Array|NString|.*Stream|N?Clob|Blob|Bytes|Date|Time|URL).*"),
                    Known.of("Fetch directions", "mariadb/every ResultSet/getFetchDirection.*"),
                    Known.of(
                            "Closed objects and cursors",
                            ".*/every"
                                + " ResultSet/(absolute|after|before|first|last|previous|relative|wasNull).*"),
                    Known.of(
                            "Result sets that cannot be updated",
                            ".*/every ResultSet/(cancelRowUpdates|refreshRow|insertRow|moveTo).*"),
                    Known.of(
                            "Statements that have not run",
                            ".*/every"
                                + " Statement/get(GeneratedKeys|MoreRes|ResultSet\\(|(Large)?Update).*"),
                    Known.of(
                            "Sizes of fields and fetches",
                            ".*/every Statement/get(MaxFieldSize|FetchSize).*"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "(mysql|sqlite)/every ParameterMetaData/.*"),
                    Known.of(
                            "Values made by a connection",
                            "(mysql/every SQLXML/|mariadb/every N?Clob/position|sqlite/every"
                                    + " Connection/create).*"),
                    Known.of(
                            "Values made by a connection",
                            ".*/(objects made by a connection|texts and bytes made|making"
                                    + " arrays)/.*"));

    private KnownDifferences() {}

    /**
     * A difference: where, as a pattern over kind, program and observation, and what is seen there
     * directly and through the broker.
     */
    record Known(String documented, Pattern where, Pattern direct, Pattern through) {
        static Known of(String documented, String where) {
            return of(documented, where, ".*", ".*");
        }

        static Known of(String documented, String where, String direct, String through) {
            return new Known(
                    documented,
                    Pattern.compile(where),
                    Pattern.compile(direct, Pattern.DOTALL),
                    Pattern.compile(through, Pattern.DOTALL));
        }

        private boolean is(String observed, String seenDirectly, String seenThrough) {
            return where.matcher(observed).matches()
                    && direct.matcher(seenDirectly).matches()
                    && through.matcher(seenThrough).matches();
        }
    }

    static boolean isKnown(String where, String direct, String through) {
        return all().anyMatch(known -> known.is(where, direct, through));
    }

    static List<String> documented() {
        return all().map(Known::documented).distinct().toList();
    }

    private static Stream<Known> all() {
        return Stream.of(ALL, ZoneDifferences.ALL, NumericDifferences.ALL).flatMap(List::stream);
    }
}
