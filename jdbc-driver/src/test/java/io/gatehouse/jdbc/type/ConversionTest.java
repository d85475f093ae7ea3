package io.gatehouse.jdbc.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.jdbc.wire.Parameter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Values in their binary forms and back, and as what JDBC lets them be read. */
class ConversionTest {
    private static Cell cell(Parameter p) {
        byte[] bytes = p.bytes();
        return new Cell(Manner.STANDARD).point(p.type(), bytes, 0, bytes.length);
    }

    private static void fails(
            String state, org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
        assertThatThrownBy(c)
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "1",
                "-1",
                "9999",
                "10000",
                "10001",
                "0.0001",
                "0.00001",
                "-12345.678",
                "123456789012345678901234567890.12345",
                "100000000",
                "1.50",
                "0.10000000000000000001",
                "99999999999999999999999999999999999999999999999999"
            })
    void numeric(String text) throws SQLException {
        BigDecimal number = new BigDecimal(text);
        assertThat(ToNumber.toBigDecimal(cell(Encoding.of(number)))).isEqualTo(number);
    }

    @Test
    void aNumberWithNegativeScaleIsWrittenOut() throws SQLException {
        assertThat(ToNumber.toBigDecimal(cell(Encoding.of(new BigDecimal("12E+7")))))
                .isEqualTo(new BigDecimal("120000000"));
        fails("22003", () -> Encoding.of(new BigDecimal("1E+2000000000")));
    }

    @Test
    void wholeNumbers() throws SQLException {
        assertThat(ToNumber.toInt(cell(Encoding.of(3.99)))).isEqualTo(3);
        assertThat(ToNumber.toLong(cell(Encoding.of(" -7.5 ")))).isEqualTo(-7);
        assertThat(ToNumber.toByte(cell(Encoding.of(-128)))).isEqualTo((byte) -128);
        fails("22003", () -> ToNumber.toByte(cell(Encoding.of(128))));
        fails("22003", () -> ToNumber.toInt(cell(Encoding.of(1L << 31))));
        fails("22003", () -> ToNumber.toLong(cell(Encoding.of(1e19))));
        fails("22003", () -> ToNumber.toLong(cell(Encoding.of(Double.NaN))));
        fails("22003", () -> ToNumber.toLong(cell(Encoding.of("1E+2000000000"))));
        fails("22003", () -> ToNumber.toFloat(cell(Encoding.of(1e300))));
        fails("22018", () -> ToNumber.toInt(cell(Encoding.of("seven"))));
        fails("07006", () -> ToNumber.toInt(cell(Encoding.of(LocalDate.EPOCH))));
    }

    @Test
    void truth() throws SQLException {
        assertThat(ToNumber.toBoolean(cell(Encoding.of("yes")))).isTrue();
        assertThat(ToNumber.toBoolean(cell(Encoding.of(0)))).isFalse();
        fails("22018", () -> ToNumber.toBoolean(cell(Encoding.of("perhaps"))));
    }

    @Test
    void vendorsManners() throws SQLException {
        byte[] yes = Encoding.of(true).bytes();
        Cell postgres = new Cell(Manner.POSTGRES).point(TypeId.BOOL, yes, 0, 1);
        assertThat(ToText.toText(postgres)).isEqualTo("t");
        fails("22003", () -> ToNumber.toInt(postgres));
        byte[] text = Encoding.of("12abc").bytes();
        Cell sqlite = new Cell(Manner.SQLITE).point(TypeId.TEXT, text, 0, text.length);
        assertThat(ToNumber.toInt(sqlite)).isEqualTo(12);
        Cell mariadb = new Cell(Manner.MARIADB).point(TypeId.TEXT, text, 0, text.length);
        assertThat(ToNumber.toBoolean(mariadb)).isTrue();
    }

    @Test
    void times() throws SQLException {
        LocalDateTime micros = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000);
        LocalDateTime nanos = micros.plusNanos(789);
        for (LocalDateTime t :
                new LocalDateTime[] {
                    micros, nanos, LocalDateTime.of(-44, 3, 15, 12, 0), LocalDateTime.MAX
                }) {
            assertThat(ToTime.toLocalDateTime(cell(Encoding.of(t)))).isEqualTo(t);
        }
        LocalTime time = LocalTime.of(1, 2, 3, 4);
        assertThat(ToTime.toLocalTime(cell(Encoding.of(time)))).isEqualTo(time);
        OffsetDateTime offset = OffsetDateTime.parse("2024-02-29T12:00:00.000000001+05:30");
        assertThat(ToTime.toOffsetDateTime(cell(Encoding.of(offset)))).isEqualTo(offset);
        assertThat(ToTime.toTimestamp(cell(Encoding.of(nanos)), null))
                .isEqualTo(Timestamp.valueOf(nanos));
        assertThat(ToTime.toLocalDate(cell(Encoding.of("2024-02-29"))))
                .isEqualTo(LocalDate.of(2024, 2, 29));
        fails("22018", () -> ToTime.toLocalDate(cell(Encoding.of("2024-02-30x"))));
    }

    @Test
    void texts() throws SQLException {
        assertThat(ToText.toText(cell(Encoding.of(LocalDate.of(2024, 2, 29)))))
                .isEqualTo("2024-02-29");
        assertThat(ToText.toText(cell(Encoding.of(LocalDate.of(12024, 2, 29)))))
                .isEqualTo("12024-02-29");
        assertThat(ToText.toText(cell(Encoding.of(LocalDate.of(-43, 3, 15)))))
                .isEqualTo("0044-03-15 BC");
        assertThat(ToText.toText(cell(Encoding.of(LocalDate.MAX)))).isEqualTo("infinity");
        assertThat(ToText.toText(cell(Encoding.of(LocalDateTime.of(2024, 1, 2, 3, 4, 5, 1000)))))
                .isEqualTo("2024-01-02 03:04:05.000001");
        assertThat(ToText.toText(cell(Encoding.of(new byte[] {0, -1})))).isEqualTo("\\x00ff");
        assertThat(ToText.toText(cell(Encoding.of(new BigDecimal("1E+3"))))).isEqualTo("1000");
        UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        assertThat(ToText.toUuid(cell(Encoding.of(uuid)))).isEqualTo(uuid);
        assertThat(ToText.toUuid(cell(Encoding.of(uuid.toString())))).isEqualTo(uuid);
    }

    @Test
    void parametersAsAnotherType() throws SQLException {
        Parameter number =
                Converted.to(Encoding.of("12.345"), "12.345", Types.DECIMAL, 2, Manner.STANDARD);
        assertThat(ToNumber.toBigDecimal(cell(number))).isEqualTo(new BigDecimal("12.35"));
        fails(
                "22018",
                () -> Converted.to(Encoding.of("x"), "x", Types.INTEGER, -1, Manner.STANDARD));
    }

    /** A broken value is a fault, never an exception of another kind. */
    @Test
    void valuesOfWrongSizeAreFaults() {
        for (int type :
                new int[] {16, 20, 21, 23, 700, 701, 1082, 1083, 1114, 1184, 1266, 1700, 2950}) {
            for (int length = 0; length < 20; length++) {
                Cell cell = new Cell(Manner.STANDARD).point(type, new byte[length], 0, length);
                try {
                    assertThat(ToText.toText(cell)).isNotNull();
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("08P01");
                }
            }
        }
    }
}
