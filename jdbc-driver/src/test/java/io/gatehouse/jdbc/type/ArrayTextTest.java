package io.gatehouse.jdbc.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;

class ArrayTextTest {
    @Test
    void elementsAreReadAsTheyWereQuoted() throws SQLException {
        assertThat(ArrayText.parse("{1,NULL,\"NULL\",\"a \\\"b\\\" \\\\c\",d\\,e,\"\"}", ','))
                .isEqualTo(Arrays.asList("1", null, "NULL", "a \"b\" \\c", "d,e", ""));
    }

    @Test
    void arraysOfArraysAndBoundsAreRead() throws SQLException {
        assertThat(ArrayText.parse("{}", ',')).isEmpty();
        assertThat(ArrayText.parse("[0:1]={{1,2},{3,4}}", ','))
                .isEqualTo(Arrays.asList(Arrays.asList("1", "2"), Arrays.asList("3", "4")));
        assertThat(ArrayText.parse("{(1,2),(3,4);(0,0),(1,1)}", ';')).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{1", "{\"a}", "{1}x", "{1,", "1,2", "{\"a\\", "[0:1]"})
    void whatIsNoArrayIsRefused(String text) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> ArrayText.parse(text, ','))
                .matches(e -> "22018".equals(e.getSQLState()));
    }

    @Test
    void depthIsBounded() {
        String deep = String.join("", Collections.nCopies(100_000, "{"));
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ArrayText.parse(deep, ','));
    }

    @Test
    void elementTypesAreFoundByEveryName() throws SQLException {
        assertThat(ElementType.ofArray("_int4").jdbcType()).isEqualTo(Types.INTEGER);
        assertThat(ElementType.ofArray("CHARACTER VARYING(4) ARRAY").name())
                .isEqualTo("CHARACTER VARYING");
        assertThat(ElementType.ofArray("INTEGER ARRAY ARRAY").isArray()).isTrue();
        assertThat(ElementType.wished(Manner.POSTGRES, "INTEGER").name()).isEqualTo("int4");
        assertThat(ElementType.named("bytea").read(Manner.POSTGRES, "\\x00ff"))
                .isEqualTo(new byte[] {0, -1});
    }
}
