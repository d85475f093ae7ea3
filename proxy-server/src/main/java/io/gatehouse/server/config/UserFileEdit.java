package io.gatehouse.server.config;

import io.gatehouse.server.auth.UserRecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Adds a user to {@code users.yaml} behind all others; comments and order stay. */
public final class UserFileEdit {
    private UserFileEdit() {}

    /**
     * Adds a user; the file is replaced in one step.
     *
     * @param dir the configuration directory
     * @param verifier the user's SCRAM verifier, as text
     * @throws ConfigurationProblems when the file has problems already, the name is taken or no
     *     name, or the file is written in a way that nothing can be added to
     */
    public static void add(Path dir, String name, String verifier, List<String> groups)
            throws ConfigurationProblems, IOException {
        Path file = UsersFile.in(dir);
        Report report = new Report();
        Map<String, UserRecord> before = UsersFile.read(dir, report);
        if (!UsersFile.isName(name)) {
            report.add(file, "\"" + name + "\" is no name for a user; " + UsersFile.NAMES);
        } else if (before.containsKey(name)) {
            report.add(file, "user \"" + name + "\" exists already; take the entry out first");
        }
        refuse(report);
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        String more = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        more += entry(name, verifier, groups);
        Report after = new Report();
        Map<String, UserRecord> users =
                UsersFile.read(file, YamlFile.parse(file, more, after), after);
        if (!after.isEmpty() || users.size() != before.size() + 1) {
            report.add(
                    file,
                    "nothing can be added behind what is written there; add this yourself:\n"
                            + entry(name, verifier, groups));
            refuse(report);
        }
        replace(file, more);
    }

    private static String entry(String name, String verifier, List<String> groups) {
        StringBuilder entry = new StringBuilder();
        entry.append("- name: ").append(quoted(name)).append('\n');
        entry.append("  verifier: ").append(quoted(verifier)).append('\n');
        if (!groups.isEmpty()) {
            List<String> quoted = groups.stream().map(UserFileEdit::quoted).toList();
            entry.append("  groups: [").append(String.join(", ", quoted)).append("]\n");
        }
        return entry.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static void refuse(Report report) throws ConfigurationProblems {
        if (!report.isEmpty()) {
            throw report.asException();
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(".users.yaml.new");
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
