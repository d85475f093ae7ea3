package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.util.Base64;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The client's own certificate and key, for a broker that asks for one. */
final class ClientKeys {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private ClientKeys() {}

    /** Null: the client has none. */
    static KeyManager @Nullable [] of(ConnectOptions options)
            throws SQLException, GeneralSecurityException {
        String keystore = options.sslKeystore();
        String cert = options.sslCert();
        String key = options.sslKey();
        char[] password = options.sslPassword().toCharArray();
        if (keystore != null) {
            return managers(pkcs12(keystore, password), password);
        }
        return cert == null || key == null ? null : managers(pem(cert, key, password), password);
    }

    private static KeyManager[] managers(KeyStore store, char[] password)
            throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore pkcs12(String file, char[] password) throws SQLException {
        String what = "a PKCS#12 key store that 'sslpassword' opens.";
        byte[] bytes = SmallFile.read(file, "sslkeystore", what);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw SmallFile.bad("sslkeystore", what, e);
        }
    }

    private static KeyStore pem(String certFile, String keyFile, char[] password)
            throws SQLException {
        Certificate[] chain = chain(certFile);
        PrivateKey key = key(keyFile, chain[0].getPublicKey().getAlgorithm());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, password, chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw SmallFile.bad("sslkey", "the key of the certificate in 'sslcert'.", e);
        }
    }

    private static Certificate[] chain(String file) throws SQLException {
        String what = "PEM certificates, the client's first.";
        byte[] bytes = SmallFile.read(file, "sslcert", what);
        try {
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .toArray(new Certificate[0]);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw SmallFile.bad("sslcert", what, e);
        }
        throw SmallFile.bad("sslcert", what, null);
    }

    private static PrivateKey key(String file, String algorithm) throws SQLException {
        String what =
                "an unencrypted PKCS#8 key in PEM form for the certificate in 'sslcert'"
                        + " (openssl pkcs8 -topk8 -nocrypt writes one).";
        String text = new String(SmallFile.read(file, "sslkey", what), StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw SmallFile.bad("sslkey", what, null);
        }
        try {
            byte[] der =
                    Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            // What is wrong with a key may be told with pieces of it.
            throw SmallFile.bad("sslkey", what, null);
        }
    }
}
