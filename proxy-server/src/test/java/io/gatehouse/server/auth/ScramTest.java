package io.gatehouse.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.fault.GatehouseException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

final class ScramTest {
    // The exchange of RFC 7677, section 3.
    private static final String NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String CLIENT_FINAL =
            "c=biws,r=rOprNGfwEbeRWgbNEkqO"
                    + NONCE
                    + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private static ScramVerifier verifier(String password) {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        return ScramVerifier.of(password.toCharArray(), salt, 4096);
    }

    private static ScramServer server(boolean known) {
        UserRecord user = new UserRecord("user", verifier("pencil"), Set.of("staff"));
        return new ScramServer(user, known, NONCE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theExchangeOfRfc7677() {
        ScramServer server = server(true);
        assertThat(server.first(bytes(CLIENT_FIRST))).isEqualTo(SERVER_FIRST);
        assertThat(server.last(bytes(CLIENT_FINAL)))
                .isEqualTo(
                        new ScramServer.Verdict.Proved(
                                new Principal("user", Set.of("staff")), SERVER_FINAL));
    }

    @Test
    void aProofForAnUnknownUserIsRefused() {
        ScramServer server = server(false);
        server.first(bytes(CLIENT_FIRST));
        assertThat(server.last(bytes(CLIENT_FINAL)))
                .isInstanceOf(ScramServer.Verdict.Refused.class);
    }

    @Test
    void aWrongProofIsRefused() {
        ScramServer server = server(true);
        server.first(bytes(CLIENT_FIRST));
        String wrong = CLIENT_FINAL.replace("p=dH", "p=eH");
        assertThat(server.last(bytes(wrong))).isInstanceOf(ScramServer.Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,,",
                "x,,n=,r=abc",
                "n,,n=user",
                "n,,n=user,r=",
                "n,,n=user,r=a b",
                "n,,m=ext,n=user,r=abc",
                "n,,r=abc,n=user"
            })
    void aMalformedFirstMessageIsAProtocolFault(String message) {
        assertThatThrownBy(() -> server(true).first(bytes(message)))
                .isInstanceOfSatisfying(
                        GatehouseException.class,
                        e -> assertThat(e.fault().sqlState()).isEqualTo("08P01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p=tls-server-end-point,,n=,r=abc", "n,a=other,n=,r=abc"})
    void whatIsNotOfferedIsSaidSo(String message) {
        assertThatThrownBy(() -> server(true).first(bytes(message)))
                .isInstanceOfSatisfying(
                        GatehouseException.class,
                        e -> assertThat(e.fault().sqlState()).isEqualTo("0A000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws,r=wrong,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=AAAA",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=AAAA",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=*"
            })
    void aMalformedLastMessageIsAProtocolFault(String message) {
        ScramServer server = server(true);
        server.first(bytes(CLIENT_FIRST));
        assertThatThrownBy(() -> server.last(bytes(message)))
                .isInstanceOfSatisfying(
                        GatehouseException.class,
                        e -> assertThat(e.fault().sqlState()).isEqualTo("08P01"));
    }

    @Test
    void aVerifierIsReadAsItIsWritten() {
        String text = verifier("pencil").text();
        assertThat(text).startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$");
        assertThat(ScramVerifier.parse(text).text()).isEqualTo(text);
        assertThat(ScramVerifier.parse(text).toString()).doesNotContain("W22Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pencil",
                "SCRAM-SHA-256$0:AA==$AA==:AA==",
                "SCRAM-SHA-256$4096:AA==$AA==:AA==",
                "md5abc"
            })
    void whatIsNoVerifierIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> ScramVerifier.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pencil");
    }

    @Test
    void anUnknownUserGetsTheSameSaltEachTimeAndAnotherThanItsNeighbour() {
        Authenticator authenticator = new Authenticator(user -> Optional.empty());
        String first = salt(authenticator, "nobody");
        assertThat(salt(authenticator, "nobody")).isEqualTo(first);
        assertThat(salt(authenticator, "noone")).isNotEqualTo(first);
    }

    private static String salt(Authenticator authenticator, String user) {
        String answer = authenticator.begin(user).first(bytes(CLIENT_FIRST));
        return answer.substring(answer.indexOf(",s="));
    }

    @Test
    void passwordsAreBroughtToTheFormThatClientsUse() {
        assertThat(SaslPrep.prepare("I\u00ADX".toCharArray())).isEqualTo("IX".toCharArray());
        assertThat(SaslPrep.prepare("\u2168".toCharArray())).isEqualTo("IX".toCharArray());
        assertThat(SaslPrep.prepare("\u00AA".toCharArray())).isEqualTo("a".toCharArray());
        assertThat(SaslPrep.prepare("\u0007é".toCharArray())).isEqualTo("\u0007é".toCharArray());
    }
}
