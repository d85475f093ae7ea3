package io.gatehouse.server.config;

import io.gatehouse.server.directory.Grants;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.kind.Encryption;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.secret.Secret;
import io.gatehouse.server.secret.SecretException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one file of {@code connections/}: one logical connection. */
final class ConnectionFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
    private static final Secret NONE = Secret.of(new char[0]);
    private static final Map<String, Encryption> ENCRYPTIONS =
            Map.of(
                    "off",
                    Encryption.OFF,
                    "require",
                    Encryption.REQUIRE,
                    "verify",
                    Encryption.VERIFY);

    private final Path file;
    private final Section root;
    private final KeyRing keys;

    private ConnectionFile(Path file, Section root, KeyRing keys) {
        this.file = file;
        this.root = root;
        this.keys = keys;
    }

    /**
     * Reads a file.
     *
     * @param timeouts what holds where the file says nothing
     * @return null where the kind is unknown; then, and for every other problem, the report says so
     */
    static @Nullable LogicalConnection read(
            Path file, Timeouts timeouts, KeyRing keys, Report report) {
        Section root = Section.of(file, YamlFile.read(file, report), report);
        return new ConnectionFile(file, root, keys).read(timeouts);
    }

    /** The name that a file gives when it says none itself. */
    static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    }

    private @Nullable LogicalConnection read(Timeouts otherwise) {
        String name = root.text("name", nameOf(file));
        if (!NAME.matcher(name).matches()) {
            root.problem(
                    "name", "a name has up to 63 letters, digits, dots, dashes and underscores");
        }
        Kind kind = kind();
        Target target = target(kind);
        String user = "";
        Secret password = NONE;
        if (kind == null || kind.hasCredentials()) {
            user = root.required("user");
            password = password(name);
        } else if (root.has("user") || root.has("password")) {
            root.problem("user", "kind " + kind.name() + " takes neither user nor password");
        }
        PoolSettings pool = pool();
        Section times = root.section("timeouts");
        Timeouts timeouts = ServerFile.timeouts(times, otherwise);
        times.end();
        Section grants = root.section("grants");
        Grants granted = new Grants(grants.words("users"), grants.words("groups"));
        grants.end();
        var labels = root.words("labels");
        Section replicas = root.section("replicas");
        LogicalConnection alone =
                kind == null
                        ? null
                        : new LogicalConnection(
                                name, kind, target, user, password, pool, timeouts, granted,
                                labels);
        Replicas found = alone == null ? Replicas.NONE : replicas(replicas, alone);
        root.end();
        return alone == null ? null : alone.with(found);
    }

    private Replicas replicas(Section section, LogicalConnection primary) {
        Duration sticky =
                section.duration(
                        "sticky-after-write", Replicas.STICKY, Duration.ZERO, Duration.ofHours(1));
        List<Section> items = section.sections("servers");
        List<LogicalConnection> servers = new ArrayList<>();
        for (Section item : items) {
            LogicalConnection server =
                    new ConnectionFile(file, item, keys).replica(primary, servers.size() + 1);
            boolean twice = servers.stream().anyMatch(other -> samePlace(other, server));
            if (twice || samePlace(primary, server)) {
                item.problem("host", "the connection has this server already");
            }
            servers.add(server);
        }
        section.end();
        if (servers.isEmpty() && root.has("replicas")) {
            root.problem("replicas", "name the servers: servers: [{host: ...}]");
        }
        return new Replicas(sticky, servers);
    }

    private static boolean samePlace(LogicalConnection one, LogicalConnection other) {
        Target a = one.target();
        Target b = other.target();
        return a.host().equalsIgnoreCase(b.host())
                && a.port() == b.port()
                && a.database().equals(b.database());
    }

    /** A replica is as its primary is, but for what its section says. */
    private LogicalConnection replica(LogicalConnection primary, int number) {
        Kind kind = primary.kind();
        Target of = primary.target();
        String host = of.host().isEmpty() ? root.text("host", "") : root.required("host");
        int port = root.integer("port", of.port(), 1, 65535);
        String database = root.text("database", of.database());
        Target target =
                new Target(
                        host,
                        port,
                        database,
                        of.properties(),
                        of.encryption(),
                        of.rootCertificate());
        if (root.has("tls")) {
            target = encrypted(host, port, database, of.properties());
        } else if (of.encryption() == Encryption.OFF && near(of.host()) && !near(host)) {
            root.problem(
                    "host",
                    "the replica is not on this machine: say how the way there is encrypted, as"
                            + " tls: verify");
        }
        checkUrl(kind, target);
        String user = primary.backendUser();
        Secret password = primary.password();
        if (kind.hasCredentials()) {
            user = root.text("user", user);
            password = root.has("password") ? password(primary.name()) : password;
        } else if (root.has("user") || root.has("password")) {
            root.problem("user", "kind " + kind.name() + " takes neither user nor password");
        }
        root.end();
        return new LogicalConnection(
                Replicas.name(primary.name(), number),
                kind,
                target,
                user,
                password,
                primary.pool(),
                primary.timeouts(),
                primary.grants(),
                primary.labels());
    }

    private static boolean near(String host) {
        return host.isEmpty() || ServerFile.isLoopback(host);
    }

    private void checkUrl(Kind kind, Target target) {
        try {
            kind.url(target);
        } catch (IllegalArgumentException e) {
            root.problem("database", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Kind kind() {
        String name = root.required("kind");
        Kind kind = Kinds.find(name).orElse(null);
        if (kind == null && !name.isBlank()) {
            root.problem(
                    "kind",
                    "unknown kind \"" + name + "\"; known are " + String.join(", ", Kinds.names()));
        }
        return kind;
    }

    private Target target(@Nullable Kind kind) {
        String host = root.text("host", "");
        boolean hostMissing = kind != null && host.isBlank() && needsHost(kind);
        if (hostMissing) {
            root.problem("host", "\"host\" is missing");
        }
        int port = root.integer("port", kind == null ? 0 : kind.defaultPort(), 1, 65535);
        String database = root.required("database");
        Map<String, String> properties = root.free("properties");
        for (String key : properties.keySet()) {
            String lower = key.toLowerCase(Locale.ROOT);
            if (lower.contains("password") || lower.equals("user")) {
                root.problem(
                        "properties",
                        "property \""
                                + key
                                + "\" is not taken: credentials go under user and password");
            }
        }
        Target target = encrypted(host, host.isEmpty() ? 0 : port, database, properties);
        if (kind != null && !hostMissing) {
            checkUrl(kind, target);
        }
        return target;
    }

    private Target encrypted(
            String host, int port, String database, Map<String, String> properties) {
        boolean near = near(host);
        Encryption otherwise = near ? Encryption.OFF : Encryption.VERIFY;
        if (root.isWord("tls")) {
            Encryption chosen = root.choice("tls", ENCRYPTIONS, otherwise);
            refusePlain("tls", chosen, near);
            return new Target(host, port, database, properties, chosen, "");
        }
        Section tls = root.section("tls");
        Encryption chosen = tls.choice("mode", ENCRYPTIONS, otherwise);
        refusePlain("tls", chosen, near || tls.flag("accept-plain-text", false));
        String authorities = tls.text("root-certificate", "");
        if (!authorities.isEmpty()) {
            Path path = file.resolveSibling("..").resolve(authorities).normalize();
            authorities = path.toString();
            if (!Files.isReadable(path)) {
                tls.problem(
                        "root-certificate",
                        "the file " + path + " does not exist or cannot be read");
            }
        }
        tls.end();
        return new Target(host, port, database, properties, chosen, authorities);
    }

    private void refusePlain(String key, Encryption chosen, boolean accepted) {
        if (chosen == Encryption.OFF && !accepted) {
            root.problem(
                    key,
                    "the database is not on this machine: use verify or require, or write"
                            + " {mode: off, accept-plain-text: true}");
        }
    }

    private Secret password(String name) {
        String way =
                "seal it: bin/gatehouse secret seal --connection "
                        + name
                        + ", and write the result as"
                        + " password: {sealed: \"gh1:...\"}";
        if (!root.has("password")) {
            root.problem("password", "\"password\" is missing; " + way);
            return NONE;
        }
        if (root.isWord("password")) {
            root.problem("password", "a password is never written in clear; " + way);
            return NONE;
        }
        Section section = root.section("password");
        String sealed = section.text("sealed", "");
        boolean none = section.flag("none", false);
        section.end();
        if (none == !sealed.isEmpty()) {
            root.problem("password", "write either sealed: \"gh1:...\" or none: true; " + way);
            return NONE;
        }
        if (none) {
            return NONE;
        }
        try {
            return keys.open(name, sealed);
        } catch (SecretException e) {
            section.problem("sealed", String.valueOf(e.getMessage()));
            return NONE;
        }
    }

    private PoolSettings pool() {
        PoolSettings otherwise = PoolSettings.DEFAULT;
        Duration day = Duration.ofDays(1);
        Duration least = Duration.ofMillis(1);
        Section section = root.section("pool");
        int size = section.integer("size", otherwise.size(), 1, 10_000);
        int waiting = section.integer("waiting", otherwise.waiting(), 0, 1_000_000);
        PoolSettings pool =
                new PoolSettings(
                        size,
                        waiting,
                        section.duration("wait", otherwise.patience(), least, Duration.ofHours(1)),
                        section.duration(
                                "connect-timeout",
                                otherwise.connectTimeout(),
                                Duration.ofMillis(250),
                                Duration.ofMinutes(10)),
                        section.duration(
                                "max-lifetime", otherwise.maxLifetime(), Duration.ZERO, day),
                        section.duration(
                                "idle-timeout", otherwise.idleTimeout(), Duration.ZERO, day),
                        section.duration(
                                "keep-for-owner",
                                otherwise.keepForOwner(),
                                Duration.ZERO,
                                Duration.ofMinutes(1)),
                        perUser(section.section("per-user"), size, waiting),
                        slow(section.section("slow"), size));
        section.end();
        return pool;
    }

    /** Zero stands for what is not said, and is not taken where it is. */
    private static PoolSettings.PerUser perUser(Section section, int size, int waiting) {
        PoolSettings.PerUser perUser =
                new PoolSettings.PerUser(
                        section.integer("connections", 0, 1, size),
                        section.integer("waiting", 0, 1, Math.max(1, waiting)));
        section.end();
        return perUser;
    }

    private static PoolSettings.Slow slow(Section section, int size) {
        PoolSettings.Slow slow =
                new PoolSettings.Slow(
                        section.integer("connections", 0, 1, size),
                        section.duration(
                                "after",
                                PoolSettings.Slow.DEFAULT.after(),
                                Duration.ofMillis(10),
                                Duration.ofHours(1)));
        section.end();
        return slow;
    }

    /** Whether the kind's URL always names a host: one without shows an empty authority then. */
    private static boolean needsHost(Kind kind) {
        return kind.url(Target.of("", 0, "d")).contains("//:");
    }
}
