package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.cel.Variable;
import io.gatehouse.server.boot.InProcess;
import io.gatehouse.server.secret.SelfSigned;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the guides and examples that begin with the configuration as it is delivered. */
final class HowToTest {
    @TempDir private Path dir;

    @BeforeEach
    void begin() throws Exception {
        Files.createDirectories(dir.resolve("etc/gatehouse"));
        try (Typist typist = new Typist(dir, 5432)) {
            typist.type(new Page.Block(0, "console", "", "$ cp -R conf conf\n"));
        }
    }

    @Test
    void addsAUser() throws Exception {
        follow("docs/how-to/add-a-user.md");

        assertThat(Files.readString(dir.resolve("conf/users.yaml")))
                .contains("- name: 'ada'")
                .contains("groups: ['staff']")
                .doesNotContain(Typist.PASSWORD);
    }

    @Test
    void addsAConnection() throws Exception {
        follow("docs/how-to/add-a-connection.md");
    }

    @Test
    void usesACertificate() throws Exception {
        certificates();
        follow("docs/how-to/use-your-own-certificate.md");
        // On free ports, the admin port's too.
        Path file = dir.resolve("conf/gatehouse.yaml");
        String text = Files.readString(file).replace("listen:\n", "listen:\n  port: 0\n");
        Files.writeString(file, text + "admin: {port: 0}\n");
        try (InProcess broker = InProcess.serve(dir.resolve("conf"))) {
            assertThat(broker.port()).isPositive();
        }
        assertThat(dir.resolve("conf/tls/self-signed.crt")).doesNotExist();
    }

    @Test
    void writesAPolicyRule() throws Exception {
        follow("docs/how-to/write-a-policy-rule.md");
        assertFree("0 users, 0 connections");
    }

    @Test
    void masksPersonalData() throws Exception {
        follow("docs/how-to/mask-personal-data.md");
    }

    @Test
    void administersPolicies() throws Exception {
        follow("docs/how-to/administer-policies.md");
        assertFree("0 users, 0 connections");
    }

    @Test
    void readsFromReplicas() throws Exception {
        follow("docs/how-to/read-from-replicas.md");
        assertFree("0 users, 1 connection");
    }

    @Test
    void keepsAnswers() throws Exception {
        follow("docs/how-to/keep-answers.md");
        assertFree("0 users, 0 connections");
    }

    @Test
    void takesTheExampleOfEverySetting() throws Exception {
        certificates();
        key();
        follow("docs/reference/configuration.md");
        assertFree("1 user, 1 connection");
    }

    @Test
    void takesTheExamplesOfThePolicyReference() throws Exception {
        Path policies = dir.resolve("conf/policies");
        List<Page.Block> blocks = Page.read("docs/reference/policy.md").blocks("yaml");
        for (Page.Block block : blocks) {
            if (block.name().isEmpty()) {
                Files.writeString(policies.resolve("default.yaml"), block.text());
                assertFree("0 users");
            } else {
                Files.writeString(policies.resolve("default.yaml"), blocks.getFirst().text());
                Path cases = dir.resolve(block.name());
                Files.writeString(cases, block.text());
                InProcess.Answer answer =
                        InProcess.run(
                                "",
                                "policy",
                                "test",
                                policies.toString(),
                                "--covered",
                                "--cases",
                                cases.toString());
                assertThat(answer.err()).isEmpty();
                assertThat(answer.out()).startsWith("2 cases, 0 failed; 1 of 1 rules met");
            }
        }
    }

    @Test
    void listsEveryVariableOfExpressions() {
        Map<String, String> types = new HashMap<>();
        for (String line : Page.read("docs/reference/policy.md").text().lines().toList()) {
            String[] cells = line.split("\\|", -1);
            boolean row =
                    cells.length == 5
                            && cells[2].matches(" `(string|list\\(string\\)|int|bool|timestamp)` ");
            for (String name : row ? cells[1].split(",") : new String[0]) {
                types.put(name.replace("`", "").strip(), cells[2].replace("`", "").strip());
            }
        }
        Map<String, String> known = new HashMap<>();
        for (Variable variable : Variable.values()) {
            known.put(variable.key(), variable.type().key());
        }
        assertThat(types).isEqualTo(known);
    }

    private void follow(String page) throws Exception {
        try (Typist typist = new Typist(dir, 5432)) {
            if (Files.exists(dir.resolve("etc/gatehouse/master.key"))) {
                typist.seal("orders", dir.resolve("conf"));
            }
            for (Page.Block block : Page.read(page).blocks()) {
                switch (block.language()) {
                    case "yaml" -> typist.save(block);
                    case "console" -> typist.type(block);
                    default -> throw new AssertionError("what is " + block);
                }
            }
        }
    }

    private void key() throws Exception {
        Path key = dir.resolve("etc/gatehouse/master.key");
        assertThat(InProcess.run("", "secret", "new-key", key.toString()).status()).isZero();
        Files.writeString(
                dir.resolve("conf/gatehouse.yaml"), "master-key: {file: \"" + key + "\"}\n");
    }

    private void certificates() throws Exception {
        Path tls = Files.createDirectories(dir.resolve("conf/tls"));
        SelfSigned.readOrMake(tls, "localhost", InstantSource.system());
        Files.copy(tls.resolve("self-signed.crt"), tls.resolve("db-ca.crt"));
        Files.move(tls.resolve("self-signed.crt"), tls.resolve("server.crt"));
        Files.move(tls.resolve("self-signed.key"), tls.resolve("server.key"));
    }

    private void assertFree(String of) {
        InProcess.Answer answer =
                InProcess.run("", "config", "check", "--conf", dir.resolve("conf").toString());
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("no problems: " + of);
    }
}
