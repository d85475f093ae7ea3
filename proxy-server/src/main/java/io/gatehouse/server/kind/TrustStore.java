package io.gatehouse.server.kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/**
 * PEM files of authorities for drivers that read key stores only. The store holds certificates and
 * no secret; it lies in a directory that only this process' user can enter.
 */
final class TrustStore {
    /** The type of the stores: one that opens without a password. */
    static final String TYPE = "JKS";

    private static @Nullable Path directory;

    private TrustStore() {}

    /**
     * A key store with the same authorities; the same file for the same content.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    static synchronized Path of(String pemFile) {
        try {
            byte[] pem = Files.readAllBytes(Path.of(pemFile));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pem);
            Path store = directory().resolve(HexFormat.of().formatHex(digest) + ".jks");
            if (!Files.exists(store)) {
                write(Path.of(pemFile), store);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the authorities in " + pemFile + " cannot be read: " + e, e);
        }
    }

    private static void write(Path pemFile, Path store)
            throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance(TYPE);
        all.load(null, null);
        try (InputStream in = Files.newInputStream(pemFile)) {
            int number = 0;
            for (Certificate authority :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                all.setCertificateEntry("authority-" + ++number, authority);
            }
        }
        if (all.size() == 0) {
            throw new IOException("it holds no certificate");
        }
        Path half = Files.createTempFile(store.getParent(), "half", ".jks");
        try (OutputStream out = Files.newOutputStream(half)) {
            all.store(out, new char[0]);
        }
        Files.move(half, store, StandardCopyOption.ATOMIC_MOVE);
        store.toFile().deleteOnExit();
    }

    private static Path directory() throws IOException {
        Path now = directory;
        if (now == null || !Files.isDirectory(now)) {
            now = Files.createTempDirectory("gatehouse-authorities");
            now.toFile().deleteOnExit();
            directory = now;
        }
        return now;
    }
}
