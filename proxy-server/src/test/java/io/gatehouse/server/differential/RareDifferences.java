package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;

/** What cannot be the same of arrays, structures, type maps, XML and client info. */
final class RareDifferences {
    static final List<Known> ALL =
            List.of(
                    Known.of(
                            "Objects of PostgreSQL's driver",
                            "postgresql/elements"
                                + " read/(interval|json|jsonb|inet|int4range|point|box|money|bit\\(3\\))"
                                + " (elements|second|rows)",
                            "(String .*|error (22003|42846) SQLException)",
                            "String .*"),
                    Known.of(
                            "Objects of PostgreSQL's driver",
                            "postgresql/elements (read|made)/(money|bit\\(3\\)) base",
                            "Integer (8|-7)",
                            "Integer 1111"),
                    Known.of(
                            "Objects of PostgreSQL's driver",
                            "postgresql/structures/row",
                            "String PGobject",
                            "String String"),
                    Known.of(
                            "Getters of other types",
                            "(postgresql|h2)/(elements of no type map/array of an"
                                    + " int|structures/array)",
                            "(error 02000 SQLException|String Array .*|(Pg|Jdbc)Array .*)",
                            "error 07006 SQLDataException"),
                    Known.of(
                            "Arrays as arrays of Java",
                            "(postgresql|h2)/elements of no type"
                                    + " map/(Object\\[\\]|Integer\\[\\]|int\\[\\]|a string)",
                            "error (22023|22018|HY000) .*",
                            "String .*"),
                    Known.of(
                            "Arrays as arrays of Java",
                            "postgresql/elements made/(int2|integer|decimal) of Java",
                            "error 07006 SQLException",
                            "String \\{.*"),
                    Known.of(
                            "Arrays of an application",
                            "(postgresql|h2)/elements made/.* own elements",
                            "String .*",
                            "String .*"),
                    Known.of(
                            "Arrays of an application",
                            "h2/elements made/integer base( name)?",
                            "(Integer -5|String BIGINT)",
                            "(Integer 4|String INTEGER)"),
                    Known.of(
                            "Arrays of an application",
                            "(postgresql|h2)/elements that do not fit/object",
                            "error (22P02|90026) .*",
                            "error 07006 SQLDataException"),
                    Known.of(
                            "Arrays of an application",
                            "(postgresql|h2)/elements that do not fit/no such type",
                            "(error 42602 SQLException|Integer 4)",
                            "Integer 1111"),
                    Known.of(
                            "Arrays of an application",
                            "(postgresql|h2)/elements that do not fit/no (type|elements)",
                            "(error 42602 SQLException|PgArray null|Integer 4|JdbcArray .*)",
                            "error 22023 SQLDataException"),
                    Known.of(
                            "Arrays of H2",
                            "h2/elements read/empty base( name)?",
                            "(Integer 0|String NULL)",
                            "(Integer 12|String CHARACTER VARYING)"),
                    Known.of(
                            "Arrays of H2",
                            "h2/elements (read/binary text|made/varbinary (array|of Java))",
                            "String \\[.*",
                            "String \\[\\\\x.*"),
                    Known.of(
                            "Arguments that the driver refuses itself",
                            "h2/elements (read/empty second|of no type map/(outside|negative))",
                            "error 90008 SQLDataException",
                            "error 22000 SQLDataException"),
                    Known.of(
                            "Structures, references and row ids",
                            ".*/structures/(object|type)",
                            "(error (07006|HY004) .*|Boolean .*)",
                            "error 0A000 SQLFeatureNotSupportedException"),
                    Known.of(
                            "Structures, references and row ids",
                            ".*/references and row ids/(ref of object|row id of object|link)",
                            "(error (07006|HY004) .*|Boolean .*)",
                            "error 0A000 SQLFeatureNotSupportedException"),
                    Known.of(
                            "Structures, references and row ids",
                            "postgresql/references and row ids/null (ref|row id|link)",
                            "error 07006 SQLException",
                            "Boolean false"),
                    Known.of(
                            "Structures, references and row ids",
                            "postgresql/references and row ids/(ref|row id) class",
                            "error 22023 SQLException",
                            "error 07006 SQLDataException"),
                    Known.of(
                            "Structures, references and row ids",
                            "h2/structures/row",
                            "String JdbcResultSet",
                            "String String"),
                    Known.of(
                            "Structures, references and row ids",
                            "postgresql/type maps/at last",
                            "null",
                            "String \\{\\}"),
                    Known.of(
                            "Client info",
                            "h2/client info of all kinds/(set .*|null name)",
                            "error (null|90008) SQLClientInfoException",
                            "String done"),
                    Known.of(
                            "Getters of other types",
                            "h2/client info of all kinds/(stream for a number|reader)",
                            "error 22018 SQLDataException",
                            "Boolean true"));

    private RareDifferences() {}
}
