package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.Column;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds columns by label: case does not matter, and of equal labels the first wins. */
final class ColumnLabels {
    private final Map<String, Integer> byLabel = new HashMap<>();

    ColumnLabels(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            byLabel.putIfAbsent(columns.get(i).label(), i + 1);
            byLabel.putIfAbsent(columns.get(i).label().toLowerCase(Locale.ROOT), i + 1);
        }
    }

    int find(String label) throws SQLException {
        Integer found = byLabel.get(label.toLowerCase(Locale.ROOT));
        if (found == null) {
            found = byLabel.get(label);
        }
        if (found == null) {
            throw Faults.noColumn("The result has no column labelled " + label + ".");
        }
        return found;
    }
}
