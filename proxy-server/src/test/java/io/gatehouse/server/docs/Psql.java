package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A conversation with psql, held through the stock PostgreSQL driver and written as psql does. */
final class Psql {
    private static final String PROMPT = "shop=> ";

    private Psql() {}

    /** Says each line behind a prompt and compares the answers. */
    static void type(int port, String password, List<String> shown) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/shop?preferQueryMode=simple";
        List<String> said = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, "ada", password);
                Statement statement = connection.createStatement()) {
            for (String line : shown) {
                if (line.startsWith(PROMPT)) {
                    said.add(line);
                    answer(statement, line.substring(PROMPT.length()), said);
                }
            }
        }
        assertThat(said.stream().map(Psql::plain).toList())
                .isEqualTo(
                        shown.stream()
                                .filter(line -> !line.isBlank() && !line.startsWith("---"))
                                .filter(line -> !line.matches("[-+ ]+"))
                                .map(Psql::plain)
                                .toList());
    }

    /** Columns without the blanks around them. */
    private static String plain(String line) {
        return line.replaceAll(" *\\| *", "|").strip();
    }

    private static void answer(Statement statement, String sql, List<String> said)
            throws SQLException {
        try {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    table(rows, said);
                }
            } else {
                String verb = sql.split("[ ;]")[0].toUpperCase(Locale.ROOT);
                boolean counts = List.of("UPDATE", "DELETE").contains(verb);
                said.add(verb + (counts ? " " + statement.getUpdateCount() : ""));
            }
        } catch (PSQLException e) {
            ServerErrorMessage message = e.getServerErrorMessage();
            if (message == null) {
                throw e;
            }
            said.add(message.getSeverity() + ":  " + message.getMessage());
            said.add("HINT:  " + message.getHint());
        }
    }

    private static void table(ResultSet rows, List<String> said) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            cells.add(rows.getMetaData().getColumnLabel(i));
        }
        said.add(String.join("|", cells));
        int count = 0;
        while (rows.next()) {
            cells.clear();
            for (int i = 1; i <= columns; i++) {
                cells.add(String.valueOf(rows.getString(i)));
            }
            said.add(String.join("|", cells));
            count++;
        }
        said.add("(" + count + (count == 1 ? " row)" : " rows)"));
    }
}
