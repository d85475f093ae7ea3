package io.gatehouse.jdbc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.jdbc.url.ConnectUrl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/** A password that is kept in a file, or that a program tells. */
@Timeout(30)
class PasswordsTest {
    @TempDir Path dir;

    private static String read(String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "me");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return Passwords.read(ConnectUrl.parse("jdbc:gatehouse://h/x", all), Deadline.in(20));
    }

    @Test
    void aFileIsReadAnew() throws Exception {
        Path file = dir.resolve("password");
        Files.writeString(file, "first\r\nsecond line\n");
        assertThat(read("passwordFile", file.toString())).isEqualTo("first");
        Files.writeString(file, "pässwörd, changed");
        assertThat(read("passwordFile", file.toString())).isEqualTo("pässwörd, changed");
    }

    @Test
    void aFileThatIsNotThereOrEmpty() throws Exception {
        Path file = dir.resolve("password");
        assertThatThrownBy(() -> read("passwordFile", file.toString()))
                .hasFieldOrPropertyWithValue("SQLState", "22023")
                .hasMessageContaining("passwordFile")
                .hasMessageNotContaining(file.toString());
        Files.writeString(file, "\nsecond");
        assertThatThrownBy(() -> read("passwordFile", file.toString()))
                .hasFieldOrPropertyWithValue("SQLState", "22023");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramIsRunWithoutAShell() throws Exception {
        assertThat(read("passwordCommand", "echo \"a  b\" $HOME;id")).isEqualTo("a  b $HOME;id");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramThatFails() {
        refused("false", "status 1");
        refused("/no/such/program", "could not be started");
        refused("true", "printed nothing");
        refused("cat /dev/zero", "printed more than");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProgramThatDoesNotEnd() {
        refused("sleep 60", "in time");
        refused("sh -c \"sleep 60 & wait\"", "in time");
    }

    private static void refused(String command, String why) {
        assertThatThrownBy(() -> read("passwordCommand", command, "passwordTimeout", "1"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "28000")
                .hasMessageContaining(why);
    }
}
