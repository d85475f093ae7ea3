package io.gatehouse.server.kind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** What errors mean for a connection, and the recipes that every kind must have. */
class TroubleTest {
    private static Kind kind(String name) {
        return Kinds.find(name).orElseThrow();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "postgresql, 08006, 0, CONNECTION_LOST",
        "postgresql, 08001, 0, CONNECTION_LOST",
        "postgresql, 57P01, 0, CONNECTION_LOST",
        "postgresql, 57P02, 0, CONNECTION_LOST",
        "postgresql, 57P03, 0, CONNECTION_LOST",
        "postgresql, 57P05, 0, CONNECTION_LOST",
        "postgresql, 25P03, 0, CONNECTION_LOST",
        "postgresql, XX001, 0, CONNECTION_LOST",
        "postgresql, 57014, 0, CANCELLED",
        "postgresql, 53300, 0, BACKEND_FULL",
        "postgresql, 42601, 0, NONE",
        "postgresql, 23505, 0, NONE",
        "postgresql, 40001, 0, NONE",
        "postgresql, 25P02, 0, NONE",
        "postgresql, 53200, 0, NONE",
        "mysql, 08S01, 0, CONNECTION_LOST",
        "mysql, 08S01, 1053, CONNECTION_LOST",
        "mysql, HY000, 2013, CONNECTION_LOST",
        "mysql, 08S01, 1184, CONNECTION_LOST",
        "mysql, HY000, 4031, CONNECTION_LOST",
        "mysql, 70100, 1317, CANCELLED",
        "mysql, HY000, 3024, TIMED_OUT",
        "mysql, 08004, 1040, BACKEND_FULL",
        "mysql, 42000, 1203, BACKEND_FULL",
        "mysql, 42000, 1226, BACKEND_FULL",
        "mysql, 23000, 1062, NONE",
        "mysql, 40001, 1213, NONE",
        "mysql, HY000, 1205, NONE",
        "mysql, 42000, 1064, NONE",
        "mariadb, 70100, 1927, CONNECTION_LOST",
        "mariadb, 70100, 1317, CANCELLED",
        "mariadb, 70100, 1969, TIMED_OUT",
        "mariadb, 08004, 1040, BACKEND_FULL",
        "mariadb, 08000, 0, CONNECTION_LOST",
        "mariadb, 42S02, 1146, NONE",
        "sqlserver, 08S01, 0, CONNECTION_LOST",
        "sqlserver, S0001, 596, CONNECTION_LOST",
        "sqlserver, S0001, 6005, CONNECTION_LOST",
        "sqlserver, HY008, 0, CANCELLED",
        "sqlserver, S0001, 10928, BACKEND_FULL",
        "sqlserver, S0001, 17809, BACKEND_FULL",
        "sqlserver, 40001, 1205, NONE",
        "sqlserver, 23000, 2627, NONE",
        "sqlserver, S0002, 208, NONE"
    })
    void errorsOfServersMean(String kind, String sqlState, int vendorCode, Trouble meaning) {
        assertThat(kind(kind).trouble(sqlState, vendorCode)).isEqualTo(meaning);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "h2, 90067, 90067, CONNECTION_LOST",
        "h2, 90098, 90098, CONNECTION_LOST",
        "h2, 90121, 90121, CONNECTION_LOST",
        "h2, 57014, 57014, CANCELLED",
        "h2, 23505, 23505, NONE",
        "h2, 42000, 42000, NONE",
        "h2, 40001, 40001, NONE",
        "h2, HYT00, 50200, NONE",
        "sqlite, '', 9, CANCELLED",
        "sqlite, '', 11, CONNECTION_LOST",
        "sqlite, '', 26, CONNECTION_LOST",
        "sqlite, '', 5, NONE",
        "sqlite, '', 19, NONE"
    })
    void errorsOfEmbeddedOnesMean(String kind, String sqlState, int vendorCode, Trouble meaning) {
        assertThat(kind(kind).trouble(sqlState, vendorCode)).isEqualTo(meaning);
    }

    @Test
    void anErrorOfNoKindIsNoTrouble() {
        for (String name : Kinds.names()) {
            assertThat(kind(name).trouble("", 0)).isEqualTo(Trouble.NONE);
            // Trying again after a lost connection or a lost commit could run a statement twice.
            assertThat(kind(name).retryableStates())
                    .noneMatch(state -> state.startsWith("08"))
                    .allMatch(state -> state.matches("4[01][0-9A-Z]{3}"));
        }
    }

    @ParameterizedTest
    @CsvSource({"postgresql,2", "mysql,2", "mariadb,2", "sqlserver,1", "h2,1", "sqlite,0"})
    void knowsWhichTransactionsMayBeTriedAgain(String name, int count) {
        assertThat(kind(name).retryableStates()).hasSize(count);
        if (count > 0) {
            assertThat(kind(name).retryableStates()).contains("40001");
        }
    }

    @Test
    void everyKindHasItsRecipes() throws Exception {
        for (String name : Kinds.names()) {
            Kind kind = kind(name);
            assertThat(UrlsTest.driver(kind)).isNotNull();
            assertThat(kind.dialect().name()).isEqualToIgnoringCase(name);
            if (kind.reset() instanceof Reset.DriverMethod reset) {
                assertThat(Class.forName(reset.type()).getMethod(reset.method())).isNotNull();
            }
            assertThat(kind.carrying().settings())
                    .allMatch(s -> s.matches("[a-z0-9_]+"))
                    .doesNotHaveDuplicates();
        }
        assertThat(kind("postgresql").reset()).isEqualTo(new Reset.Statement("DISCARD ALL"));
        assertThat(Kinds.names().stream().map(n -> kind(n).streaming().recipe()))
                .isEqualTo(
                        List.of(
                                Streaming.Recipe.CURSOR_IN_TRANSACTION,
                                Streaming.Recipe.ROW_BY_ROW,
                                Streaming.Recipe.FETCH_SIZE,
                                Streaming.Recipe.FETCH_SIZE,
                                Streaming.Recipe.AS_IS,
                                Streaming.Recipe.AS_IS));
    }
}
