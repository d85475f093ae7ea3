package io.gatehouse.server.boot.demo;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows as people read them. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    static TextTable of(ResultSet result) throws SQLException {
        TextTable table = new TextTable();
        ResultSetMetaData columns = result.getMetaData();
        List<String> heads = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            heads.add(columns.getColumnLabel(i));
            table.right.add(columns.isSigned(i));
        }
        table.rows.add(heads);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= heads.size(); i++) {
                String value = result.getString(i);
                row.add(value == null ? "(null)" : value);
            }
            table.rows.add(row);
        }
        return table;
    }

    static TextTable of(List<String> heads, List<List<String>> rows) {
        TextTable table = new TextTable();
        heads.forEach(head -> table.right.add(!head.equals(heads.getFirst())));
        table.rows.add(heads);
        table.rows.addAll(rows);
        return table;
    }

    int rowCount() {
        return rows.size() - 1;
    }

    void print(PrintWriter out) {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int number = 0; number < rows.size(); number++) {
            StringBuilder line = new StringBuilder("   ");
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(number).get(i);
                String pad = " ".repeat(widths[i] - cell.length());
                line.append(' ').append(right.get(i) ? pad + cell : cell + pad).append(' ');
            }
            out.println(line.toString().stripTrailing());
            if (number == 0) {
                StringBuilder rule = new StringBuilder("   ");
                for (int width : widths) {
                    rule.append(' ').append("-".repeat(width)).append(' ');
                }
                out.println(rule.toString().stripTrailing());
            }
        }
    }
}
