package io.gatehouse.jdbc;

import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
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

    /** The column of a number, counted from 1. */
    static Column at(List<Column> columns, int number, Misuse otherwise, Manner backend)
            throws SQLException {
        int count = columns.size();
        if (number < 1 || number > count) {
            throw otherwise.at(
                    backend, "There is no column " + number + ": the result has " + count + ".");
        }
        return columns.get(number - 1);
    }

    int find(String label, Manner backend) throws SQLException {
        Integer found = byLabel.get(label.toLowerCase(Locale.ROOT));
        if (found == null) {
            found = byLabel.get(label);
        }
        if (found == null) {
            throw Misuse.NO_SUCH_LABEL.at(
                    backend, "The result has no column labelled " + label + ".");
        }
        return found;
    }
}
