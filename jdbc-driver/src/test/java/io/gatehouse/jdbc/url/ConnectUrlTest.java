package io.gatehouse.jdbc.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.util.Properties;

class ConnectUrlTest {
    private static ConnectOptions parse(String url) throws SQLException {
        return ConnectUrl.parse(url, new Properties());
    }

    @Test
    void allParts() throws SQLException {
        ConnectOptions o =
                parse(
                        "jdbc:gatehouse://[::1]:9000/my%20shop?user=a%40b&password=p+%26%3D"
                                + "&window=65536&sslmode=require");
        assertThat(o.hosts()).hasToString("[[::1]:9000]");
        assertThat(o.hosts().get(0).name()).isEqualTo("::1");
        assertThat(o.database()).isEqualTo("my shop");
        assertThat(o.user()).isEqualTo("a@b");
        assertThat(o.password()).isEqualTo("p+&=");
        assertThat(o.window()).isEqualTo(65536);
        assertThat(o.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(o.toString()).doesNotContain("p+");
    }

    @Test
    void severalBrokers() throws SQLException {
        ConnectOptions o = parse("jdbc:gatehouse://b1,b2:9,[::1],[fe80::1%25eth0]:8/x?user=u");
        assertThat(o.hosts()).hasToString("[b1:7432, b2:9, [::1]:7432, [fe80::1%25eth0]:8]");
        assertThat(o.url())
                .isEqualTo("jdbc:gatehouse://b1:7432,b2:9,[::1]:7432,[fe80::1%25eth0]:8/x");
        assertThat(parse("jdbc:gatehouse://a,b/x?user=u&hosts=random").isShuffled()).isTrue();
    }

    @Test
    void aProgramIsGivenBesideTheUrlOnly() throws SQLException {
        Properties beside = new Properties();
        beside.setProperty("user", "me");
        beside.setProperty("passwordCommand", "\"/opt/my tools/vault\" read  -field=p \"\"");
        ConnectOptions o = ConnectUrl.parse("jdbc:gatehouse://h/x", beside);
        assertThat(o.passwordCommand())
                .containsExactly("/opt/my tools/vault", "read", "-field=p", "");
        assertThatThrownBy(() -> parse("jdbc:gatehouse://h/x?user=u&passwordCommand=s3cret"))
                .hasFieldOrPropertyWithValue("SQLState", "22023")
                .hasMessageContaining("beside the URL")
                .hasMessageNotContaining("s3cret");
        beside.setProperty("passwordCommand", "\"s3cret");
        assertThatThrownBy(() -> ConnectUrl.parse("jdbc:gatehouse://h/x", beside))
                .hasFieldOrPropertyWithValue("SQLState", "22023")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void defaults() throws SQLException {
        Properties beside = new Properties();
        beside.setProperty("user", "me");
        ConnectOptions o = ConnectUrl.parse("jdbc:gatehouse://h/x", beside);
        assertThat(o.hosts().get(0).port()).isEqualTo(7432);
        assertThat(o.isShuffled()).isFalse();
        assertThat(o.loginTimeout(0)).isEqualTo(30);
        assertThat(o.loginTimeout(5)).isEqualTo(5);
        assertThat(parse("jdbc:gatehouse://h/x?user=u&loginTimeout=0").loginTimeout(5)).isZero();
        assertThat(o.window()).isEqualTo(262144);
        assertThat(o.sslMode()).isEqualTo(SslMode.AUTOMATIC);
        assertThat(parse("jdbc:gatehouse://h/x?user=u&ssl=true").sslMode())
                .isEqualTo(SslMode.VERIFY_FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:gatehouse:",
                "jdbc:gatehouse:h/x?user=u",
                "jdbc:gatehouse:///x?user=u",
                "jdbc:gatehouse://h:0/x?user=u",
                "jdbc:gatehouse://h:99999/x?user=u",
                "jdbc:gatehouse://h:x/x?user=u",
                "jdbc:gatehouse://a,,b/x?user=u",
                "jdbc:gatehouse://a,/x?user=u",
                "jdbc:gatehouse://::1/x?user=u",
                "jdbc:gatehouse://[h]/x?user=u",
                "jdbc:gatehouse://[::1]7432/x?user=u",
                "jdbc:gatehouse://u:p@h/x?user=u",
                "jdbc:gatehouse://[::1/x?user=u",
                "jdbc:gatehouse://h/x%zz?user=u"
            })
    void malformed(String url) {
        assertThatThrownBy(() -> parse(url))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=s3cret",
                "window=s3cret",
                "window=1",
                "loginTimeout=-1",
                "ssl=s3cret",
                "unknown=s3cret",
                "hosts=s3cret",
                "hostBackoff=s3cret",
                "moveTimeout=3601",
                "passwordTimeout=0",
                "traceparent=s3cret",
                "traceComments=s3cret",
                "fetchSize=s3cret",
                "keptRows=1",
                "maxFrame=s3cret",
                "connectTimeout=s3cret",
                "socketTimeout=-1",
                "traceparent=00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "sslcert=s3cret",
                "sslkey=s3cret",
                "sslcert=s3cret&sslkey=s3cret&sslkeystore=s3cret",
                "password=s3cret&passwordFile=s3cret",
                "ssl=true&sslmode=disable"
            })
    void aBadPropertyIsNamedAndItsValueIsNotShown(String property) {
        assertThatThrownBy(() -> parse("jdbc:gatehouse://h/x?user=u&" + property))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "22023")
                .hasMessageContaining(property.replaceAll("=.*", ""))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void theUserIsRequired() {
        assertThatThrownBy(() -> parse("jdbc:gatehouse://h/x")).hasMessageContaining("'user'");
    }
}
