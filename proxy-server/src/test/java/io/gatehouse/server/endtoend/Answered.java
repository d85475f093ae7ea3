package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who answered a broker's statements. */
final class Answered {
    private Answered() {}

    /** The server that answered the last one, or the cache. */
    static String by(TestBroker broker) {
        return broker.statements().getLast().source().backend();
    }

    /** Each of the statements, in a session of its own, is answered by the primary every time. */
    static void byThePrimary(TestBroker broker, Door door, int times, List<String> statements)
            throws SQLException {
        List<String> wrong = new ArrayList<>();
        for (String sql : statements) {
            try (Connection c = door.connect(broker, "db")) {
                for (int i = 0; i < times; i++) {
                    Talk.run(c, sql);
                    if (!by(broker).equals("primary")) {
                        wrong.add(sql + " was answered by " + by(broker));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
