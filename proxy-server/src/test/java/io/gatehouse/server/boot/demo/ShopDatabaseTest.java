package io.gatehouse.server.boot.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.kind.Encryption;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.kind.Target;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

final class ShopDatabaseTest {
    private static final Kind H2 = Kinds.find("h2").orElseThrow();

    @Test
    void isTheSameOnEveryRun() throws Exception {
        String first;
        try (ShopDatabase _ = ShopDatabase.make(H2);
                Connection connection = connect()) {
            assertThat(one(connection, "SELECT COUNT(*) FROM customers")).isEqualTo("1200");
            assertThat(one(connection, "SELECT COUNT(*) FROM products")).isEqualTo("600");
            assertThat(one(connection, "SELECT COUNT(*) FROM orders")).isEqualTo("30000");
            assertThat(one(connection, "SELECT COUNT(*) FROM order_lines")).isEqualTo("105000");
            first = checksum(connection);
        }
        try (ShopDatabase _ = ShopDatabase.make(H2);
                Connection connection = connect()) {
            assertThat(checksum(connection)).isEqualTo(first);
        }
    }

    @Test
    void theTourNoticesThatNothingIsRefused() throws Exception {
        StringWriter out = new StringWriter();
        try (ShopDatabase _ = ShopDatabase.make(H2)) {
            String url =
                    "jdbc:h2:mem:shop;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;USER=sa";
            Tour tour = new Tour(url, URI.create("http://127.0.0.1:1"), new PrintWriter(out));

            assertThat(tour.walk()).isFalse();
        }
        assertThat(out.toString())
                .contains("Lisbon")
                .contains("after ROLLBACK")
                .contains("This step failed")
                .contains("the statement was not refused")
                .doesNotContain("4. The pool");
    }

    private static Connection connect() throws Exception {
        Target target =
                new Target(
                        "", 0, ShopDatabase.DATABASE, ShopDatabase.PROPERTIES, Encryption.OFF, "");
        Properties properties = new Properties();
        properties.putAll(H2.properties(target, Duration.ofSeconds(1)));
        properties.setProperty("user", ShopDatabase.USER);
        properties.setProperty("password", "");
        return DriverManager.getConnection(H2.url(target), properties);
    }

    private static String checksum(Connection connection) throws Exception {
        return one(connection, "SELECT SUM(quantity * price * (order_id + line)) FROM order_lines")
                + one(connection, "SELECT SUM(ORA_HASH(name || city || since)) FROM customers");
    }

    private static String one(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
