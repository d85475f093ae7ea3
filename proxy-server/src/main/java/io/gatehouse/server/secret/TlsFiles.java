package io.gatehouse.server.secret;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads a certificate and its private key from PEM files. */
public final class TlsFiles {
    private TlsFiles() {}

    /**
     * Reads both files and checks that they belong together.
     *
     * @param certificate the certificate, then those that signed it
     * @param key PKCS#8 or OpenSSL's own form, RSA or EC, not encrypted
     */
    public static TlsIdentity read(Path certificate, Path key) throws SecretException {
        List<X509Certificate> chain = chain(certificate);
        PrivateKey secret = key(key);
        if (!belong(secret, chain.getFirst().getPublicKey())) {
            throw new SecretException(
                    "the key in " + key + " does not belong to the certificate in " + certificate);
        }
        return new TlsIdentity(secret, chain);
    }

    private static List<X509Certificate> chain(Path file) throws SecretException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                chain.add((X509Certificate) one);
            }
            if (chain.isEmpty()) {
                throw new SecretException("there is no certificate in " + file);
            }
            return chain;
        } catch (IOException e) {
            throw new SecretException("the certificate " + file + " cannot be read: " + e, e);
        } catch (GeneralSecurityException e) {
            throw new SecretException("there is no PEM certificate in " + file, e);
        }
    }

    private static PrivateKey key(Path file) throws SecretException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(in)) {
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                switch (entry) {
                    case PrivateKeyInfo info -> {
                        return converter().getPrivateKey(info);
                    }
                    case PEMKeyPair pair -> {
                        return converter().getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo _ -> throw encrypted(file);
                    case PEMEncryptedKeyPair _ -> throw encrypted(file);
                    default -> {
                        // EC PARAMETERS and the like stand before the key.
                    }
                }
            }
            throw new SecretException("there is no private key in " + file);
        } catch (IOException e) {
            // The cause's text may quote the file.
            throw new SecretException("the private key " + file + " cannot be read as PEM");
        }
    }

    private static JcaPEMKeyConverter converter() {
        return new JcaPEMKeyConverter();
    }

    private static boolean belong(PrivateKey key, PublicKey shown) throws SecretException {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            byte[] probe = "gatehouse".getBytes(StandardCharsets.US_ASCII);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature checker = Signature.getInstance(algorithm);
            checker.initVerify(shown);
            checker.update(probe);
            return checker.verify(signature);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new SecretException("this JDK does not know the key's algorithm", e);
        }
    }

    private static SecretException encrypted(Path file) {
        return new SecretException(
                "the private key "
                        + file
                        + " is encrypted, which is not supported; decrypt it with: openssl pkcs8"
                        + " -in "
                        + file
                        + " -out key.pem, and keep it with mode 600");
    }
}
