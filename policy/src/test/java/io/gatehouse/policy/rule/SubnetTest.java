package io.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.Random;

class SubnetTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "0.0.0.0/0, 1.2.3.4, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "fd00::/8, fdab::1, true",
        "fd00::/8, fe00::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "fe80::/10, fe80:0:0:0:1:2:3:4%eth0, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::/0, 10.1.2.3, false",
        "10.0.0.0/8, somewhere, false",
        "10.0.0.0/8, '', false",
    })
    void holds(String subnet, String address, boolean expected) {
        assertThat(Subnet.of(subnet).holds(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8", "10.0.0/8", "10.0.0.0/33", "10.0.0.256", "1.2.3.4.5", "host", "",
                "10.0.0.0/", "fd00::1::2", "fd00:1", "12345::", "fd00::/129", "1.2.3.x", "/8",
                "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "-1.2.3.4",
            })
    void refuses(String text) {
        assertThat(Subnet.of(text)).isNull();
    }

    /** The JDK's own reading as the oracle. */
    @Test
    void readsAddressesAsTheJdkWritesThem() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
            }
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            Subnet own = Subnet.of(text);
            assertThat(own).as(text).isNotNull();
            assertThat(own.holds(text)).as(text).isTrue();
            bytes[bytes.length - 1] ^= 1;
            assertThat(own.holds(InetAddress.getByAddress(bytes).getHostAddress())).isFalse();
        }
    }
}
