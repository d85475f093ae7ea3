package io.gatehouse.frameworks;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/** What an application's configuration says of its database, and nothing more. */
record Access(Product product, String driver, String url, String user, String password) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Without a pool: each connection is a new one. */
    DataSource dataSource() {
        return new DriverManagerDataSource(url, user, password);
    }

    void run(String... statements) throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }
}
