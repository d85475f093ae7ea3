package io.gatehouse.policy.fact;

import java.util.Locale;

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

    /** The word in policy files and audit records. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is MySQL or MariaDB. */
    public boolean mysqlFamily() {
        return this == MYSQL || this == MARIADB;
    }
}
