package io.gatehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.jdbc.url.Option;

import org.junit.jupiter.api.Test;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a tool that asks the driver for its properties is told. */
class PropertyInfoTest {
    private static final String URL = "jdbc:gatehouse://h/x";

    private static Map<String, DriverPropertyInfo> told(String url, Properties beside)
            throws SQLException {
        Driver driver = DriverManager.getDriver(URL);
        return Arrays.stream(driver.getPropertyInfo(url, beside))
                .collect(Collectors.toMap(info -> info.name, Function.identity()));
    }

    @Test
    void everyPropertyIsThereWithItsMeaningAndDefault() throws SQLException {
        Map<String, DriverPropertyInfo> told = told(URL, new Properties());
        assertThat(told).hasSize(Option.values().length);
        for (Option option : Option.values()) {
            DriverPropertyInfo info = told.get(option.key());
            assertThat(info.description).as(option.key()).isNotBlank().endsWith(".");
            assertThat(info.value).as(option.key()).isEqualTo(option.defaultText());
            assertThat(info.required).as(option.key()).isEqualTo(option == Option.USER);
            if (info.choices != null && info.value != null) {
                assertThat(info.choices).as(option.key()).contains(info.value);
            }
        }
        assertThat(told.get("sslmode").choices).contains("verify-full", "disable");
        assertThat(told.get("traceComments").choices).containsExactly("true", "false");
    }

    @Test
    void whatIsGivenIsItsValueAndTheUrlWins() throws SQLException {
        Properties beside = new Properties();
        beside.setProperty("user", "ada");
        beside.setProperty("window", "65536");
        Map<String, DriverPropertyInfo> told = told(URL + "?window=4096", beside);
        assertThat(told.get("user").value).isEqualTo("ada");
        assertThat(told.get("window").value).isEqualTo("4096");
    }

    @Test
    void beforeThereIsAUrlTheDefaultsAreTold() throws SQLException {
        Driver driver = new GatehouseDriver();
        assertThat(driver.getPropertyInfo(null, null)).hasSize(Option.values().length);
        assertThat(driver.getPropertyInfo("", null)).hasSize(Option.values().length);
    }

    @Test
    void anUnknownPropertyIsNamedWithoutItsValue() {
        assertThatThrownBy(() -> told(URL + "?nonsense=s3cret", new Properties()))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "22023")
                .hasMessageContaining("nonsense")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aServiceLoaderFindsTheDriverAndUrlsOfOthersAreLeftToThem() throws SQLException {
        assertThat(ServiceLoader.load(Driver.class).stream().map(ServiceLoader.Provider::type))
                .contains(GatehouseDriver.class);
        Driver driver = new GatehouseDriver();
        assertThat(driver.acceptsURL("jdbc:postgresql://h/x")).isFalse();
        assertThat(driver.connect("jdbc:postgresql://h/x", new Properties())).isNull();
    }
}
