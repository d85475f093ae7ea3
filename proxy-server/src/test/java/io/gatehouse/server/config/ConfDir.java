package io.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.MasterKeyFile;
import io.gatehouse.server.secret.SecretException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration directory under test; begins as one without problems. */
final class ConfDir {
    static final String VERIFIER =
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
    static final String POLICY = "policy: 1\ndefault: allow\n";

    final Path path;
    final MasterKey key;

    ConfDir(Path path) throws IOException, SecretException {
        this.path = path;
        this.key = MasterKeyFile.create(path.resolve("master.key"));
        write("gatehouse.yaml", "master-key: {file: master.key}\n");
        write("users.yaml", "- name: ada\n  verifier: '" + VERIFIER + "'\n  groups: [staff]\n");
        write("policies/default.yaml", POLICY);
        write("connections/orders.yaml", connection("orders", "secret"));
    }

    void write(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    String connection(String name, String password) {
        return "kind: postgresql\n"
                + "host: db.example\n"
                + "database: orders\n"
                + "user: app\n"
                + "password: {sealed: '"
                + key.seal(name, password.toCharArray())
                + "'}\ngrants: {groups: [staff]}\n";
    }

    /** What is wrong with it, each with its place; there is something. */
    List<String> problems() {
        var failure = catchThrowableOfType(ConfigurationProblems.class, this::load);
        assertThat(failure).isNotNull();
        return failure.problems().stream().map(Problem::toString).toList();
    }

    /** A problem is in a file, at a line and a column, and begins with these words. */
    static void place(String problem, String expected) {
        assertThat(problem).contains("/" + expected);
    }

    Configuration load() throws ConfigurationProblems {
        return Configuration.load(path, name -> null);
    }
}
