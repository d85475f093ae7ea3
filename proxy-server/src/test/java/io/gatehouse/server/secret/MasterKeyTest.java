package io.gatehouse.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

final class MasterKeyTest {
    private static final String HEX =
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final char[] PASSWORD = "päß wörd:'\"\uD83D\uDD11".toCharArray();

    @TempDir private Path dir;

    @Test
    void opensWhatItSealed() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");

        String sealed = key.seal("orders", PASSWORD);

        assertThat(sealed).startsWith("gh1:" + key.id() + ":");
        assertThat(key.open("orders", sealed).reveal()).isEqualTo(PASSWORD);
    }

    @Test
    void sealsTheSameDifferentlyEachTime() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");

        assertThat(key.seal("orders", PASSWORD)).isNotEqualTo(key.seal("orders", PASSWORD));
    }

    @Test
    void doesNotOpenForAnotherConnection() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");
        String sealed = key.seal("orders", PASSWORD);

        assertThatThrownBy(() -> key.open("billing", sealed))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("sealed for another connection")
                .hasMessageContaining("secret seal --connection billing");
    }

    @Test
    void doesNotOpenWithAnotherKeyAndNamesBoth() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");
        MasterKey other = MasterKey.parse(MasterKey.generate(), "test");
        String sealed = key.seal("orders", PASSWORD);

        assertThatThrownBy(() -> other.open("orders", sealed))
                .hasMessageContaining("another master key")
                .hasMessageContaining(other.id());
    }

    @Test
    void doesNotOpenUnderAForgedKeyId() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");
        MasterKey other = MasterKey.parse(MasterKey.generate(), "test");
        String forged = key.seal("orders", PASSWORD).replace(key.id(), other.id());

        assertThatThrownBy(() -> other.open("orders", forged)).isInstanceOf(SecretException.class);
    }

    @Test
    void doesNotOpenWhenAnyByteIsAltered() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");
        String sealed = key.seal("orders", PASSWORD);
        String head = sealed.substring(0, sealed.lastIndexOf(':') + 1);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(head.length()));

        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            String text = head + Base64.getEncoder().encodeToString(altered);
            assertThatThrownBy(() -> key.open("orders", text)).isInstanceOf(SecretException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            String cut =
                    head
                            + Base64.getEncoder()
                                    .encodeToString(java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> key.open("orders", cut)).isInstanceOf(SecretException.class);
        }
    }

    @Test
    void refusesWhatIsNotSealedWithoutRepeatingIt() throws Exception {
        MasterKey key = MasterKey.parse(HEX, "test");

        for (String text :
                new String[] {"", "hunter2", "gh1:hunter2", "gh2:aa:bb", "gh1:x:hunter2:"}) {
            assertThatThrownBy(() -> key.open("orders", text))
                    .isInstanceOf(SecretException.class)
                    .message()
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void readsBase64AndHexadecimalAlike() throws Exception {
        byte[] raw = java.util.HexFormat.of().parseHex(HEX);
        String base64 = Base64.getEncoder().encodeToString(raw);

        assertThat(MasterKey.parse(base64 + "\n", "test").id())
                .isEqualTo(MasterKey.parse(HEX, "test").id());
    }

    @Test
    void refusesBadKeysWithoutRepeatingThem() {
        for (String text :
                new String[] {"", "secretsecret", HEX.substring(2), HEX.replace('0', 'z')}) {
            assertThatThrownBy(() -> MasterKey.parse(text, "environment variable K"))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("environment variable K")
                    .hasMessageNotContaining(text.isEmpty() ? "\0" : text)
                    .hasNoCause();
        }
    }

    @Test
    void writesAKeyFileForItsOwnerOnlyAndNeverOverwritesIt() throws Exception {
        Path file = dir.resolve("deep/master.key");

        MasterKey key = MasterKeyFile.create(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKeyFile.read(file).id()).isEqualTo(key.id());
        assertThatThrownBy(() -> MasterKeyFile.create(file))
                .hasMessageContaining("never overwritten");
    }

    @Test
    void refusesAKeyFileThatOthersMayRead() throws Exception {
        Path file = dir.resolve("master.key");
        MasterKeyFile.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> MasterKeyFile.read(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void saysWhatToDoWithoutAKeyFile() {
        assertThatThrownBy(() -> MasterKeyFile.read(dir.resolve("none.key")))
                .hasMessageContaining("none.key")
                .hasMessageContaining("new-key");
    }

    @Test
    void secretsDoNotPrintThemselves() throws Exception {
        Secret secret = Secret.of(PASSWORD);

        assertThat(secret).hasToString("Secret[hidden]");
        assertThat(MasterKey.parse(HEX, "test").toString()).doesNotContain("0001");
        assertThat(secret).isNotEqualTo(Secret.of(PASSWORD));
        assertThat(secret.matches(Secret.of(PASSWORD))).isTrue();
        assertThat(secret.matches(Secret.of("other".toCharArray()))).isFalse();
        assertThat(secret).isNotInstanceOf(java.io.Serializable.class);
    }

    @Test
    void whatIsRevealedIsACopy() {
        Secret secret = Secret.of(PASSWORD);
        java.util.Arrays.fill(secret.reveal(), 'x');

        assertThat(secret.reveal()).isEqualTo(PASSWORD);
    }
}
