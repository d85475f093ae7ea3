package io.gatehouse.server.secret;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;

/** The certificate that the broker makes for itself where the configuration names none. */
public final class SelfSigned {
    private static final Duration VALID = Duration.ofDays(3650);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");

    private SelfSigned() {}

    /**
     * Reads the certificate of an earlier start, or makes one (EC P-256, valid for ten years, for
     * localhost and the host name) and keeps it for the next.
     *
     * @param folder holds {@code self-signed.crt} and {@code self-signed.key}; made where missing
     * @param hostName this machine's name; left out where it is none
     */
    public static TlsIdentity readOrMake(Path folder, String hostName, InstantSource clock)
            throws SecretException {
        Path certificate = folder.resolve("self-signed.crt");
        Path key = folder.resolve("self-signed.key");
        try {
            if (!Files.exists(certificate) || !Files.exists(key)) {
                Files.deleteIfExists(certificate);
                Files.deleteIfExists(key);
                make(certificate, key, hostName, clock.instant());
            }
            PrivateFile.check(key);
            return TlsFiles.read(certificate, key);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new SecretException(
                    "the self-signed certificate in " + folder + " cannot be made: " + e, e);
        }
    }

    private static void make(Path certificate, Path key, String hostName, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        PrivateFile.create(key, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        X509CertificateHolder holder =
                builder(pair, hostName, now)
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate()));
        Files.writeString(certificate, pem(holder), StandardCharsets.US_ASCII);
    }

    private static X509v3CertificateBuilder builder(KeyPair pair, String hostName, Instant now)
            throws IOException {
        X500Name name = new X500Name("CN=Gatehouse self-signed");
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, new SecureRandom()),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(VALID)),
                        name,
                        pair.getPublic());
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        if (HOST.matcher(hostName).matches() && !hostName.equals("localhost")) {
            names.add(new GeneralName(GeneralName.dNSName, hostName));
        }
        return builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(new GeneralName[0])))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }

    private static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }
}
