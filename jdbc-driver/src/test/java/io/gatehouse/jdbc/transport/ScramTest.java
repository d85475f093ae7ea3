package io.gatehouse.jdbc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** The exchange of RFC 7677, section 3. */
class ScramTest {
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Scram scram(String password) {
        return new Scram("user", "user", password, "rOprNGfwEbeRWgbNEkqO");
    }

    @Test
    void theExchangeOfTheStandard() throws SQLException {
        Scram scram = scram("pencil");
        assertThat(new String(scram.first(), StandardCharsets.UTF_8))
                .isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        assertThat(new String(scram.answer(bytes(SERVER_FIRST)), StandardCharsets.UTF_8))
                .isEqualTo(
                        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(scram.isServerProven()).isFalse();
        scram.finish(bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        assertThat(scram.isServerProven()).isTrue();
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsNotTrusted() throws SQLException {
        Scram scram = scram("other");
        scram.first();
        scram.answer(bytes(SERVER_FIRST));
        assertThatThrownBy(
                        () -> scram.finish(bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "28000");
    }

    @Test
    void aMalformedOrWeakChallengeIsRefused() {
        for (String challenge :
                new String[] {
                    "",
                    "r=foreign,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                    "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                    "r=rOprNGfwEbeRWgbNEkqOx,s=***,i=4096",
                    "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1",
                    "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000",
                }) {
            assertThatThrownBy(() -> scram("pencil").answer(bytes(challenge)))
                    .as(challenge)
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining("pencil");
        }
    }
}
