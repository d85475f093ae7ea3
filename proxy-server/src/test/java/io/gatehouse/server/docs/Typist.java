package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.boot.InProcess;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.tools.ToolProvider;

/**
 * Types what the tutorial shows into a directory of its own and compares the answers. Ports are
 * free ones instead of those that are shown; what is made at random is not compared.
 */
final class Typist implements AutoCloseable {
    static final String PASSWORD = "my-own-password";
    private static final String BACKEND_PASSWORD = "backend-secret";

    private final Path dir;
    private final int backendPort;
    private @Nullable InProcess broker;
    private String sealed = "";

    Typist(Path dir, int backendPort) {
        this.dir = dir;
        this.backendPort = backendPort;
    }

    /** Writes the file that a block shows. */
    void save(Page.Block block) throws IOException {
        String text =
                block.text()
                        .replaceAll("gh1:[^\"]+", sealed)
                        .replaceAll("port: 74..", "port: 0")
                        .replace("port: 5432", "port: " + backendPort)
                        .replace("/etc/gatehouse", dir + "/etc/gatehouse");
        if (broker != null) {
            text = text.replace(":7432", ":" + broker.port());
        }
        Path file = dir.resolve(block.name());
        assertThat(file.getParent()).as(block.name()).isDirectory();
        Files.writeString(file, text);
    }

    /** Makes the sealed value that stands in for those in files that are saved from now on. */
    void seal(String connection, Path conf) {
        InProcess.Answer answer =
                InProcess.run(
                        BACKEND_PASSWORD + "\n",
                        "secret",
                        "seal",
                        "--connection",
                        connection,
                        "--conf",
                        conf.toString());
        assertThat(answer.status()).as(answer.err()).isZero();
        sealed = answer.out().strip();
    }

    /** Types each line behind a prompt and compares what follows it. */
    void type(Page.Block block) throws Exception {
        String command = "";
        List<String> shown = new ArrayList<>();
        for (String line : (block.text() + "$ ").lines().toList()) {
            if (line.startsWith("$ ")) {
                if (!command.isEmpty()) {
                    run(command, shown);
                }
                command = line.substring(2);
                shown.clear();
            } else if (!line.startsWith("Password")) {
                shown.add(line);
            }
        }
    }

    private void run(String command, List<String> shown) throws Exception {
        String[] words = command.split(" ");
        switch (words[0]) {
            case "mkdir" -> Files.createDirectory(dir.resolve(words[1]));
            case "cp" -> copy(Page.root().resolve(words[2]), dir.resolve(words[3]));
            case "bin/gatehouse" -> gatehouse(words, shown);
            case "psql" -> Psql.type(open().port(), PASSWORD, shown);
            case "java" -> java(words[3], shown);
            case "curl" -> curl(words, shown);
            case "tail", "grep" -> audit(words, shown);
            default -> throw new AssertionError("nobody knows how to type " + command);
        }
    }

    private InProcess open() {
        InProcess known = broker;
        assertThat(known).as("the broker serves by now").isNotNull();
        if (known == null) {
            throw new AssertionError("no broker");
        }
        return known;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private void gatehouse(String[] words, List<String> shown) throws Exception {
        if (words[1].equals("serve")) {
            broker = InProcess.serve(dir.resolve(words[3]));
            assertThat(shown).hasSize(1);
            assertThat(plain(shown.get(0))).endsWith(plain(open().summary()));
            return;
        }
        String[] arguments = Arrays.stream(words).skip(1).map(this::place).toArray(String[]::new);
        String secret = words[1].equals("secret") ? BACKEND_PASSWORD : PASSWORD;
        InProcess.Answer answer = InProcess.run(secret + "\n", arguments);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.status()).isZero();
        String out = answer.out().replace(dir + "/etc", "/etc").replace(dir + "/", "");
        assertThat(plain(out)).isEqualTo(plain(String.join("\n", shown)));
        if (out.startsWith("gh1:")) {
            sealed = out.strip();
        }
    }

    /** Where a path that is shown is here; other words stay. */
    private String place(String word) {
        boolean path = word.matches("(first|conf|/etc/gatehouse)(/.*)?");
        return path ? dir.resolve(word.replaceFirst("^/", "")).toString() : word;
    }

    /** Without what differs from run to run. */
    private static String plain(String text) {
        return text.replaceAll("gh1:\\S+", "SEALED")
                .replaceAll("policy [0-9a-f]{12}", "policy VERSION")
                .replaceAll("key [0-9a-f]{8}", "key ID")
                .strip();
    }

    private void java(String file, List<String> shown) throws Exception {
        Path source = dir.resolve(file);
        Path classes = Files.createDirectories(dir.resolve("classes"));
        int compiled =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(compiled).isZero();
        PrintStream before = System.out;
        var out = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new java.net.URL[] {uri(classes)})) {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            String name = file.replaceAll(".*/|\\.java$", "");
            Method main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList()).isEqualTo(shown);
    }

    private static java.net.URL uri(Path folder) throws IOException {
        return folder.toUri().toURL();
    }

    private void curl(String[] words, List<String> shown) throws Exception {
        URI uri = URI.create(words[2].replace(":7480", ":" + open().adminPort()));
        String body =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body();
        if (words.length > 3) {
            // Piped into grep: each line that is shown is among them, apart from its figure.
            for (String line : shown) {
                String name = line.substring(0, line.lastIndexOf(' '));
                assertThat(body).contains(name).contains(words[5]);
            }
        } else {
            // A statement may arrive while the last one's connection is being cleaned up.
            assertThat(body.strip().replace("\"open\":2,", "\"open\":1,"))
                    .isEqualTo(String.join("\n", shown));
        }
    }

    private void audit(String[] words, List<String> shown) throws Exception {
        Path file = dir.resolve(words[words.length - 1]);
        List<String> expected = shown.stream().map(AuditFile::plain).toList();
        // Written in the background; stopping would flush it, but the tutorial goes on.
        List<String> lines = AuditFile.await(file, all -> picked(words[0], all).equals(expected));
        assertThat(picked(words[0], lines)).isEqualTo(expected);
    }

    private static List<String> picked(String command, List<String> lines) {
        List<String> picked =
                command.equals("tail")
                        ? lines.subList(Math.max(0, lines.size() - 1), lines.size())
                        : lines.stream().filter(l -> l.contains("\"deny\"")).toList();
        return picked.stream().map(AuditFile::plain).toList();
    }

    @Override
    public void close() {
        InProcess known = broker;
        if (known != null) {
            known.close();
            broker = null;
        }
    }
}
