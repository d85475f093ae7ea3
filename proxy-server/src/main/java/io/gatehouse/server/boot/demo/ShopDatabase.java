package io.gatehouse.server.boot.demo;

import io.gatehouse.server.kind.Encryption;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Target;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A shop in H2's memory: 1,200 customers, 600 products, 30,000 orders, 105,000 order lines, made by
 * arithmetic and so the same on every run. Lives until it is closed.
 */
public final class ShopDatabase implements AutoCloseable {
    /** The database's name, as the configuration of a logical connection gives it. */
    public static final String DATABASE = "mem:shop";

    /** Its user, who needs no password. */
    public static final String USER = "sa";

    /** Names are kept in lower case, as clients of PostgreSQL expect them. */
    public static final Map<String, String> PROPERTIES = Map.of("DATABASE_TO_LOWER", "TRUE");

    private static final List<String> SCRIPT =
            List.of(
                    """
                    CREATE TABLE customers (
                        id INT PRIMARY KEY,
                        name VARCHAR(60) NOT NULL,
                        email VARCHAR(80) NOT NULL UNIQUE,
                        city VARCHAR(40) NOT NULL,
                        since DATE NOT NULL)
                    """,
                    """
                    CREATE TABLE products (
                        id INT PRIMARY KEY,
                        name VARCHAR(60) NOT NULL,
                        category VARCHAR(20) NOT NULL,
                        price DECIMAL(10, 2) NOT NULL,
                        stock INT NOT NULL)
                    """,
                    """
                    CREATE TABLE orders (
                        id INT PRIMARY KEY,
                        customer_id INT NOT NULL REFERENCES customers (id),
                        ordered_at TIMESTAMP(0) NOT NULL,
                        status VARCHAR(10) NOT NULL)
                    """,
                    """
                    CREATE TABLE order_lines (
                        order_id INT NOT NULL REFERENCES orders (id),
                        line INT NOT NULL,
                        product_id INT NOT NULL REFERENCES products (id),
                        quantity INT NOT NULL,
                        price DECIMAL(10, 2) NOT NULL,
                        PRIMARY KEY (order_id, line))
                    """,
                    """
                    INSERT INTO customers
                    SELECT x,
                        (ARRAY['Ada', 'Bela', 'Chen', 'Dina', 'Emil', 'Fay', 'Goran', 'Hana', 'Ivo', 'June',
                            'Kofi', 'Lena'])[1 + MOD(x, 12)] || ' ' ||
                        (ARRAY['Abel', 'Brandt', 'Costa', 'Dvorak', 'Eriksen', 'Fischer', 'Garcia', 'Hall',
                            'Ito', 'Jansen'])[1 + MOD(x / 12, 10)],
                        'customer' || x || '@example.com',
                        (ARRAY['Berlin', 'Lisbon', 'Nairobi', 'Osaka', 'Quito', 'Toronto', 'Zagreb'])
                            [1 + MOD(x * 5, 7)],
                        DATEADD('DAY', MOD(x * 37, 1500), DATE '2021-01-01')
                    FROM SYSTEM_RANGE(1, 1200) AS r (x)
                    """,
                    """
                    INSERT INTO products
                    SELECT x,
                        (ARRAY['Oak', 'Steel', 'Linen', 'Glass', 'Cork', 'Brass'])[1 + MOD(x, 6)] || ' ' ||
                        (ARRAY['lamp', 'chair', 'kettle', 'shelf', 'clock', 'mirror', 'bowl', 'stool'])
                            [1 + MOD(x / 6, 8)] || ' ' || x,
                        (ARRAY['kitchen', 'living', 'office', 'garden'])[1 + MOD(x, 4)],
                        CAST(5 + MOD(x * 7919, 29500) / 100.0 AS DECIMAL(10, 2)),
                        20 + MOD(x * 31, 400)
                    FROM SYSTEM_RANGE(1, 600) AS r (x)
                    """,
                    """
                    INSERT INTO orders
                    SELECT x,
                        1 + MOD(x * 7907, 1200),
                        DATEADD('MINUTE', x * 35, TIMESTAMP '2024-01-01 08:00:00'),
                        (ARRAY['new', 'paid', 'shipped', 'delivered'])[1 + MOD(x, 4)]
                    FROM SYSTEM_RANGE(1, 30000) AS r (x)
                    """,
                    """
                    INSERT INTO order_lines
                    SELECT o.x, l.x, p.id, 1 + MOD(o.x + l.x, 5), p.price
                    FROM SYSTEM_RANGE(1, 30000) AS o (x)
                    JOIN SYSTEM_RANGE(1, 5) AS l (x) ON l.x <= 2 + MOD(o.x, 4)
                    JOIN products p ON p.id = 1 + MOD(o.x * 13 + l.x * 101, 600)
                    """,
                    "CREATE INDEX orders_by_customer ON orders (customer_id)",
                    "CREATE INDEX order_lines_by_product ON order_lines (product_id)",
                    "ANALYZE");

    private final Connection connection;

    private ShopDatabase(Connection connection) {
        this.connection = connection;
    }

    /**
     * Makes the shop.
     *
     * @param kind the descriptor of H2, so that the broker's own connections lead to the same
     *     database
     */
    public static ShopDatabase make(Kind kind) throws SQLException {
        Target target = new Target("", 0, DATABASE, PROPERTIES, Encryption.OFF, "");
        Properties properties = new Properties();
        properties.putAll(kind.properties(target, Duration.ofSeconds(5)));
        properties.setProperty("user", USER);
        properties.setProperty("password", "");
        Connection connection = DriverManager.getConnection(kind.url(target), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            for (String sql : SCRIPT) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new ShopDatabase(connection);
    }

    /** Drops the shop from memory. */
    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
