package io.gatehouse.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate for localhost, made by the JDK's own tool once for all tests. */
final class TestCertificate {
    private static final String PASSWORD = "changeit";
    private static final TlsMaterial MATERIAL = make();

    private TestCertificate() {}

    static TlsMaterial material() {
        return MATERIAL;
    }

    private static TlsMaterial make() {
        try {
            Path directory = Files.createTempDirectory("gatehouse-test");
            Path store = directory.resolve("store.p12");
            Process keytool =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "keytool")
                                            .toString(),
                                    "-genkeypair",
                                    "-alias",
                                    "test",
                                    "-keyalg",
                                    "EC",
                                    "-dname",
                                    "CN=localhost",
                                    "-storetype",
                                    "PKCS12",
                                    "-storepass",
                                    PASSWORD,
                                    "-keystore",
                                    store.toString())
                            .inheritIO()
                            .start();
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool failed");
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Files.delete(store);
            Files.delete(directory);
            return new TlsMaterial(
                    (PrivateKey) keys.getKey("test", PASSWORD.toCharArray()),
                    List.of((X509Certificate) keys.getCertificate("test")));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
