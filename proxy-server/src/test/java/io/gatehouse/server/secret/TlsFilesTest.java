package io.gatehouse.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

final class TlsFilesTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir private Path dir;

    @Test
    void makesACertificateForThisMachineAndKeepsIt() throws Exception {
        TlsIdentity made = SelfSigned.readOrMake(dir, "db-gate.example", CLOCK);

        X509Certificate certificate = made.chain().getFirst();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(CLOCK.instant()));
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        List<Object> names = new ArrayList<>();
        certificate.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
        assertThat(names)
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "db-gate.example");
        assertThat(mode("self-signed.key")).isEqualTo("rw-------");
        assertThat(SelfSigned.readOrMake(dir, "other", CLOCK).chain()).isEqualTo(made.chain());
    }

    @Test
    void leavesOutAHostNameThatIsNone() throws Exception {
        TlsIdentity made = SelfSigned.readOrMake(dir, "not a host_name", CLOCK);

        assertThat(made.chain().getFirst().getSubjectAlternativeNames()).hasSize(3);
    }

    @Test
    void refusesASelfSignedKeyThatOthersMayRead() throws Exception {
        SelfSigned.readOrMake(dir, "localhost", CLOCK);
        Files.setPosixFilePermissions(
                dir.resolve("self-signed.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SelfSigned.readOrMake(dir, "localhost", CLOCK))
                .hasMessageContaining("chmod 600");
    }

    @Test
    void readsRsaKeysInBothForms() throws Exception {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path pkcs8 = pem("pkcs8.key", new JcaPKCS8Generator(pair.getPrivate(), null));
        Path own = pem("own.key", pair.getPrivate());

        assertThat(Files.readString(pkcs8)).contains("BEGIN PRIVATE KEY");
        assertThat(Files.readString(own)).contains("BEGIN RSA PRIVATE KEY");
        Path certificate = certificateOfAnother();
        for (Path key : List.of(pkcs8, own)) {
            assertThatThrownBy(() -> TlsFiles.read(certificate, key))
                    .hasMessageContaining("does not belong to the certificate");
        }
    }

    @Test
    void saysThatEncryptedKeysAreNotSupported() throws Exception {
        PrivateKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        var encryptor =
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword("hunter2".toCharArray())
                        .build();
        Path file = pem("encrypted.key", new JcaPKCS8Generator(key, encryptor));

        assertThatThrownBy(() -> TlsFiles.read(certificateOfAnother(), file))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("encrypted, which is not supported");
    }

    @Test
    void namesTheFileThatIsNoPem() throws Exception {
        Path certificate = certificateOfAnother();
        Path text = Files.writeString(dir.resolve("text.key"), "hunter2");

        assertThatThrownBy(() -> TlsFiles.read(certificate, text)).hasMessageContaining("text.key");
        assertThatThrownBy(() -> TlsFiles.read(text, text)).hasMessageContaining("text.key");
        assertThatThrownBy(() -> TlsFiles.read(dir.resolve("none.crt"), text))
                .hasMessageContaining("none.crt");
    }

    private Path certificateOfAnother() throws Exception {
        SelfSigned.readOrMake(dir.resolve("another"), "localhost", CLOCK);
        return dir.resolve("another/self-signed.crt");
    }

    private Path pem(String name, Object what) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return Files.writeString(dir.resolve(name), text.toString());
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name)));
    }
}
