package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;
import java.util.Locale;

/** What cannot be the same of numbers at the ends of their types, and of days of no calendar. */
final class NumericDifferences {
    private static final String READ = "numbers %s/(prepared )?getters/%s";
    private static final String RANGE = "error 22003 SQLDataException";
    private static final String REFUSAL = "error (22018|22003|07006) SQLDataException";
    private static final String VALUE = "(?!error ).*";

    static final List<Known> ALL =
            List.of(
                    // Refused by the vendor's driver as a conversion.
                    Known.of(
                            "Getters of other types",
                            read("postgresql", ".* > [A-Z]\\w+"),
                            "error 22023 SQLException",
                            ".*"),
                    Known.of(
                            "Getters of other types",
                            read("sqlite", "(text|blob|cast) .*"),
                            "error null SQLException",
                            VALUE),
                    Known.of(
                            "Getters of other types",
                            read("sqlite", "(blob|cast blob).* > (decimal|BigDecimal)"),
                            VALUE,
                            "error 07006 SQLDataException"),
                    Known.of(
                            "Getters of other types",
                            read(
                                    "mariadb",
                                    "(bit.* >"
                                        + " (float|double|Float|Double|short|int|Short|Integer))"),
                            "error null SQL(Data)?Exception",
                            VALUE),
                    Known.of(
                            "Getters of other types",
                            read("mariadb", "text (\\+5| 12 |12.5|1e3) > .*"),
                            "error null SQLDataException",
                            VALUE),
                    Known.of(
                            "Getters of other types",
                            read("mysql", "text (\\+5| 12 |NaN|Infinity) > .*"),
                            "error 22018 SQLDataException",
                            VALUE),
                    Known.of(
                            "Getters of other types",
                            read("mysql", ".* > BigInteger"),
                            "error S1009 SQLException",
                            ".*"),
                    Known.of(
                            "Getters of other types",
                            read("h2", "(text|decfloat (NaN|-?Infinity)) .*"),
                            "error 22018 SQLDataException",
                            VALUE),
                    Known.of(
                            "Getters of other types",
                            read("postgresql", "money .* > byte"),
                            "error 22003 SQLException",
                            VALUE),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mysql", "text .* > [bB]yte"),
                            "(error 22003 SQLDataException|Byte \\d+)",
                            "(Byte \\d+|" + REFUSAL + ")"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mysql", "(text (1e3|1e39) > (decimal|BigDecimal)|text -0 > .*)"),
                            "(BigDecimal|Double|Float) .*",
                            "(BigDecimal|Double|Float) .*"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mysql", "bit.* > decimal 2"),
                            "BigDecimal .* scale 0",
                            "BigDecimal .* scale 2"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mysql", "bit\\(64\\) b'1{64}' > .*"),
                            "(" + RANGE + "|BigInteger -1)",
                            VALUE),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mariadb", "bit\\(64\\) b'1' > [bB]yte"),
                            "Byte 0",
                            "Byte 1"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mariadb", "((float|double) -0e0|year 0) > [bB]oolean"),
                            "Boolean true",
                            "Boolean false"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("mariadb", "decimal 9223372036854775808 > [bB]oolean"),
                            "Boolean false",
                            "Boolean true"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            read("postgresql", "text  > byte"),
                            "Byte 0",
                            RANGE),
                    Known.of(
                            "Objects of PostgreSQL's driver",
                            read("postgresql", "bit .* > object"),
                            "PGobject .*",
                            "String .*"),
                    Known.of(
                            "Narrow getters",
                            read(".*", ".* > [fF]loat"),
                            "Float -?Infinity",
                            RANGE),
                    Known.of(
                            "Narrow getters",
                            read("postgresql", "float4 .* > double"),
                            "Double .*",
                            "Double .*"),
                    Known.of(
                            "Narrow getters",
                            read("(mariadb|mysql)", "float .*"),
                            "(Double|BigDecimal|String) .*",
                            "(Double|BigDecimal|String) .*"),
                    Known.of(
                            "Narrow getters",
                            "numbers (mariadb|mysql)/setters/float < float 1.4E-45",
                            "String 1.4013[eE]-45",
                            "String 1(.4)?[eE]-45"),
                    Known.of(
                            "Decimals with a negative scale",
                            read("postgresql", "numeric 5,-2 > object"),
                            "BigDecimal 123 scale -2",
                            "BigDecimal 12300 scale 0"),
                    // Parameters.
                    Known.of(
                            "Objects set as a narrower type",
                            "numbers .*/targets/.* as .*(BIT|BOOLEAN|INT|INTEGER)",
                            VALUE,
                            RANGE),
                    Known.of(
                            "Objects set as a narrower type",
                            "numbers mariadb/targets/.* as .*(TINYINT|NUMERIC|DECIMAL)( 1)?",
                            "String (44|-24|7766279631452241919)\\..*",
                            VALUE),
                    Known.of(
                            "Objects set as a narrower type",
                            "numbers mariadb/targets/.* as .*BOOLEAN",
                            "error 42000 SQLSyntaxErrorException",
                            VALUE),
                    Known.of(
                            "Objects set as a narrower type",
                            "numbers (postgresql|mariadb|h2|mysql)/targets/.*< String .*",
                            "error (07006|22018|HY000|S1009) .*",
                            "(String .*|" + REFUSAL + ")"),
                    Known.of(
                            "Objects set as a narrower type",
                            "numbers h2/targets/.*Double NaN as .*",
                            "error 22018 SQLDataException",
                            RANGE),
                    Known.of(
                            "NaN and infinities in MariaDB and MySQL",
                            "numbers (mariadb|mysql)/(setters|targets)/.*(NaN|Infinity).*",
                            "error (42S22|S1009) .*",
                            "(error (22007|22001|22003) .*|String .*)"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            "numbers (mariadb|mysql)/setters/bit.* < Float 1.5",
                            "(error 22001 DataTruncation|String (b'10'|2))",
                            "String (true|b'1'|1)"),
                    Known.of(
                            "Numbers and truth values as drivers take them",
                            "numbers (mariadb|mysql)/setters/text < .*-0.0",
                            "String 0.0",
                            "String 0"),
                    Known.of(
                            "Values that a driver refuses",
                            "numbers (mariadb|mysql)/setters/.* < Character c",
                            ".*",
                            VALUE),
                    // Days of no calendar.
                    Known.of(
                            "Days that no calendar has",
                            "numbers mariadb/days( prepared)?/row 1 .* [sS]tring null",
                            "Boolean true",
                            "Boolean false"),
                    Known.of(
                            "Days that no calendar has",
                            "numbers mariadb/days prepared/row 2 column 1 > [sS]tring",
                            "String 2024-00-00",
                            "String 2023-11-30"));

    private NumericDifferences() {}

    private static String read(String kind, String what) {
        return String.format(Locale.ROOT, READ, kind, what);
    }
}
