package io.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class UserFileEditTest {
    @TempDir private Path dir;

    @Test
    void keepsCommentsAndOrder() throws Exception {
        String before = "# Who may log in\n\n- name: ada # first\n  verifier: " + ConfDir.VERIFIER;
        Files.writeString(dir.resolve("users.yaml"), before);

        UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of("staff"));

        assertThat(Files.readString(dir.resolve("users.yaml")))
                .startsWith(before + "\n- name: 'bob'\n")
                .endsWith("  groups: ['staff']\n");
        assertThat(UsersFile.read(dir, new Report())).containsOnlyKeys("ada", "bob");
    }

    @Test
    void beginsAFile() throws Exception {
        UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of());

        assertThat(UsersFile.read(dir, new Report())).containsOnlyKeys("bob");
    }

    @Test
    void refusesATakenNameAndABadOne() throws Exception {
        UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of());

        assertThatThrownBy(() -> UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of()))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> UserFileEdit.add(dir, "b: ob", ConfDir.VERIFIER, List.of()))
                .hasMessageContaining("is no name for a user");
    }

    @Test
    void leavesAFileAloneThatNothingCanBeAddedTo() throws Exception {
        String before = "[{name: ada, verifier: '" + ConfDir.VERIFIER + "'}]\n";
        Files.writeString(dir.resolve("users.yaml"), before);

        assertThatThrownBy(() -> UserFileEdit.add(dir, "bob", ConfDir.VERIFIER, List.of()))
                .hasMessageContaining("add this yourself");
        assertThat(Files.readString(dir.resolve("users.yaml"))).isEqualTo(before);
    }
}
