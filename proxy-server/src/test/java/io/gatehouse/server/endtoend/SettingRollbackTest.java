package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;

/** A setting that is the first statement of its transaction. */
@Timeout(60)
class SettingRollbackTest {
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("one", Database.postgres(), 1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void goesWithItsTransaction(Door door) throws Exception {
        for (String setting : new String[] {"work_mem = '5MB'", "search_path = pg_catalog"}) {
            String name = setting.substring(0, setting.indexOf(' '));
            try (Connection c = door.connect(broker, "one")) {
                String before = ask(c, "show " + name);
                c.setAutoCommit(false);
                run(c, "set " + setting);
                assertThat(ask(c, "show " + name)).isNotEqualTo(before);
                c.rollback();
                assertThat(ask(c, "show " + name)).isEqualTo(before);
                c.rollback();
                run(c, "set " + setting);
                c.rollback();
                assertThat(ask(c, "show " + name)).as("nothing else ran").isEqualTo(before);
                run(c, "set " + setting);
                c.commit();
                assertThat(ask(c, "show " + name)).isNotEqualTo(before);
                c.rollback();
                c.setAutoCommit(true);
            }
        }
    }
}
