package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.Host;
import io.gatehouse.jdbc.url.SslMode;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.SQLException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS from the first byte on, with the protocol name {@code postgresql}. */
final class Tls {
    private Tls() {}

    static Socket over(Socket raw, Host host, ConnectOptions options, SslMode mode)
            throws IOException, SQLException {
        SSLContext context = context(options, mode);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(raw, host.name(), host.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"postgresql"});
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (mode == SslMode.VERIFY_FULL) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context(ConnectOptions options, SslMode mode)
            throws IOException, SQLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ClientKeys.of(options), trust(options.sslRootCert(), mode), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw Faults.noConnection("TLS could not be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trust(@Nullable String rootCert, SslMode mode)
            throws IOException, SQLException, GeneralSecurityException {
        if (mode == SslMode.REQUIRE) {
            return new TrustManager[] {new TrustAnything()};
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(rootCert == null ? null : authorities(rootCert));
        return factory.getTrustManagers();
    }

    private static KeyStore authorities(String file)
            throws IOException, SQLException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        String what = "PEM certificates.";
        byte[] bytes = SmallFile.read(file, "sslrootcert", what);
        try {
            int n = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))) {
                store.setCertificateEntry("authority-" + n++, one);
            }
            if (n > 0) {
                return store;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw SmallFile.bad("sslrootcert", what, e);
        }
        throw SmallFile.bad("sslrootcert", what, null);
    }

    /** For {@code sslmode=require}: against eavesdroppers only, as its documentation says. */
    private static final class TrustAnything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
