package io.gatehouse.server.endtoend;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.SQLException;

/** Two clients who share one connection of PostgreSQL, through each door. */
@ParameterizedClass
@EnumSource
abstract class TwoClients {
    @AutoClose static TestBroker broker;

    @Parameter Door door;
    Connection a;
    Connection b;

    @BeforeAll
    static void serve() throws Exception {
        broker = TestBroker.permissive().serve("one", Database.postgres(), 1);
    }

    @BeforeEach
    void connect() throws SQLException {
        a = door.connect(broker, "one");
        b = door.connect(broker, "one");
    }

    @AfterEach
    void nothingIsHeld() throws Exception {
        a.close();
        b.close();
        Talk.quiet(broker);
    }
}
