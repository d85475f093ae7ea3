package io.gatehouse.policy.fact;

/** Whose rules of lexing, statements and functions a text is read by. */
public enum Dialect {
    POSTGRESQL,
    MYSQL,
    /** MySQL with the differences of MariaDB, such as its own executable comments. */
    MARIADB,
    SQLSERVER,
    ORACLE,
    H2,
    SQLITE;

    /** Whether this is MySQL or MariaDB. */
    public boolean mysqlFamily() {
        return this == MYSQL || this == MARIADB;
    }
}
