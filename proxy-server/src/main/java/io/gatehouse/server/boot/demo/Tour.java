package io.gatehouse.server.boot.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A short tour through a running demo, with the real driver over the real socket. */
public final class Tour {
    private static final String JOIN =
            """
            SELECT c.name, c.city, COUNT(DISTINCT o.id) AS orders, SUM(l.quantity * l.price) AS spent
            FROM customers c
            JOIN orders o ON o.customer_id = c.id
            JOIN order_lines l ON l.order_id = o.id
            WHERE c.city = ? AND o.status = 'delivered'
            GROUP BY c.id, c.name, c.city
            ORDER BY spent DESC
            LIMIT 5
            """;

    private final String url;
    private final URI pools;
    private final PrintWriter out;

    /**
     * @param url the JDBC URL of the shop, with user and password
     * @param admin the admin port's address
     */
    public Tour(String url, URI admin, PrintWriter out) {
        this.url = url;
        this.pools = admin.resolve("/pools");
        this.out = out;
    }

    private interface Step {
        void run(Connection connection) throws SQLException, IOException, InterruptedException;
    }

    /** A step did not do what it shows. */
    private static final class StepFailed extends SQLException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }

    /**
     * Walks through all steps, or up to the first that fails.
     *
     * @return whether every step did what it shows
     */
    public boolean walk() throws InterruptedException {
        out.println();
        out.println("A short tour, through the JDBC driver and the port above:");
        try (Connection connection = DriverManager.getConnection(url)) {
            return step("1. A join over customers, orders and order lines", this::join, connection)
                    && step("2. A transaction, taken back", this::transaction, connection)
                    && step("3. A DELETE without WHERE", this::refusal, connection)
                    && step("4. The pool, from the admin port", this::pool, connection);
        } catch (SQLException e) {
            out.println("The tour failed to connect: " + e.getMessage());
            return false;
        } finally {
            out.flush();
        }
    }

    private boolean step(String title, Step step, Connection connection)
            throws InterruptedException {
        out.println();
        out.println(title);
        out.println();
        try {
            step.run(connection);
            return true;
        } catch (SQLException | IOException e) {
            out.println("    This step failed: " + e);
            return false;
        }
    }

    private void join(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(JOIN)) {
            statement.setString(1, "Lisbon");
            try (ResultSet result = statement.executeQuery()) {
                TextTable table = TextTable.of(result);
                table.print(out);
                if (table.rowCount() != 5) {
                    throw new StepFailed("expected 5 rows, got " + table.rowCount());
                }
            }
        }
    }

    private void transaction(Connection connection) throws SQLException {
        long before = stock(connection);
        connection.setAutoCommit(false);
        long inside;
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE products SET stock = stock - ? WHERE id = ?")) {
            update.setInt(1, 3);
            update.setInt(2, 42);
            int changed = update.executeUpdate();
            if (changed != 1) {
                throw new StepFailed("expected to change 1 row, changed " + changed);
            }
            inside = stock(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        long after = stock(connection);
        out.println("    stock of product 42 before                " + before);
        out.println("    inside, after UPDATE ... SET stock - 3    " + inside);
        out.println("    after ROLLBACK                            " + after);
        if (inside != before - 3 || after != before) {
            throw new StepFailed("the figures are not those of a transaction that was taken back");
        }
    }

    private static long stock(Connection connection) throws SQLException {
        return number(connection, "SELECT stock FROM products WHERE id = 42");
    }

    private void refusal(Connection connection) throws SQLException {
        out.println("    DELETE FROM order_lines");
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM order_lines");
        } catch (SQLException e) {
            out.println("    SQLSTATE " + e.getSQLState() + ": " + e.getMessage());
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            long left = number(connection, "SELECT COUNT(*) FROM order_lines");
            out.println("    order lines still there: " + left);
            if (left < 100_000) {
                throw new StepFailed("order lines are missing");
            }
            return;
        }
        throw new StepFailed("the statement was not refused");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new StepFailed("no row for: " + sql);
            }
            return result.getLong(1);
        }
    }

    private void pool(Connection connection)
            throws SQLException, IOException, InterruptedException {
        if (connection.isClosed()) {
            throw new StepFailed("the connection is closed");
        }
        JsonNode answer;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(pools).timeout(Duration.ofSeconds(5)).build();
            answer =
                    new ObjectMapper()
                            .readTree(client.send(request, BodyHandlers.ofString()).body());
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : answer.path("pools")) {
            List<String> row = new ArrayList<>();
            for (String name :
                    List.of("connection", "size", "open", "inUse", "waiting", "pinned")) {
                row.add(one.path(name).asText());
            }
            rows.add(row);
        }
        TextTable.of(List.of("pool", "size", "open", "in use", "waiting", "pinned"), rows)
                .print(out);
        if (rows.stream().noneMatch(row -> row.getFirst().equals("shop"))) {
            throw new StepFailed("the admin port shows no pool of the shop");
        }
        out.println();
        out.println("    This session is open and uses no backend connection between statements.");
    }
}
