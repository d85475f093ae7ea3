package io.gatehouse.server.config;

import io.gatehouse.server.config.ServerSettings.Admin;
import io.gatehouse.server.config.ServerSettings.Audit;
import io.gatehouse.server.config.ServerSettings.CertificateFiles;
import io.gatehouse.server.config.ServerSettings.Limits;
import io.gatehouse.server.config.ServerSettings.Listen;
import io.gatehouse.server.config.ServerSettings.PlainText;
import io.gatehouse.server.config.ServerSettings.Threads;
import io.gatehouse.server.config.ServerSettings.Traces;
import io.gatehouse.server.directory.Timeouts;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads {@code gatehouse.yaml}. */
final class ServerFile {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int GIB = 1024 * MIB;
    private static final Duration DAY = Duration.ofDays(1);

    private final Path dir;
    private final Section root;

    private ServerFile(Path dir, Section root) {
        this.dir = dir;
        this.root = root;
    }

    /**
     * @param timeouts what connections have that say nothing themselves
     * @param masterKey where the master key is, or null where the file names none
     */
    record Read(ServerSettings settings, Timeouts timeouts, @Nullable MasterKeySource masterKey) {}

    static Read read(Path dir, Report report) {
        Path path = dir.resolve("gatehouse.yaml");
        Node node = YamlFile.read(path, report);
        Section root = Section.of(path, node, report);
        ServerFile file = new ServerFile(dir, root);
        ServerSettings settings =
                new ServerSettings(
                        file.listen(),
                        file.admin(),
                        file.limits(),
                        file.audit(),
                        file.traces(),
                        file.threads(),
                        root.duration("drain", Duration.ofSeconds(30), Duration.ZERO, DAY));
        Section times = root.section("timeouts");
        Timeouts timeouts = timeouts(times, Timeouts.DEFAULT);
        times.end();
        MasterKeySource key = file.masterKey();
        root.end();
        return new Read(settings, timeouts, key);
    }

    static Timeouts timeouts(Section section, Timeouts otherwise) {
        return new Timeouts(
                section.duration("statement", otherwise.statement(), Duration.ZERO, DAY),
                section.duration(
                        "idle-in-transaction", otherwise.idleInTransaction(), Duration.ZERO, DAY),
                section.duration(
                        "cancel-grace",
                        otherwise.cancelGrace(),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10)));
    }

    private Listen listen() {
        Section section = root.section("listen");
        Map<String, PlainText> plain =
                Map.of(
                        "never", PlainText.NEVER,
                        "loopback", PlainText.LOOPBACK,
                        "everywhere", PlainText.EVERYWHERE);
        Section tls = section.section("tls");
        Optional<CertificateFiles> certificate = Optional.empty();
        if (tls.has("certificate") || tls.has("key")) {
            certificate =
                    Optional.of(new CertificateFiles(file(tls, "certificate"), file(tls, "key")));
        }
        tls.end();
        Listen listen =
                new Listen(
                        section.text("address", "127.0.0.1"),
                        section.integer("port", 7432, 0, 65535),
                        section.choice("plain-text", plain, PlainText.LOOPBACK),
                        certificate);
        section.end();
        return listen;
    }

    private Admin admin() {
        Section section = root.section("admin");
        Admin admin =
                new Admin(
                        section.flag("enabled", true),
                        section.text("address", "127.0.0.1"),
                        section.integer("port", 7480, 0, 65535),
                        section.flag("allow-remote", false));
        if (admin.enabled() && !admin.allowRemote() && !isLoopback(admin.address())) {
            section.problem(
                    "address",
                    "the admin port asks for no password, so it listens on loopback only; set"
                            + " admin.allow-remote: true if the network in front of it is trusted");
        }
        section.end();
        return admin;
    }

    private Limits limits() {
        Section section = root.section("limits");
        int clients = section.integer("clients", 10_000, 1, 1_000_000);
        Limits limits =
                new Limits(
                        clients,
                        section.integer("clients-per-user", clients, 1, 1_000_000),
                        section.integer("logins-per-address", 1_000, 1, 1_000_000),
                        section.duration(
                                "login-timeout",
                                Duration.ofSeconds(10),
                                Duration.ofMillis(100),
                                Duration.ofMinutes(10)),
                        (int) section.size("login-frame", 10 * KIB, KIB, MIB),
                        (int) section.size("frame", 64 * MIB, 64 * KIB, 1024 * MIB),
                        (int) section.size("row", 64 * MIB, 64 * KIB, 1024 * MIB),
                        (int) section.size("whole-value", MIB, 64 * KIB, 64 * MIB),
                        section.size("streamed-value", 4L * GIB, MIB, 1024L * GIB),
                        section.duration(
                                "streamed-pause",
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(1),
                                Duration.ofHours(1)),
                        section.integer("approvals", 1_000, 10, 100_000),
                        section.size("policy-cache", 64 * MIB, MIB, 16L * GIB),
                        section.size("result-cache", 64 * MIB, 0, 64L * GIB),
                        (int) section.size("result-cache-entry", MIB, KIB, 64 * MIB));
        section.end();
        return limits;
    }

    private Audit audit() {
        Section section = root.section("audit");
        boolean toFile = section.choice("to", Map.of("file", true, "stdout", false), true);
        Path file = dir.resolve(section.text("file", "../var/audit.jsonl")).normalize();
        long rotate = section.size("rotate", 100L * MIB, 64 * KIB, 100L * 1024 * MIB);
        int keep = section.integer("keep", 10, 1, 10_000);
        boolean literals =
                section.choice("text", Map.of("without-literals", false, "as-sent", true), false);
        section.end();
        return toFile
                ? new Audit.File(literals, file, rotate, keep)
                : new Audit.StandardOutput(literals);
    }

    private Traces traces() {
        Section section = root.section("traces");
        String text = section.text("otlp", "");
        boolean plainText = section.flag("accept-plain-text", false);
        section.end();
        if (text.isEmpty()) {
            return new Traces(Optional.empty());
        }
        Optional<URI> collector = web(text);
        if (collector.isEmpty()) {
            section.problem(
                    "otlp", "this is not an address such as http://127.0.0.1:4318/v1/traces");
        } else if (!plainText
                && collector.get().getScheme().equals("http")
                && !isLoopback(collector.get().getHost())) {
            section.problem(
                    "otlp",
                    "spans hold names of users and texts of statements, so they leave this machine"
                            + " by https only; set traces.accept-plain-text: true if the network"
                            + " on the way is trusted");
        }
        return new Traces(collector);
    }

    /** An address of the web, without a user or password that would show in logs. */
    private static Optional<URI> web(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Threads threads() {
        Section section = root.section("threads");
        Threads threads =
                new Threads(
                        section.integer("event-loops", 0, 0, 1_024),
                        section.duration(
                                "busy-poll",
                                Duration.ofNanos(200_000),
                                Duration.ZERO,
                                Duration.ofMillis(10)));
        section.end();
        return threads;
    }

    private @Nullable MasterKeySource masterKey() {
        if (!root.has("master-key")) {
            return null;
        }
        Section section = root.section("master-key");
        String file = section.text("file", "");
        String variable = section.text("environment", "");
        section.end();
        if (file.isEmpty() == variable.isEmpty()) {
            root.problem(
                    "master-key", "name either a file or an environment variable, one of them");
            return null;
        }
        return file.isEmpty()
                ? new MasterKeySource.Variable(variable)
                : new MasterKeySource.File(dir.resolve(file).normalize());
    }

    private Path file(Section section, String key) {
        String text = section.required(key);
        Path path = dir.resolve(text).normalize();
        if (!text.isBlank() && !Files.isReadable(path)) {
            section.problem(key, "the file " + path + " does not exist or cannot be read");
        }
        return path;
    }

    /** Whether an address is this machine's own, seen by nobody else. Asks no name server. */
    static boolean isLoopback(String address) {
        if (address.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
