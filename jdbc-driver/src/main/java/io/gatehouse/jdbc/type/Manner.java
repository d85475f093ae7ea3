package io.gatehouse.jdbc.type;

/** Where vendors' drivers convert values differently, applications expect their vendor's way. */
public enum Manner {
    /** The tables of the JDBC specification. */
    STANDARD,
    /** Truth values are t and f, and no numbers. */
    POSTGRES,
    /** Bytes read as a text are UTF-8; any text but "0" and "false" is true. */
    MARIADB,
    /** Bytes read as a text are UTF-8; truth values are 1 and 0. */
    MYSQL,
    /** Bytes read as a text are UTF-8; truth values are TRUE and FALSE; years may be negative. */
    H2,
    /** What is no number reads as one all the same. */
    SQLITE;

    /** The manner of a kind of backend, as {@code gatehouse.kind} names it. */
    public static Manner of(String kind) {
        switch (kind) {
            case "postgresql":
                return POSTGRES;
            case "mariadb":
                return MARIADB;
            case "mysql":
                return MYSQL;
            case "h2":
                return H2;
            case "sqlite":
                return SQLITE;
            default:
                return STANDARD;
        }
    }
}
