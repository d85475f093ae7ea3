package io.gatehouse.server.endtoend;

import io.gatehouse.server.testing.TestBroker;

import java.sql.Connection;
import java.sql.SQLException;

/** The ways in for a JDBC application. */
enum Door {
    DRIVER {
        @Override
        Connection connect(TestBroker broker, String name) throws SQLException {
            return broker.connect(name);
        }
    },
    PGJDBC {
        @Override
        Connection connect(TestBroker broker, String name) throws SQLException {
            return broker.connectAsPostgres(name);
        }
    };

    abstract Connection connect(TestBroker broker, String name) throws SQLException;
}
