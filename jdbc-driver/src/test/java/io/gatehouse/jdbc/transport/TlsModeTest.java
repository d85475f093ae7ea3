package io.gatehouse.jdbc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.jdbc.url.SslMode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;

/** Without a word about TLS everything but this machine itself is verified in full. */
class TlsModeTest {
    @ParameterizedTest
    @CsvSource({
        "AUTOMATIC, 127.0.0.1, DISABLE",
        "AUTOMATIC, 127.9.9.9, DISABLE",
        "AUTOMATIC, ::1, DISABLE",
        "AUTOMATIC, 192.0.2.1, VERIFY_FULL",
        "AUTOMATIC, 10.0.0.1, VERIFY_FULL",
        "AUTOMATIC, 0.0.0.0, VERIFY_FULL",
        "AUTOMATIC, fe80::1, VERIFY_FULL",
        "AUTOMATIC, fd00::1, VERIFY_FULL",
        "VERIFY_FULL, 127.0.0.1, VERIFY_FULL",
        "VERIFY_CA, 192.0.2.1, VERIFY_CA",
        "REQUIRE, 127.0.0.1, REQUIRE",
        "DISABLE, 192.0.2.1, DISABLE"
    })
    void byAddress(SslMode asked, String address, SslMode done) throws Exception {
        assertThat(Connector.mode(asked, InetAddress.getByName(address))).isEqualTo(done);
    }
}
