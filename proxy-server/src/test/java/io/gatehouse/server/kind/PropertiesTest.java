package io.gatehouse.server.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The properties that drivers are given: known to the driver, safe, and right for each TLS mode.
 */
class PropertiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir Path folder;

    private static Kind kind(String name) {
        return Kinds.find(name).orElseThrow();
    }

    static Properties of(Kind kind, Target target) {
        Properties all = new Properties();
        all.putAll(kind.properties(target, PATIENCE));
        return all;
    }

    private static Map<String, String> of(String kind, Encryption encryption, String authorities) {
        Target target = new Target("db", 0, "d", Map.of(), encryption, authorities);
        return kind(kind).properties(target, PATIENCE);
    }

    private String authorities() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        X500Name name = new X500Name("CN=authority");
        var certificate =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                new JcaX509v3CertificateBuilder(
                                                name,
                                                BigInteger.ONE,
                                                Date.from(Instant.EPOCH),
                                                Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                                                name,
                                                pair.getPublic())
                                        .build(
                                                new JcaContentSignerBuilder("Ed25519")
                                                        .build(pair.getPrivate())));
        StringWriter text = new StringWriter();
        try (var pem = new org.bouncycastle.openssl.jcajce.JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        }
        return Files.writeString(folder.resolve("ca & more.pem"), text.toString()).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql", "mariadb", "sqlserver", "sqlite"})
    void everyPropertyIsOneThatTheDriverKnows(String name) throws Exception {
        Kind kind = kind(name);
        String host = name.equals("sqlite") ? "" : "db";
        for (Encryption encryption : Encryption.values()) {
            for (String pem : List.of("", authorities())) {
                Target target = new Target(host, 0, "d", Map.of(), encryption, pem);
                Set<String> known =
                        Arrays.stream(
                                        UrlsTest.driver(kind)
                                                .getPropertyInfo(
                                                        kind.url(target), new Properties()))
                                .map((DriverPropertyInfo info) -> info.name)
                                .collect(Collectors.toSet());
                assertThat(known).containsAll(kind.properties(target, PATIENCE).keySet());
            }
        }
    }

    @Test
    void h2RefusesSettingsThatItDoesNotKnowAndTakesOurs() throws Exception {
        Kind h2 = kind("h2");
        Target target = Target.of("", 0, "mem:properties_test");
        Properties all = of(h2, target);
        all.setProperty("user", "sa");
        all.setProperty("password", "");
        try (Connection c = UrlsTest.driver(h2).connect(h2.url(target), all);
                Statement s = c.createStatement()) {
            assertThat(c.isValid(1)).isTrue();
            s.execute("shutdown");
        }
        assertThat(all).doesNotContainKey("INIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql", "mariadb", "sqlserver", "h2", "sqlite"})
    void holdsNoCredentialAndLetsTheConfigurationHaveTheLastWord(String name) {
        Target target =
                new Target("", 0, "d", Map.of("applicationName", "mine"), Encryption.OFF, "");
        Map<String, String> all = kind(name).properties(target, PATIENCE);
        assertThat(all).containsEntry("applicationName", "mine");
        assertThat(all.keySet())
                .noneMatch(key -> key.toLowerCase(java.util.Locale.ROOT).contains("password"))
                .doesNotContain("user");
    }

    @Test
    void closesWhatReadsFilesOrRunsMoreThanWasRead() {
        assertThat(of("mysql", Encryption.OFF, ""))
                .containsEntry("allowLoadLocalInfile", "false")
                .containsEntry("allowUrlInLocalInfile", "false")
                .containsEntry("allowMultiQueries", "false")
                .doesNotContainKey("queryInterceptors")
                .doesNotContainKey("allowLoadLocalInfileInPath");
        assertThat(of("mariadb", Encryption.OFF, ""))
                .containsEntry("allowLocalInfile", "false")
                .containsEntry("allowMultiQueries", "false")
                .doesNotContainKey("initSql");
        assertThat(of("sqlserver", Encryption.OFF, "")).containsEntry("connectRetryCount", "0");
        assertThat(kind("sqlite").properties(Target.of("", 0, "x"), PATIENCE))
                .containsEntry("enable_load_extension", "false");
        assertThat(of("postgresql", Encryption.OFF, ""))
                .containsEntry("autosave", "never")
                .containsEntry("gssEncMode", "disable");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql, sslmode, disable, require, verify-full",
        "mysql, sslMode, DISABLED, REQUIRED, VERIFY_IDENTITY",
        "mariadb, sslMode, disable, trust, verify-full",
        "sqlserver, encrypt, false, true, true"
    })
    void encryptsAsToldTo(String kind, String key, String off, String require, String verify) {
        assertThat(of(kind, Encryption.OFF, "")).containsEntry(key, off);
        assertThat(of(kind, Encryption.REQUIRE, "")).containsEntry(key, require);
        assertThat(of(kind, Encryption.VERIFY, "")).containsEntry(key, verify);
        assertThat(kind("h2").url(new Target("h", 1, "d", Map.of(), Encryption.REQUIRE, "")))
                .isEqualTo("jdbc:h2:ssl://h:1/d");
    }

    @Test
    void asksForThePasswordsKeyInTheClearOnlyWhereNothingIsEncrypted() {
        for (String kind : List.of("mysql", "mariadb")) {
            assertThat(of(kind, Encryption.OFF, ""))
                    .containsEntry("allowPublicKeyRetrieval", "true");
            assertThat(of(kind, Encryption.REQUIRE, ""))
                    .doesNotContainKey("allowPublicKeyRetrieval");
            assertThat(of(kind, Encryption.VERIFY, ""))
                    .doesNotContainKey("allowPublicKeyRetrieval");
        }
    }

    @Test
    void checksTheServersCertificate() throws Exception {
        String pem = authorities();
        assertThat(of("sqlserver", Encryption.REQUIRE, ""))
                .containsEntry("trustServerCertificate", "true");
        assertThat(of("sqlserver", Encryption.VERIFY, ""))
                .containsEntry("trustServerCertificate", "false")
                .doesNotContainKey("trustStore");
        assertThat(of("postgresql", Encryption.VERIFY, ""))
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        assertThat(of("postgresql", Encryption.VERIFY, pem))
                .containsEntry("sslrootcert", pem)
                .doesNotContainKey("sslfactory");
        assertThat(of("mariadb", Encryption.VERIFY, pem)).containsEntry("serverSslCert", pem);
        assertThat(of("mysql", Encryption.VERIFY, pem))
                .containsEntry("fallbackToSystemTrustStore", "false");
    }

    @Test
    void makesKeyStoresOfTheAuthoritiesForDriversThatReadNoPem() throws Exception {
        String pem = authorities();
        Map<String, String> mysql = of("mysql", Encryption.VERIFY, pem);
        Map<String, String> sqlServer = of("sqlserver", Encryption.VERIFY, pem);
        Path store = Path.of(URI.create(mysql.get("trustCertificateKeyStoreUrl")));
        assertThat(Path.of(sqlServer.get("trustStore"))).isEqualTo(store);
        for (String type :
                List.of(
                        mysql.get("trustCertificateKeyStoreType"),
                        sqlServer.get("trustStoreType"))) {
            KeyStore read = KeyStore.getInstance(type);
            try (InputStream in = Files.newInputStream(store)) {
                // Without a password, as the drivers load it when none is given.
                read.load(in, null);
            }
            assertThat(read.size()).isEqualTo(1);
            assertThat(read.isCertificateEntry("authority-1")).isTrue();
        }
        assertThat(Files.getPosixFilePermissions(store.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        String second = authorities();
        assertThat(of("mysql", Encryption.VERIFY, second)).isNotEqualTo(mysql);
    }

    @Test
    void saysWhichFileOfAuthoritiesIsUnreadable() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path none = folder.resolve("none.pem");
        for (Path file : List.of(empty, none)) {
            assertThatThrownBy(() -> of("mysql", Encryption.VERIFY, file.toString()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void givesUpConnectingInTheUnitThatEachDriverReads() {
        assertThat(of("postgresql", Encryption.OFF, "")).containsEntry("connectTimeout", "5");
        assertThat(of("mysql", Encryption.OFF, "")).containsEntry("connectTimeout", "5000");
        assertThat(of("mariadb", Encryption.OFF, "")).containsEntry("connectTimeout", "5000");
        assertThat(of("sqlserver", Encryption.OFF, "")).containsEntry("loginTimeout", "5");
        Map<String, String> hurried =
                kind("postgresql").properties(Target.of("db", 0, "d"), Duration.ofMillis(300));
        // 0 would be no limit at all.
        assertThat(hurried).containsEntry("connectTimeout", "1");
    }
}
