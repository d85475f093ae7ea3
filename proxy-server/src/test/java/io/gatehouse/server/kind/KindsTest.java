package io.gatehouse.server.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class KindsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static Kind kind(String name) {
        return Kinds.find(name).orElseThrow();
    }

    @Test
    void namesEveryKind() {
        assertThat(Kinds.names())
                .containsExactly("postgresql", "mysql", "mariadb", "sqlserver", "h2", "sqlite");
        assertThat(Kinds.find("oracle9i")).isEmpty();
    }

    @Test
    void keepsNamesFromAddingToTheUrl() {
        assertThat(kind("postgresql").url(Target.of("::1", 0, "a?sslmode=disable")))
                .isEqualTo("jdbc:postgresql://[::1]:5432/a%3Fsslmode%3Ddisable");
        assertThat(kind("mysql").url(Target.of("db", 3307, "a&allowMultiQueries=true")))
                .isEqualTo("jdbc:mysql://db:3307/a%26allowMultiQueries%3Dtrue");
        assertThat(kind("sqlserver").url(Target.of("db", 0, "a;b}")))
                .isEqualTo("jdbc:sqlserver://db:1433;databaseName={a;b}}}");
        assertThatThrownBy(() -> kind("h2").url(Target.of("", 0, "mem:x;INIT=DROP")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kind("sqlite").url(Target.of("", 0, "x.db?mode=rw")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closesWhatDriversLeaveOpenAndLetsTheConfigurationOverride() {
        assertThat(kind("mysql").properties(Target.of("db", 0, "x"), PATIENCE))
                .containsEntry("allowLoadLocalInfile", "false")
                .containsEntry("allowMultiQueries", "false");
        Target tls =
                new Target(
                        "db",
                        0,
                        "x",
                        Map.of("prepareThreshold", "1"),
                        Encryption.VERIFY,
                        "/etc/ca.pem");
        assertThat(kind("postgresql").properties(tls, PATIENCE))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/etc/ca.pem")
                .containsEntry("prepareThreshold", "1");
        assertThat(kind("postgresql").hasRowTap(tls)).isFalse();
        assertThat(kind("mariadb").properties(tls, PATIENCE))
                .containsEntry("sslMode", "verify-full");
    }

    @Test
    void knowsWhatErrorsMean() {
        assertThat(kind("postgresql").trouble("57P01", 0)).isEqualTo(Trouble.CONNECTION_LOST);
        assertThat(kind("postgresql").trouble("53300", 0)).isEqualTo(Trouble.BACKEND_FULL);
        assertThat(kind("mysql").trouble("08004", 1040)).isEqualTo(Trouble.BACKEND_FULL);
        assertThat(kind("mariadb").trouble("70100", 1317)).isEqualTo(Trouble.CANCELLED);
        assertThat(kind("h2").trouble("23505", 23505)).isEqualTo(Trouble.NONE);
    }

    @Test
    void readsIsolationLevels() {
        assertThat(Isolation.parse("read-committed")).contains(Isolation.READ_COMMITTED);
        assertThat(Isolation.parse(" Repeatable Read ")).contains(Isolation.REPEATABLE_READ);
        assertThat(Isolation.parse("snapshot")).isEmpty();
        assertThat(Isolation.SERIALIZABLE.wire()).isEqualTo("serializable");
    }
}
