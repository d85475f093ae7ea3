package io.gatehouse.jdbc;

import io.gatehouse.jdbc.GatehouseStatement.KeyRequest;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.session.RowPlace;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The changes of an updatable result set: gathered, then written to the table by its key. */
final class RowEdits {
    private final GatehouseConnection connection;
    private final RowCursor rows;
    private final KeptRows kept;
    private final ScrollPosition position;
    private final ColumnDetail detail;

    private final GatehousePreparedStatement values;
    private final Set<Integer> changed = new TreeSet<>();
    private boolean inserting;
    private @Nullable EditedTable table;

    RowEdits(
            GatehouseConnection connection,
            RowCursor rows,
            KeptRows kept,
            ScrollPosition position,
            ColumnDetail detail)
            throws SQLException {
        this.connection = connection;
        this.rows = rows;
        this.kept = kept;
        this.position = position;
        this.detail = detail;
        // It never runs: it only holds the values.
        this.values = new GatehousePreparedStatement(connection, "", 0, KeyRequest.NONE);
    }

    private EditedTable table() throws SQLException {
        EditedTable known = table;
        if (known == null) {
            known = EditedTable.of(connection, detail.full());
            table = known;
        }
        return known;
    }

    /** Whether the rows can be changed, as far as one can tell beforehand. */
    boolean isPossible() {
        try {
            table();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    boolean isInserting() {
        return inserting;
    }

    /** The value that waits for a column, null if none does. */
    @Nullable Parameter waiting(int column) {
        return changed.contains(column) ? values.value(column) : null;
    }

    /** Where a column's new value goes. */
    GatehousePreparedStatement change(int column) throws SQLException {
        EditedTable of = table();
        if (!inserting) {
            checkOnRow();
        }
        if (!of.owns(column)) {
            throw EditRefusal.NOT_ONE_TABLE.asked(connection.manner());
        }
        changed.add(column);
        return values;
    }

    private void checkOnRow() throws SQLException {
        if (inserting) {
            throw Misuse.ON_ANOTHER_ROW.at(
                    connection.manner(),
                    "This cannot be done on the insert row: moveToCurrentRow() first.");
        }
        if (!position.isOnRow()) {
            throw Misuse.OFF_THE_ROWS.at(connection.manner(), RowPosition.NOWHERE);
        }
    }

    /** The changes of a row are lost when it is left. */
    void leave() throws SQLException {
        inserting = false;
        clear();
    }

    private void clear() throws SQLException {
        if (!changed.isEmpty()) {
            changed.clear();
            values.clearParameters();
        }
    }

    void cancel() throws SQLException {
        if (inserting) {
            throw Faults.cursor("There is nothing to cancel on the insert row.");
        }
        clear();
    }

    void toInsertRow() throws SQLException {
        table();
        clear();
        inserting = true;
    }

    void toCurrentRow() throws SQLException {
        table();
        if (inserting) {
            leave();
        }
    }

    void update() throws SQLException {
        EditedTable of = table();
        checkOnRow();
        if (changed.isEmpty()) {
            return;
        }
        List<Parameter> parameters = changedValues();
        List<Parameter> newKey = new ArrayList<>();
        for (int place : of.keys()) {
            Parameter waiting = waiting(place);
            parameters.add(current(place));
            newKey.add(waiting == null ? current(place) : waiting);
        }
        write(of.update(changed), parameters);
        clear();
        reread(of, newKey);
    }

    private List<Parameter> changedValues() throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        for (int place : changed) {
            Parameter value = values.value(place);
            if (value == null) {
                throw Faults.cursor("A column has no value that it could be updated to.");
            }
            parameters.add(value);
        }
        return parameters;
    }

    /** The current row's own value of a column, as a parameter. */
    private Parameter current(int place) throws SQLException {
        Column column = rows.columns().get(place - 1);
        return new Parameter(column.type(), rows.value(place - 1));
    }

    private long write(String sql, List<Parameter> parameters) throws SQLException {
        kept.count();
        position.again();
        try (GatehousePreparedStatement statement = prepared(sql, KeyRequest.NONE, parameters)) {
            return statement.executeLargeUpdate();
        }
    }

    private GatehousePreparedStatement prepared(
            String sql, KeyRequest keys, List<Parameter> parameters) throws SQLException {
        GatehousePreparedStatement statement =
                new GatehousePreparedStatement(connection, sql, 0, keys);
        for (int i = 0; i < parameters.size(); i++) {
            statement.set(i + 1, parameters.get(i));
        }
        return statement;
    }

    void refresh() throws SQLException {
        EditedTable of = table();
        checkOnRow();
        clear();
        List<Parameter> key = new ArrayList<>();
        for (int place : of.keys()) {
            key.add(current(place));
        }
        kept.count();
        position.again();
        reread(of, key);
    }

    private void reread(EditedTable of, List<Parameter> key) throws SQLException {
        RowPlace fresh = read(of, key, false);
        if (fresh != null) {
            kept.replace(position.index(), fresh);
            position.again();
        }
    }

    /** The row of a key as it is in the table now; null if it is not there any more. */
    private @Nullable RowPlace read(EditedTable of, List<Parameter> key, boolean isNew)
            throws SQLException {
        try (GatehousePreparedStatement statement = prepared(of.select(), KeyRequest.NONE, key);
                GatehouseResultSet one = statement.query()) {
            if (!one.next()) {
                return null;
            }
            List<Integer> owned = of.owned();
            List<byte @Nullable []> row = new ArrayList<>();
            for (int i = 0; i < rows.columns().size(); i++) {
                int at = owned.indexOf(i + 1);
                boolean same = at >= 0 && one.column(at + 1).type() == rows.columns().get(i).type();
                row.add(same ? one.value(at + 1) : isNew ? null : rows.value(i));
            }
            return RowPlace.of(row);
        }
    }

    void delete() throws SQLException {
        EditedTable of = table();
        checkOnRow();
        List<Parameter> key = new ArrayList<>();
        for (int place : of.keys()) {
            key.add(current(place));
        }
        write(of.delete(), key);
        clear();
        if (changesShow()) {
            kept.remove(position.index());
            position.back();
        }
    }

    /** H2's driver leaves the result as it was when rows come or go. */
    private boolean changesShow() {
        return connection.manner() != Manner.H2;
    }

    void insert() throws SQLException {
        EditedTable of = table();
        if (!inserting) {
            throw Misuse.ON_ANOTHER_ROW.at(
                    connection.manner(),
                    "The result set is not on the insert row: moveToInsertRow() first.");
        }
        if (changed.isEmpty()) {
            throw Faults.cursor("No column of the new row has a value.");
        }
        kept.count();
        List<Integer> unknown = new ArrayList<>(of.keys());
        unknown.removeIf(place -> waiting(place) != null);
        KeyRequest wanted = wanted(of, unknown);
        List<Parameter> key;
        try (GatehousePreparedStatement statement =
                prepared(of.insert(changed), wanted, changedValues())) {
            statement.executeLargeUpdate();
            key = newKey(of, unknown, statement);
        }
        RowPlace fresh = changesShow() && !key.isEmpty() ? read(of, key, true) : null;
        if (fresh != null) {
            kept.add(fresh);
        }
        clear();
        position.again();
    }

    private KeyRequest wanted(EditedTable of, List<Integer> unknown) {
        if (unknown.isEmpty() || !changesShow()) {
            return KeyRequest.NONE;
        }
        return KeyRequest.of(unknown.stream().map(of::name).toArray(String[]::new));
    }

    /** The new row's key; empty where the backend does not tell it. */
    private List<Parameter> newKey(
            EditedTable of, List<Integer> unknown, GatehousePreparedStatement statement)
            throws SQLException {
        List<Parameter> key = new ArrayList<>();
        try (ResultSet generated = statement.getGeneratedKeys()) {
            boolean told = !unknown.isEmpty() && changesShow() && generated.next();
            for (int place : of.keys()) {
                Parameter given = waiting(place);
                if (given != null) {
                    key.add(given);
                } else if (told && unknown.indexOf(place) < columns(generated)) {
                    key.add(((GatehouseResultSet) generated).parameter(unknown.indexOf(place) + 1));
                } else {
                    return List.of();
                }
            }
        }
        return key;
    }

    private static int columns(ResultSet generated) throws SQLException {
        return generated.getMetaData().getColumnCount();
    }

    void close() throws SQLException {
        values.close();
    }
}
