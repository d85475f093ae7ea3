package io.gatehouse.server.config;

import static io.gatehouse.server.config.ConfDir.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.config.ServerSettings.Audit;
import io.gatehouse.server.config.ServerSettings.PlainText;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.kind.Encryption;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

final class ConfigurationTest {
    @TempDir private Path dir;
    private ConfDir conf;

    @BeforeEach
    void begin() throws Exception {
        conf = new ConfDir(dir);
    }

    @Test
    void takesDefaultsWhereNothingIsSaid() throws Exception {
        Configuration read = conf.load();

        assertThat(read.server().listen().port()).isEqualTo(7432);
        assertThat(read.server().listen().plainText()).isEqualTo(PlainText.LOOPBACK);
        assertThat(read.server().admin().address()).isEqualTo("127.0.0.1");
        assertThat(read.server().admin().port()).isEqualTo(7480);
        LogicalConnection orders = read.connections().get("orders");
        assertThat(orders.name()).isEqualTo("orders");
        assertThat(orders.target().port()).isEqualTo(5432);
        assertThat(orders.target().encryption()).isEqualTo(Encryption.VERIFY);
        assertThat(orders.pool()).isEqualTo(PoolSettings.DEFAULT);
        assertThat(orders.password().reveal()).isEqualTo("secret".toCharArray());
        assertThat(orders.grants().permits(new Principal("eve", Set.of()))).isFalse();
        assertThat(orders.grants().permits(new Principal("ada", Set.of("staff")))).isTrue();
        assertThat(read.users().get("ada").groups()).containsExactly("staff");
    }

    private static ServerSettings.Limits limits() {
        return new ServerSettings.Limits(
                5,
                4,
                3,
                Duration.ofSeconds(3),
                20480,
                1 << 20,
                2 << 20,
                128 << 10,
                2L << 30,
                Duration.ofSeconds(7),
                20,
                5 << 20,
                6 << 20,
                7 << 10);
    }

    @Test
    void readsEverythingThatCanBeSaid() throws Exception {
        conf.write(
                "gatehouse.yaml",
                """
                listen: {address: 0.0.0.0, port: 6000, plain-text: never}
                admin: {enabled: true, address: 10.0.0.1, port: 6001, allow-remote: true}
                limits: {clients: 5, clients-per-user: 4, logins-per-address: 3, login-timeout: 3s,
                  login-frame: 20KiB, frame: 1MiB, row: 2MiB, approvals: 20, policy-cache: 5MiB,
                  result-cache: 6MiB, result-cache-entry: 7KiB,
                  whole-value: 128KiB, streamed-value: 2GiB, streamed-pause: 7s}
                timeouts: {statement: 1m, idle-in-transaction: 2m, cancel-grace: 3s}
                audit: {to: file, file: logs/a.jsonl, rotate: 1MiB, keep: 3, text: as-sent}
                master-key: {file: master.key}
                drain: 5s
                """);
        conf.write(
                "connections/other.yaml",
                """
                name: orders.eu
                kind: mysql
                host: localhost
                port: 3307
                database: shop
                user: app
                password: {none: true}
                tls: require
                properties: {connectionAttributes: none}
                pool: {size: 3, waiting: 4, wait: 250ms, connect-timeout: 1s, max-lifetime: 1h, idle-timeout: 0,
                  keep-for-owner: 100ms, per-user: {connections: 2, waiting: 1}, slow: {connections: 1, after: 300ms}}
                timeouts: {statement: 10s}
                grants: {users: [ada], groups: [a, b]}
                labels: [eu]
                """);

        Configuration read = conf.load();

        assertThat(read.server().limits()).isEqualTo(limits());
        assertThat(read.server().audit())
                .isEqualTo(new Audit.File(true, dir.resolve("logs/a.jsonl"), 1 << 20, 3));
        LogicalConnection other = read.connections().get("orders.eu");
        assertThat(other.target().encryption()).isEqualTo(Encryption.REQUIRE);
        assertThat(other.target().properties()).containsEntry("connectionAttributes", "none");
        assertThat(other.pool())
                .isEqualTo(
                        new PoolSettings(
                                3,
                                4,
                                Duration.ofMillis(250),
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                Duration.ZERO,
                                Duration.ofMillis(100),
                                new PoolSettings.PerUser(2, 1),
                                new PoolSettings.Slow(1, Duration.ofMillis(300))));
        assertThat(other.timeouts().statement()).isEqualTo(Duration.ofSeconds(10));
        assertThat(other.timeouts().idleInTransaction()).isEqualTo(Duration.ofMinutes(2));
        assertThat(other.labels()).containsExactly("eu");
    }

    @Test
    void namesEveryProblemOfEveryFileWithItsPlace() throws Exception {
        conf.write("gatehouse.yaml", "listen:\n  prot: 1\n  port: 70000\ndrain: soon\nlimits: 5\n");
        conf.write(
                "users.yaml",
                "- name: ada\n  verifier: '"
                        + ConfDir.VERIFIER
                        + "'\n- name: ada\n  verifier: hunter2\n");
        conf.write(
                "connections/bad.yaml",
                "kind: oracel\nhost: h\nhost: i\ndatabase: d\nuser: u\npassword: hunter2\n");
        conf.write("policies/default.yaml", "policy: 1\nruls: []\n");

        List<String> problems = conf.problems();

        assertThat(problems)
                .anySatisfy(p -> place(p, "gatehouse.yaml:2:3: unknown key \"prot\""))
                .anySatisfy(p -> place(p, "gatehouse.yaml:3:9: 70000 is out of range: 0 to 65535"))
                .anySatisfy(p -> place(p, "gatehouse.yaml:4:8: \"soon\" is not a duration"))
                .anySatisfy(p -> place(p, "gatehouse.yaml:5:9: expected keys with values"))
                .anySatisfy(p -> place(p, "users.yaml:4:13: this is no SCRAM-SHA-256 verifier"))
                .anySatisfy(p ->
                        place(p, "bad.yaml:1:7: unknown kind \"oracel\"; known are postgresql"))
                .anySatisfy(p -> place(p, "bad.yaml:3:1: duplicate key \"host\", first on line 2"))
                .anySatisfy(p -> place(p, "bad.yaml:6:11: a password is never written in clear"))
                .anySatisfy(p -> assertThat(p).contains("default.yaml:2:"));
        assertThat(String.join("\n", problems)).doesNotContain("hunter2");
    }

    @Test
    void namesBoundsThatDoNotFitTogether() throws Exception {
        conf.write(
                "gatehouse.yaml",
                "master-key: {file: master.key}\nlimits: {clients-per-user: 0}\n");
        conf.write(
                "users.yaml",
                "- name: ada\n  verifier: '" + ConfDir.VERIFIER + "'\n  clients: 0\n");
        conf.write(
                "connections/orders.yaml",
                """
                pool:
                  size: 4
                  waiting: 10
                  per-user: {connections: 5, waiting: 11, sise: 1}
                  slow: {connections: 5, after: 1ms}
                """
                        + conf.connection("orders", "x"));

        assertThat(conf.problems())
                .anySatisfy(p -> place(p, "gatehouse.yaml:2:28: 0 is out of range: 1 to 1000000"))
                .anySatisfy(p -> place(p, "users.yaml:3:12: 0 is out of range: 1 to 1000000"))
                .anySatisfy(p -> place(p, "orders.yaml:4:27: 5 is out of range: 1 to 4"))
                .anySatisfy(p -> place(p, "orders.yaml:4:39: 11 is out of range: 1 to 10"))
                .anySatisfy(p -> place(p, "orders.yaml:4:43: unknown key \"sise\""))
                .anySatisfy(p -> place(p, "orders.yaml:5:23: 5 is out of range: 1 to 4"))
                .anySatisfy(p -> place(p, "orders.yaml:5:33: 1ms is out of range: 10ms to 1h"))
                .hasSize(7);
    }

    /** Spans name users and hold statements. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    http://127.0.0.1:4318/v1/traces,               -
                    https://collector.example.com/v1/traces,       -
                    http://collector.example.com:4318/v1/traces,   leave this machine by https
                    collector.example.com,                         is not an address
                    ftp://collector.example.com/v1,                is not an address
                    https://me:secret@collector.example.com/v1,    is not an address
                    """)
    void sendsSpansNowhereInTheClear(String collector, @Nullable String problem) throws Exception {
        String traces = "master-key: {file: master.key}\ntraces: {otlp: '" + collector + "'%s}\n";
        conf.write("gatehouse.yaml", traces.formatted(""));
        if (problem == null) {
            assertThat(conf.load().server().traces().collector()).contains(URI.create(collector));
            return;
        }
        assertThat(conf.problems())
                .singleElement()
                .satisfies(p -> {
                    assertThat(p).contains("gatehouse.yaml:2:").contains(problem);
                    assertThat(p).doesNotContain("secret");
                });
        if (collector.startsWith("http:")) {
            conf.write("gatehouse.yaml", traces.formatted(", accept-plain-text: true"));
            assertThat(conf.load().server().traces().collector()).isPresent();
        }
    }

    @Test
    void readsTheLimitOfAUser() throws Exception {
        assertThat(conf.load().users().get("ada").clients()).isZero();
        assertThat(conf.load().server().limits().clientsPerUser()).isEqualTo(10_000);
        conf.write(
                "users.yaml",
                "- name: ada\n  verifier: '" + ConfDir.VERIFIER + "'\n  clients: 7\n");
        assertThat(conf.load().users().get("ada").clients()).isEqualTo(7);
    }

    @Test
    void refusesDuplicateNames() throws Exception {
        String user = "- name: ada\n  verifier: '" + ConfDir.VERIFIER + "'\n";
        conf.write("users.yaml", user + user);
        conf.write("connections/second.yaml", "name: orders\n" + conf.connection("orders", "x"));

        assertThat(conf.problems())
                .anySatisfy(p -> place(p, "users.yaml:3:9: duplicate user \"ada\""))
                .anySatisfy(p -> place(p, "second.yaml:1:1: duplicate connection \"orders\""))
                .hasSize(2);
    }

    @Test
    void saysHowToSealAMissingPassword() throws Exception {
        conf.write("connections/orders.yaml", "kind: postgresql\nhost: h\ndatabase: d\nuser: u\n");

        assertThat(conf.problems())
                .singleElement()
                .satisfies(
                        p -> place(p, "orders.yaml:1:1: \"password\" is missing; seal it: bin/"));
    }

    @Test
    void refusesASealedPasswordOfAnotherConnection() throws Exception {
        conf.write("connections/copy.yaml", conf.connection("orders", "secret"));

        assertThat(conf.problems())
                .singleElement()
                .satisfies(p -> place(p, "copy.yaml:5:20: the sealed password does not open"));
    }

    @Test
    void namesAMissingMasterKeyOnlyWhereItIsNeeded() throws Exception {
        conf.write("gatehouse.yaml", "master-key: {environment: GH_KEY}\n");
        assertThat(conf.problems())
                .singleElement()
                .satisfies(
                        p -> place(p, "orders.yaml:5:20: there is no master key in environment"));

        Files.delete(dir.resolve("connections/orders.yaml"));
        assertThat(conf.load().connections()).isEmpty();
    }

    @Test
    void readsTheMasterKeyFromTheEnvironment() throws Exception {
        conf.write("gatehouse.yaml", "master-key: {environment: GH_KEY}\n");
        String key = Files.readString(dir.resolve("master.key"));

        Configuration read = Configuration.load(dir, name -> name.equals("GH_KEY") ? key : null);

        assertThat(read.connections()).containsKey("orders");
    }

    @Test
    void refusesPlainTextToADatabaseElsewhere() throws Exception {
        conf.write("connections/orders.yaml", conf.connection("orders", "x") + "tls: off\n");
        assertThat(conf.problems())
                .singleElement()
                .satisfies(p -> place(p, "orders.yaml:7:6: the database is not on this machine"));

        conf.write(
                "connections/orders.yaml",
                conf.connection("orders", "x") + "tls: {mode: off, accept-plain-text: true}\n");
        assertThat(conf.load().connections().get("orders").target().encryption())
                .isEqualTo(Encryption.OFF);
    }

    @Test
    void refusesCredentialsAmongProperties() throws Exception {
        conf.write(
                "connections/orders.yaml",
                conf.connection("orders", "x") + "properties: {sslPassword: hunter2}\n");

        assertThat(conf.problems())
                .singleElement()
                .satisfies(p -> assertThat(p).contains("sslPassword").doesNotContain("hunter2"));
    }

    @Test
    void refusesAnOpenAdminPort() throws Exception {
        conf.write("gatehouse.yaml", "master-key: {file: master.key}\nadmin: {address: 0.0.0.0}\n");

        assertThat(conf.problems())
                .singleElement()
                .satisfies(
                        p -> place(p, "gatehouse.yaml:2:18: the admin port asks for no password"));
    }

    @Test
    void namesThePlaceOfTextThatIsNotYaml() throws Exception {
        conf.write("users.yaml", "- name: ada\n  verifier: 'open\n");

        assertThat(conf.problems())
                .singleElement()
                .satisfies(p -> assertThat(p).contains("users.yaml:"));
    }

    @Test
    void needsADirectoryAndAPolicy() throws Exception {
        Files.delete(dir.resolve("policies/default.yaml"));
        assertThat(conf.problems())
                .singleElement()
                .satisfies(p -> assertThat(p).contains("no policy"));

        var failure =
                catchThrowableOfType(
                        ConfigurationProblems.class,
                        () -> Configuration.load(dir.resolve("none"), name -> null));
        assertThat(failure).hasMessageContaining("no such directory");
    }

    @Test
    void theConfigurationOfTheRepositoryHasNoProblems() throws Exception {
        Path delivered = Path.of("..", "conf").toAbsolutePath().normalize();

        assertThat(Configuration.load(delivered, name -> null).server().listen().port())
                .isEqualTo(7432);
    }
}
