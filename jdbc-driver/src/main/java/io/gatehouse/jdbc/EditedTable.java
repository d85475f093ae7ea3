package io.gatehouse.jdbc;

import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.wire.Argument;
import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one table that a result's columns belong to, as statements that change it by its primary key.
 * They go the way of all statements, so that the broker's policy sees them.
 */
final class EditedTable {
    private final List<Column> columns;
    private final String quote;
    private final String name;
    private final List<Integer> keys;

    private EditedTable(List<Column> columns, String quote, String name, List<Integer> keys) {
        this.columns = columns;
        this.quote = quote;
        this.name = name;
        this.keys = keys;
    }

    /**
     * Finds the table.
     *
     * @param columns with all their fields
     */
    static EditedTable of(GatehouseConnection connection, List<Column> columns)
            throws SQLException {
        Manner manner = connection.manner();
        Column first = null;
        for (Column column : columns) {
            boolean stray = column.table().isEmpty() || column.name().isEmpty();
            if (stray && manner == Manner.POSTGRES) {
                // PostgreSQL's driver lets an expression stand beside the columns of a table.
                continue;
            }
            if (stray || (first != null && !isSameTable(first, column))) {
                throw EditRefusal.NOT_ONE_TABLE.asked(manner);
            }
            first = first == null ? column : first;
        }
        if (first == null) {
            throw EditRefusal.NOT_ONE_TABLE.asked(manner);
        }
        String quote = connection.getMetaData().getIdentifierQuoteString();
        List<Integer> keys = keys(connection, first, columns);
        if (keys.isEmpty()) {
            throw EditRefusal.NO_KEY.asked(manner);
        }
        return new EditedTable(columns, quote, name(connection, first, quote), keys);
    }

    private static boolean isSameTable(Column one, Column other) {
        return one.table().equals(other.table())
                && one.schema().equals(other.schema())
                && one.catalog().equals(other.catalog());
    }

    /** The places of the primary key's columns, counted from 1; empty if one is not there. */
    private static List<Integer> keys(
            GatehouseConnection connection, Column table, List<Column> columns)
            throws SQLException {
        List<Integer> places = new ArrayList<>();
        try (ResultSet rows =
                connection.catalogRows(
                        "getPrimaryKeys",
                        List.of(
                                Argument.text(orNull(table.catalog())),
                                Argument.text(orNull(table.schema())),
                                Argument.text(table.table())))) {
            while (rows.next()) {
                int place = place(columns, rows.getString("COLUMN_NAME"));
                if (place == 0) {
                    return List.of();
                }
                places.add(place);
            }
        }
        return places;
    }

    private static int place(List<Column> columns, @Nullable String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static @Nullable String orNull(String name) {
        return name.isEmpty() ? null : name;
    }

    private static String name(GatehouseConnection connection, Column table, String quote)
            throws SQLException {
        String schema = table.schema();
        if (schema.isEmpty() && connection.getMetaData().supportsCatalogsInDataManipulation()) {
            schema = table.catalog();
        }
        return (schema.isEmpty() ? "" : quoted(schema, quote) + ".") + quoted(table.table(), quote);
    }

    private static String quoted(String name, String quote) {
        String mark = quote.trim();
        return mark + name.replace(mark, mark + mark) + mark;
    }

    private String column(int place) {
        return quoted(columns.get(place - 1).name(), quote);
    }

    private String list(Collection<Integer> places, String after, String between) {
        return places.stream()
                .map(place -> column(place) + after)
                .collect(Collectors.joining(between));
    }

    private String byKey() {
        return " WHERE " + list(keys, " = ?", " AND ");
    }

    /** The places of the primary key's columns, in the order of the statements' parameters. */
    List<Integer> keys() {
        return keys;
    }

    /** Whether a column belongs to the table. */
    boolean owns(int place) {
        return !columns.get(place - 1).name().isEmpty();
    }

    /** The places of the columns that {@link #select} reads. */
    List<Integer> owned() {
        List<Integer> places = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
            if (owns(i)) {
                places.add(i);
            }
        }
        return places;
    }

    String name(int place) {
        return columns.get(place - 1).name();
    }

    String select() {
        return "SELECT " + list(owned(), "", ", ") + " FROM " + name + byKey();
    }

    String update(Collection<Integer> places) {
        return "UPDATE " + name + " SET " + list(places, " = ?", ", ") + byKey();
    }

    String delete() {
        return "DELETE FROM " + name + byKey();
    }

    String insert(Collection<Integer> places) {
        String values = places.stream().map(place -> "?").collect(Collectors.joining(", "));
        return "INSERT INTO " + name + " (" + list(places, "", ", ") + ") VALUES (" + values + ")";
    }
}
