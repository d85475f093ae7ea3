package io.gatehouse.jdbc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.jdbc.url.ConnectUrl;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The certificate that the driver shows to a server that asks for one. */
@Timeout(60)
class ClientKeysTest {
    private static final String SECRET = "changeit";

    @TempDir static Path dir;
    private static KeyStore server;
    private static KeyStore client;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = made("localhost", "server.p12");
        client = made("ada", "client.p12");
        pem("server.crt", "CERTIFICATE", server.getCertificate("key").getEncoded());
        pem("client.crt", "CERTIFICATE", client.getCertificate("key").getEncoded());
        pem("client.key", "PRIVATE KEY", key(client).getEncoded());
        pem(
                "other.key",
                "PRIVATE KEY",
                "no key at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static KeyStore made(String name, String file) throws Exception {
        Path store = dir.resolve(file);
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                SECRET,
                                "-keystore",
                                store.toString())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET.toCharArray());
        }
        return keys;
    }

    private static Key key(KeyStore store) throws Exception {
        return store.getKey("key", SECRET.toCharArray());
    }

    private static void pem(String file, String what, byte[] bytes) throws Exception {
        String text =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
        Files.writeString(dir.resolve(file), text);
    }

    private static SSLServerSocket asking() throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, SECRET.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        Certificate known = client.getCertificate("key");
        trusted.setCertificateEntry("client", known);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket listening =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listening.setNeedClientAuth(true);
        return listening;
    }

    /** Whom the server sees; empty where it sees nobody. */
    private static String shown(String... properties) throws Exception {
        try (SSLServerSocket listening = asking()) {
            CompletableFuture<String> seen = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try (SSLSocket socket = (SSLSocket) listening.accept()) {
                            socket.startHandshake();
                            seen.complete(socket.getSession().getPeerPrincipal().getName());
                        } catch (SSLException e) {
                            seen.complete("");
                        } catch (Exception e) {
                            seen.completeExceptionally(e);
                        }
                    });
            assertThatThrownBy(() -> connect(listening.getLocalPort(), properties))
                    .hasFieldOrPropertyWithValue("SQLState", "08001");
            return seen.get(20, TimeUnit.SECONDS);
        }
    }

    private static Welcome connect(int port, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "me");
        all.setProperty("sslmode", "verify-full");
        all.setProperty("sslrootcert", dir.resolve("server.crt").toString());
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return new Connector(ConnectUrl.parse("jdbc:gatehouse://localhost:" + port + "/x", all))
                .connect(20);
    }

    private static String file(String name) {
        return dir.resolve(name).toString();
    }

    @Test
    void aKeyStore() throws Exception {
        assertThat(shown("sslkeystore", file("client.p12"), "sslpassword", SECRET))
                .isEqualTo("CN=ada");
    }

    @Test
    void pemFiles() throws Exception {
        assertThat(shown("sslcert", file("client.crt"), "sslkey", file("client.key")))
                .isEqualTo("CN=ada");
    }

    @Test
    void nothing() throws Exception {
        assertThat(shown()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamedAndNotShown() {
        refused("sslkeystore", "sslkeystore", file("client.p12"), "sslpassword", "s3cret");
        refused("sslkeystore", "sslkeystore", file("none.p12"));
        refused("sslcert", "sslcert", file("client.key"), "sslkey", file("client.key"));
        refused("sslkey", "sslcert", file("client.crt"), "sslkey", file("client.crt"));
        refused("sslkey", "sslcert", file("client.crt"), "sslkey", file("other.key"));
    }

    private static void refused(String named, String... properties) {
        assertThatThrownBy(
                        () -> {
                            try (SSLServerSocket listening = asking()) {
                                connect(listening.getLocalPort(), properties);
                            }
                        })
                .hasFieldOrPropertyWithValue("SQLState", "22023")
                .hasMessageContaining("'" + named + "'")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining(dir.toString());
    }
}
