package io.gatehouse.jdbc.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that certainly end no transaction, and those that may. */
class WordingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "  ( SELECT 1)",
                "-- first\n/* then */insert into t values (1);",
                "With x as (select 1) update t set a = 1",
                "delete from t ; \n"
            })
    void plain(String sql) {
        assertThat(Wording.mayEndTransaction(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "END",
                "create table t (x int)",
                "{call p()}",
                "set autocommit = 1",
                "insert into t values (1); commit",
                "/* select",
                "selects",
                ""
            })
    void notPlain(String sql) {
        assertThat(Wording.mayEndTransaction(sql)).isTrue();
    }
}
