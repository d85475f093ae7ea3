package io.gatehouse.jdbc;

import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** What is known of a result's columns. The rarer facts are asked for when somebody wants them. */
final class GatehouseResultSetMetaData extends Wrapped implements ResultSetMetaData {
    private static final int SIGNED = 1;
    private static final int AUTO_INCREMENT = 2;
    private static final int CASE_SENSITIVE = 4;
    private static final int SEARCHABLE = 8;
    private static final int CURRENCY = 16;
    private static final int READ_ONLY = 32;
    private static final int WRITABLE = 64;
    private static final int DEFINITELY_WRITABLE = 128;

    private final Manner manner;
    private final List<Column> columns;
    private final ColumnDetail detail;
    private @Nullable List<Column> full;

    GatehouseResultSetMetaData(Manner manner, List<Column> columns, ColumnDetail detail) {
        this.manner = manner;
        this.columns = columns;
        this.detail = detail;
    }

    private Column basic(int column) throws SQLException {
        return at(columns, column);
    }

    private Column full(int column) throws SQLException {
        List<Column> known = full;
        if (known == null) {
            at(columns, column);
            known = detail.full();
            full = known;
        }
        return at(known, column);
    }

    private Column at(List<Column> columns, int column) throws SQLException {
        return ColumnLabels.at(columns, column, Misuse.NOTHING_TO_DESCRIBE, manner);
    }

    private boolean bit(int column, int bit) throws SQLException {
        return (full(column).bits() & bit) != 0;
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return basic(column).label();
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return basic(column).jdbcType();
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        String name = basic(column).typeName();
        // PostgreSQL's driver calls an integer that counts by itself serial: it too asks for that.
        boolean counts = name.equals("int2") || name.equals("int4") || name.equals("int8");
        return counts ? full(column).typeName() : name;
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return basic(column).className();
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return basic(column).precision();
    }

    @Override
    public int getScale(int column) throws SQLException {
        return basic(column).scale();
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return basic(column).displaySize();
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return (basic(column).bits() & SIGNED) != 0;
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        // PostgreSQL's driver gives the label again, and no schema.
        return manner == Manner.POSTGRES ? basic(column).label() : full(column).name();
    }

    @Override
    public String getTableName(int column) throws SQLException {
        return full(column).table();
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        String schema = full(column).schema();
        return manner == Manner.POSTGRES ? "" : schema;
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        return full(column).catalog();
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return full(column).nullable();
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        return bit(column, AUTO_INCREMENT);
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return bit(column, CASE_SENSITIVE);
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        return bit(column, SEARCHABLE);
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        return bit(column, CURRENCY);
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        return bit(column, READ_ONLY);
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        return bit(column, WRITABLE);
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        return bit(column, DEFINITELY_WRITABLE);
    }
}
