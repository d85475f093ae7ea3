package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A password that changes while the application runs is read where it is at each log-in. */
@Timeout(60)
class PasswordSourceTest {
    @TempDir private Path dir;

    @Test
    void aFileIsReadAtEachConnect() throws Exception {
        Path file = Files.writeString(dir.resolve("password"), "not yet\n");
        try (TestBroker broker = TestBroker.permissive().serve("one", Database.h2(), 2)) {
            String url = broker.url("one") + "?passwordFile=" + file;
            assertThat(Talk.state(() -> connect(url, ""))).isEqualTo("28P01");
            Files.writeString(file, TestBroker.PASSWORD + "\n");
            connect(url, "").close();
            Files.writeString(file, "not any more\n");
            assertThat(Talk.state(() -> connect(url, ""))).isEqualTo("28P01");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramRunsAtEachConnectAndAtEachMove() throws Exception {
        Path runs = dir.resolve("runs");
        Path password = Files.writeString(dir.resolve("password"), TestBroker.PASSWORD);
        String command = "sh -c \"echo ran >> " + runs + "; cat " + password + "\"";
        try (TestBroker first = TestBroker.permissive().serve("one", Database.h2(), 2);
                TestBroker second = TestBroker.permissive().serve("one", Database.h2(), 2)) {
            String url =
                    "jdbc:gatehouse://127.0.0.1:"
                            + first.port()
                            + ",127.0.0.1:"
                            + second.port()
                            + "/one";
            connect(url, command).close();
            try (Connection c = connect(url, command)) {
                assertThat(Files.readAllLines(runs)).hasSize(2);
                first.drain(Duration.ofSeconds(5));
                assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
                assertThat(Files.readAllLines(runs)).hasSize(3);
                assertThat(second.sessions().views()).hasSize(1);
            }
        }
    }

    private static Connection connect(String url, String command) throws SQLException {
        Properties beside = new Properties();
        beside.setProperty("user", TestBroker.USER);
        if (!command.isEmpty()) {
            beside.setProperty("passwordCommand", command);
        }
        return DriverManager.getConnection(url, beside);
    }
}
