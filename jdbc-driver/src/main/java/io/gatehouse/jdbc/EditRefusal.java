package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Manner;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;

/** Why a result set cannot be updated, with the code that the backend's own driver has for it. */
enum EditRefusal {
    READ_ONLY(
            "This result set is read only: create the statement with CONCUR_UPDATABLE.",
            "0A000",
            90140),
    NOT_ONE_TABLE(
            "This result set cannot be updated: its columns are not those of one table.",
            "0A000",
            90127),
    NO_KEY(
            "This result set cannot be updated: it does not hold the whole primary key of its"
                    + " table.",
            "HY000",
            90127);

    private final String message;
    private final String mariadb;
    private final int h2;

    EditRefusal(String message, String mariadb, int h2) {
        this.message = message;
        this.mariadb = mariadb;
        this.h2 = h2;
    }

    SQLException asked(Manner manner) {
        switch (manner) {
            case POSTGRES:
                return Faults.cursor(message);
            case MYSQL:
                return new SQLNonTransientException(message, "S1000");
            case MARIADB:
                return mariadb.equals("0A000")
                        ? new SQLFeatureNotSupportedException(message, mariadb, -1)
                        : new SQLNonTransientException(message, mariadb, -1);
            case H2:
                return new SQLNonTransientException(message, Integer.toString(h2), h2);
            default:
                return new SQLFeatureNotSupportedException(message, "0A000");
        }
    }
}
