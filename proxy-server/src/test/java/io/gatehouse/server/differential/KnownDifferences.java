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
                            ".*/prepared errors/parameter 0",
                            "error .*",
                            "error 22023 0"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/prepared errors/parameter 2",
                            "error .*",
                            "ok"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/isolation/set (none|nonsense)",
                            "error (0A000|90008|S1C00) .*",
                            "error 22023 0"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            ".*/closed/negative",
                            "(ok|error .*)",
                            "error 22023 0"),
                    Known.of(
                            "Savepoints",
                            ".*/savepoints/(name of unnamed|id of named)",
                            "(ok|error .*)",
                            "error HY010 0"),
                    Known.of("Savepoints", "mysql/savepoints/id", "error S1C00 0", "ok"),
                    Known.of(
                            "Savepoints",
                            ".*/savepoints/rollback to released",
                            "error .*",
                            "error 3B001 0"),
                    Known.of("Savepoints", ".*/in autocommit/savepoint", "ok", "error 25P01 0"),
                    Known.of(
                            "Warnings of the broker",
                            ".*/own statements/\\d+ (create|set) warning",
                            "Integer 0",
                            "Integer 1"),
                    Known.of(
                            "Warnings of the broker",
                            ".*/own statements/\\d+ (create|set) warning 1",
                            "\\(nothing\\)",
                            "String 01000 this session keeps its backend connection .*"),
                    Known.of(
                            "Statement timeouts",
                            "(mariadb|mysql)/timeouts/too slow",
                            "error 70100 1969",
                            "error 70100 1317"),
                    Known.of(
                            "Narrow getters",
                            ".*/(types|extremes|prepared types)/.* float",
                            "Float -?Infinity",
                            "refused"),
                    Known.of(
                            "Narrow getters",
                            "postgresql/extremes/type.large_real double",
                            "Double .*",
                            "Double .*"),
                    Known.of(
                            "The end of the day",
                            "(postgresql|pgjdbc)/extremes/type.an_end_of_day.*",
                            "(String|Time|LocalTime) .*",
                            "(String|Time|LocalTime) .*"),
                    Known.of(
                            "Dates before 1582",
                            "h2/extremes/type.A_(BC|JULIAN)_DATE (object|date|timestamp)"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "(mariadb|mysql)/metadata before execution/.* (type|class)",
                            "error (0A000 -1|S1C00 0)",
                            "error 0A000 0"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "mysql/metadata before execution/.*",
                            "(error S1C00 0|\\(nothing\\))",
                            "(ok|(Boolean|Integer|String) .*)"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "sqlite/metadata before execution/insert .*",
                            "(ok|error null 0|(Boolean|Integer|String) .*)",
                            "\\(nothing\\)"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "sqlite/metadata before execution/its parameters",
                            "ok",
                            "error null 0"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "sqlite/metadata before execution/query 1 type name( =)?",
                            "(error null 0|\\(nothing\\))",
                            "(ok|String )"),
                    Known.of(
                            "Missing parameters",
                            "mariadb/prepared errors/missing parameter",
                            "error 07004 -1",
                            "error HY000 1835"),
                    Known.of(
                            "Read-only connections",
                            "(h2|sqlite)/read only/is",
                            "Boolean false",
                            "Boolean true"),
                    Known.of(
                            "Read-only connections",
                            "mysql/read only/write( in a transaction)?",
                            "error S1009 0",
                            "error 25006 1792"),
                    Known.of(
                            "Read-only connections",
                            "postgresql/read only/set inside",
                            "error 25001 0",
                            "ok"),
                    Known.of(
                            "Read-only connections",
                            "postgresql/read only/write",
                            "ok",
                            "error 25006 0"),
                    Known.of("Read-only connections", "sqlite/read only/set", "error null 0", "ok"),
                    Known.of(
                            "Read-only connections",
                            "sqlite/read only/(read|write|write in a transaction)",
                            "ok",
                            "error null 0"),
                    Known.of(
                            "Read-only connections",
                            "(postgresql|sqlite)/read only/rows( #2)?",
                            "Long \\d",
                            "(Long 1|\\(nothing\\))"),
                    Known.of(
                            "Schemas where there are none",
                            "(mariadb|mysql|sqlite)/schema and catalog/schema then",
                            "null",
                            "String .*"),
                    Known.of(
                            "MySQL's warnings of a query",
                            "mysql/own statements/2 select warning.*",
                            "(Integer 1|String .*)",
                            "(Integer 0|\\(nothing\\))"),
                    Known.of(
                            "Types with a time zone in MySQL",
                            "mysql/java.time/insert typed",
                            "error S1C00 0",
                            "ok"),
                    Known.of(
                            "Types with a time zone in MySQL",
                            "mysql/java.time/back.* #[56]",
                            ".*",
                            "(?!error|refused).*"),
                    Known.of(
                            "Fractions in MySQL's texts",
                            "mysql/types/type.a_fine_time string",
                            "String .*",
                            "String .*\\.\\d{6}"),
                    Known.of(
                            "Fractions in MySQL's texts",
                            "mysql/prepared types/run \\d.a_fine_time string",
                            "String .*",
                            "String .*\\.\\d{6}"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/own statements/7 select",
                            "ok",
                            "error 22000 0"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/own statements/7 select .*",
                            ".*",
                            "\\(nothing\\)"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/(parameters|objects)/back.(amount|big) object #2",
                            "Integer .*",
                            "(Double|Long) .*"),
                    Known.of(
                            "Failing batches in SQLite",
                            "sqlite/failing batch.*",
                            "error null 19",
                            "batch error null 19 .*"),
                    Known.of(
                            "SQLite's statements after an error",
                            "sqlite/errors/usable.*",
                            "(error null 0|\\(nothing\\))",
                            "(ok|Integer .*)"),
                    Known.of(
                            "SQLite's counts of definitions",
                            "sqlite/own statements/\\d+ (create|drop|alter) count.*",
                            "Integer .*",
                            "Integer .*"),
                    Known.of(
                            "Failing batches in MariaDB",
                            "mariadb/failing batch/after.*",
                            "(Integer .*|\\(nothing\\))",
                            "Integer .*"),
                    Known.of(
                            "Missing parameters",
                            "mariadb/prepared errors/cleared",
                            "error 07004 -1",
                            "error HY000 1835"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/types/type.a_blob bytes",
                            "\\(nothing\\)",
                            "byte\\[\\] .*"),
                    Known.of(
                            "Columns of several types in SQLite",
                            "sqlite/prepared types/run .*.a_blob bytes",
                            "\\(nothing\\)",
                            "byte\\[\\] .*"),
                    Known.of(
                            "Binary results of PostgreSQL's driver",
                            "(postgresql|pgjdbc)/prepared types/run [567].a_bytea string",
                            "String \\[B@.*",
                            "String (\\\\x00ff10|\\[B@.*)"),
                    Known.of(
                            "Binary results of PostgreSQL's driver",
                            "postgresql/prepared types/run [567].a_zero boolean",
                            "Boolean false",
                            "refused"),
                    Known.of(
                            "Binary results of PostgreSQL's driver",
                            "postgresql/prepared types/run [567].a_timetz string",
                            "String .*",
                            "String 13:14:15.5\\+05:30"),
                    Known.of(
                            "Client info",
                            "(h2|sqlite)/client info/.*",
                            "(error null 0|null)",
                            "(ok|String .*)"),
                    Known.of(
                            "Ends of a connection",
                            "(h2|sqlite)/life of a connection/(timeout then|closed|valid then) =",
                            "(Integer 0|Boolean .*)",
                            "(Integer 5000|Boolean .*)"),
                    Known.of(
                            "Calls that run again",
                            "call mariadb/function/sum again.*",
                            "(Integer|Long|String|BigDecimal) 5.*",
                            "(Integer|Long|String|BigDecimal) 43.*"),
                    Known.of(
                            "Calls that run again",
                            "call mariadb/function/null",
                            "error 07004 -1",
                            "ok"),
                    Known.of(
                            "Calls that run again",
                            "call mariadb/function/of null =",
                            "Integer 5",
                            "null"),
                    Known.of(
                            "Calls that run again",
                            "call mysql/out parameters/c again =",
                            "String c-21-1",
                            "String c-1"),
                    Known.of(
                            "Functions called for a count",
                            "call mariadb/function/update",
                            "error NullPointerException",
                            "ok"),
                    Known.of(
                            "Functions called for a count",
                            "call mariadb/function/update =",
                            "\\(nothing\\)",
                            "Integer 0"),
                    Known.of(
                            "Functions called for a count",
                            "call mysql/function/update =",
                            "Integer -1",
                            "Integer 0"),
                    Known.of(
                            "Values made by a connection",
                            ".*/objects made by a connection/(struct|row id|ref)",
                            "error (0A000|HYC00) .*",
                            "error 0A000 0"),
                    Known.of(
                            "Values made by a connection",
                            "(mariadb|sqlite)/making arrays/make",
                            "error (0A000 -1|NullPointerException)",
                            "error 0A000 0"),
                    Known.of(
                            "Values made by a connection",
                            ".*/(objects made by a connection|texts and bytes"
                                    + " made)/(n?clob|blob|xml)",
                            "error (0A000|HYC00|S1009|null) .*",
                            "ok"),
                    Known.of(
                            "Values made by a connection",
                            ".*/texts and bytes made/(table row.*|length|bytes|xml text)",
                            "(\\(nothing\\)|Integer 0)",
                            "(?!error|refused|\\(nothing).*"),
                    Known.of(
                            "Values made by a connection",
                            "mariadb/texts and bytes made/bytes",
                            "byte\\[\\] \\[98, 121, 116, 0.*",
                            "byte\\[\\] \\[98, 121, 116\\]"));

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
        return Stream.of(
                        ALL,
                        ResultDifferences.ALL,
                        RareDifferences.ALL,
                        MethodDifferences.ALL,
                        ClosedDifferences.ALL,
                        ZoneDifferences.ALL,
                        NumericDifferences.ALL)
                .flatMap(List::stream);
    }
}
