package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;

import java.sql.Connection;
import java.sql.SQLException;

/** The isolation levels, in JDBC's numbers and the protocol's words. */
final class Isolation {
    private static final String[] NAMES = {
        "read-uncommitted", "read-committed", "repeatable-read", "serializable"
    };
    private static final int[] LEVELS = {
        Connection.TRANSACTION_READ_UNCOMMITTED,
        Connection.TRANSACTION_READ_COMMITTED,
        Connection.TRANSACTION_REPEATABLE_READ,
        Connection.TRANSACTION_SERIALIZABLE
    };

    private Isolation() {}

    static String name(int level) throws SQLException {
        for (int i = 0; i < LEVELS.length; i++) {
            if (LEVELS[i] == level) {
                return NAMES[i];
            }
        }
        throw Faults.badArgument("This is not a transaction isolation level.");
    }

    static int level(String name) throws SQLException {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return LEVELS[i];
            }
        }
        throw Faults.badArgument("This is not a transaction isolation level.");
    }
}
