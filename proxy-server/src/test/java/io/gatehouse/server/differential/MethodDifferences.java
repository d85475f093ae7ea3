package io.gatehouse.server.differential;

import io.gatehouse.server.differential.KnownDifferences.Known;

import java.util.List;

/** What cannot be the same when each method is called on an object of its own. */
final class MethodDifferences {
    static final List<Known> ALL =
            List.of(
                    Known.of(
                            "Holdability of a result set",
                            "sqlite/every ResultSet/getHoldability.*",
                            "Integer 0",
                            "Integer 2"),
                    Known.of(
                            "Values made by a connection",
                            "mysql/every ResultSet/getCursorName.*",
                            "error S1C00",
                            "refused"),
                    Known.of(
                            "Savepoints",
                            ".*/every Connection/(setSavepoint|releaseSavepoint|rollback\\(Save).*",
                            "(String Savepoint|error .*)",
                            "error 25P01"),
                    Known.of(
                            "Savepoints",
                            ".*/every Savepoint/getSavepointId.*",
                            "(Integer 0|error S1C00)",
                            "Integer 1"),
                    Known.of(
                            "Savepoints",
                            ".*/every Savepoint/getSavepointName.*",
                            "(String .*|error .*)",
                            "error HY010"),
                    Known.of(
                            "Client info",
                            "(h2|sqlite|postgresql)/every Connection/getClientInfo.*",
                            "String .*",
                            "String (null|an object)"),
                    Known.of(
                            "Client info",
                            "h2/every Connection/setClientInfo.*",
                            "error null",
                            "String void"),
                    Known.of(
                            "Copies of large objects",
                            ".*/every DatabaseMetaData/locatorsUpdateCopy.*",
                            "Boolean false",
                            "Boolean true"),
                    Known.of(
                            "Streams that JDBC has given up",
                            ".*/every (PreparedStatement|ResultSet)/.*UnicodeStream.*",
                            "(String .*|error (22018|null))",
                            "refused"),
                    Known.of(
                            "Missing parameters",
                            ".*/every PreparedStatement/addBatch.*",
                            "error (07001|07004|90012)",
                            "String void"),
                    Known.of(
                            "Missing parameters",
                            "mariadb/every PreparedStatement/execute.*",
                            "error 07004",
                            "error HY000"),
                    Known.of(
                            "Large objects of PostgreSQL",
                            "postgresql/every PreparedStatement/setBlob.*",
                            "error 25P01",
                            "String void"),
                    Known.of(
                            "Where a call's mistakes are found",
                            ".*/every CallableStatement/(set|register).*",
                            "error (42000|90008|S1009)",
                            "String void"),
                    Known.of(
                            "Getters of other types",
                            ".*/every"
                                + " ResultSet/get(Array|.*Stream|N?Clob|Blob|Bytes|Date|Time|URL).*",
                            "error .*",
                            "error (07006|22018)"),
                    Known.of(
                            "Getters of other types",
                            ".*/every ResultSet/get(Array|BinaryStream|Blob|Bytes).*",
                            "String .*",
                            "error 07006"),
                    Known.of(
                            "Getters of other types",
                            "(mariadb|mysql)/every"
                                    + " ResultSet/get(NString|(N?Character|Ascii)Stream|N?Clob).*",
                            "error (null|22018)",
                            "String .*"),
                    Known.of(
                            "Fetch directions",
                            "mariadb/every ResultSet/getFetchDirection.*",
                            "Integer 1002",
                            "Integer 1000"),
                    Known.of(
                            "Result sets that cannot be updated",
                            ".*/every ResultSet/(cancelRowUpdates|refreshRow|insertRow|moveTo).*",
                            "(String void|error null)",
                            "(refused|error (24000|90140))"),
                    Known.of(
                            "Statements that have not run",
                            "h2/every Statement/get(Large)?UpdateCount.*",
                            "(Integer|Long) 0",
                            "(Integer|Long) -1"),
                    Known.of(
                            "Statements that have not run",
                            ".*/every"
                                + " Statement/get(GeneratedKeys|MoreRes|ResultSet\\(|(Large)?Update).*",
                            "error (S1009|NullPointerException)",
                            "(?!error|refused).*"),
                    Known.of(
                            "Statements that have not run",
                            "(mariadb|sqlite)/every Statement/getGeneratedKeys.*",
                            "String ResultSet .*",
                            "String ResultSet"),
                    Known.of(
                            "Sizes of fields and fetches",
                            ".*/every Statement/get(MaxFieldSize|FetchSize).*",
                            "Integer (100|67108864)",
                            "Integer 0"),
                    Known.of(
                            "Parameter metadata that a driver does not tell",
                            "(mysql|sqlite)/every ParameterMetaData/.*",
                            "error (S1C00|null)",
                            "(?!error).*"),
                    Known.of(
                            "Values made by a connection",
                            "mysql/every SQLXML/get.*Stream.*",
                            "error NullPointerException",
                            "String an object"),
                    Known.of(
                            "Values made by a connection",
                            "mariadb/every N?Clob/position.*",
                            "Long 0",
                            "Long -1"),
                    Known.of(
                            "Values made by a connection",
                            "sqlite/every Connection/createArrayOf.*",
                            "String null",
                            "refused"));

    private MethodDifferences() {}
}
