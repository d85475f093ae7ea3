package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.config.Configuration;
import io.gatehouse.server.config.ConfigurationProblems;
import io.gatehouse.server.config.LiveConfiguration;
import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.MasterKeyFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Configuration that somebody made to hurt, or that somebody else may read. */
@Timeout(30)
class HostileFilesTest {
    private static final String PASSWORD = "a-backend-password-that-nobody-prints";

    @TempDir private Path dir;
    private MasterKey key;

    @BeforeEach
    void files() throws Exception {
        key = MasterKeyFile.create(dir.resolve("master.key"));
        write("gatehouse.yaml", "master-key: {file: master.key}\n");
        write("users.yaml", "[]\n");
        write("policies/default.yaml", "policy: 1\ndefault: allow\n");
        write("connections/orders.yaml", connection("orders"));
    }

    private void write(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String connection(String name) {
        return "kind: postgresql\nhost: db.example\ndatabase: orders\nuser: app\n"
                + "password: {sealed: '"
                + key.seal(name, PASSWORD.toCharArray())
                + "'}\ngrants: {groups: [staff]}\n";
    }

    private static List<String> bombs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a" + i + ": &a" + i + " [")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a" + (i - 1) + "]\n");
        }
        return List.of(
                laughs.toString(),
                "&a [*a]\n",
                "a: &a {b: *a}\n",
                "rules: &a [*a]\n",
                "rules: [{match: &m {not: *m}}]\n",
                "grants: &a {groups: *a, users: [*a]}\n",
                "- &a {name: *a, groups: [*a]}\n",
                "rules: &a\n  - {name: x, match: {groups: *a, any: *a, all: *a, not: *a}}\n",
                "[".repeat(200_000),
                "{a: ".repeat(200_000),
                "- ".repeat(200_000) + "x",
                "!!javax.script.ScriptEngineManager [x]\n",
                "a: !!java.io.File [/etc/passwd]\n",
                "\0\0\0",
                "%YAML 9.9\n---\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.yaml",
                "users.yaml",
                "policies/more.yaml",
                "connections/more.yaml"
            })
    void bombs_are_problems_of_their_file(String name) throws Exception {
        for (String bomb : bombs()) {
            write(name, bomb);
            assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                    .as(bomb.substring(0, Math.min(60, bomb.length())))
                    .isInstanceOf(ConfigurationProblems.class)
                    .hasMessageContaining(Path.of(name).getFileName().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.yaml", "policies/default.yaml", "connections/orders.yaml"})
    void bombs_leave_a_running_broker_its_last_good_configuration(String name) throws Exception {
        try (LiveConfiguration live = LiveConfiguration.open(dir, variable -> null)) {
            Configuration good = live.current();
            for (String bomb : bombs()) {
                write(name, bomb);
                assertThat(live.poll()).isFalse();
                assertThat(live.current()).isSameAs(good);
            }
        }
    }

    @Test
    void a_huge_file_is_not_read() throws Exception {
        for (String name : List.of("users.yaml", "policies/huge.yaml", "connections/huge.yaml")) {
            write(name, "");
            try (RandomAccessFile file = new RandomAccessFile(dir.resolve(name).toFile(), "rw")) {
                file.setLength(8L << 30);
            }
            assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                    .isInstanceOf(ConfigurationProblems.class)
                    .hasMessageContaining("too large");
            Files.delete(dir.resolve(name));
        }
    }

    @Test
    void a_sealed_password_opens_for_its_own_connection_only() throws Exception {
        write("connections/thief.yaml", connection("orders"));
        assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("thief.yaml")
                .hasMessageContaining("sealed for another connection")
                .hasMessageNotContaining(PASSWORD);
        Files.delete(dir.resolve("connections/thief.yaml"));

        List<String> broken = new ArrayList<>();
        String good = connection("orders");
        int at = good.indexOf("gh1:") + 20;
        broken.add(
                good.substring(0, at)
                        + (good.charAt(at) == 'A' ? 'B' : 'A')
                        + good.substring(at + 1));
        broken.add(good.replace("gh1:", "gh2:"));
        broken.add(good.replaceAll("gh1:[^']*", "gh1:" + key.id() + ":AAAA"));
        for (String each : broken) {
            write("connections/orders.yaml", each);
            assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                    .isInstanceOf(ConfigurationProblems.class)
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void a_clear_password_where_a_sealed_one_belongs_is_not_quoted() throws Exception {
        for (String wrong :
                List.of(
                        "password: " + PASSWORD,
                        "password: {sealed: " + PASSWORD + "}",
                        "password: {clear: " + PASSWORD + "}",
                        "password: [" + PASSWORD + "]",
                        "password: {sealed: [" + PASSWORD + "]}",
                        "passwort: " + PASSWORD,
                        "properties: {password: " + PASSWORD + "}",
                        "password: '" + PASSWORD)) {
            write(
                    "connections/orders.yaml",
                    "kind: postgresql\nhost: db.example\ndatabase: orders\nuser: app\n"
                            + wrong
                            + "\ngrants: {groups: [staff]}\n");
            assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                    .as(wrong)
                    .isInstanceOf(ConfigurationProblems.class)
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void a_master_key_that_others_may_read_is_refused() throws Exception {
        Path file = dir.resolve("master.key");
        String text = Files.readString(file).strip();
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                    .isInstanceOf(ConfigurationProblems.class)
                    .hasMessageContaining("chmod 600")
                    .hasMessageNotContaining(text);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        for (String wrong : List.of("", text + "x", text.substring(1), "zz" + text)) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                    .isInstanceOf(ConfigurationProblems.class)
                    .hasMessageNotContaining(text.substring(2, 20));
        }
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThatThrownBy(() -> Configuration.load(dir, variable -> null))
                .isInstanceOf(ConfigurationProblems.class);
    }
}
