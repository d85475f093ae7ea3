package io.gatehouse.benchmarks;

import java.util.List;

/** Rows as aligned Markdown; the first is the head, the first column holds names. */
final class Table {
    private Table() {}

    static String of(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            line(rows.get(r), widths, text);
            if (r == 0) {
                for (int i = 0; i < widths.length; i++) {
                    String dashes = "-".repeat(widths[i] + 1);
                    text.append('|').append(i == 0 ? dashes + "-" : dashes + ":");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void line(List<String> row, int[] widths, StringBuilder text) {
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - row.get(i).length());
            text.append("| ").append(i == 0 ? row.get(i) + space : space + row.get(i)).append(' ');
        }
        text.append("|\n");
    }
}
