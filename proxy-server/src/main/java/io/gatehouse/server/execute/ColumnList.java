package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a result, and how each is read.
 *
 * @param fullDetail whether the columns hold all that the backend knows of them
 */
record ColumnList(List<Column> columns, List<ValueReader> readers, boolean fullDetail) {
    static final ColumnList NONE = new ColumnList(List.of(), List.of(), false);

    private static final int SIGNED = 1;
    private static final int AUTO_INCREMENT = 2;
    private static final int CASE_SENSITIVE = 4;
    private static final int SEARCHABLE = 8;
    private static final int CURRENCY = 16;
    private static final int READ_ONLY = 32;
    private static final int WRITABLE = 64;
    private static final int DEFINITELY_WRITABLE = 128;

    static ColumnList of(Lease lease, ResultSet rs) throws SQLException {
        return of(lease, rs, false);
    }

    /**
     * @param needed whether to ask for all detail where that is not free
     */
    static ColumnList of(Lease lease, ResultSet rs, boolean needed) throws SQLException {
        boolean full = needed || lease.kind().columnDetailIsFree();
        return of(lease, rs.getMetaData(), full);
    }

    /**
     * @param full whether to ask for all detail, even if that costs a round trip
     */
    static ColumnList of(Lease lease, ResultSetMetaData meta, boolean full) throws SQLException {
        int count = meta.getColumnCount();
        List<Column> columns = new ArrayList<>(count);
        List<ValueReader> readers = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            Reading reading = reading(lease, meta, i);
            columns.add(column(meta, i, full, reading));
            readers.add(reading.reader());
        }
        return new ColumnList(List.copyOf(columns), List.copyOf(readers), full);
    }

    private static Reading reading(Lease lease, ResultSetMetaData meta, int i) throws SQLException {
        Dialect dialect = lease.kind().dialect();
        if (dialect == Dialect.POSTGRESQL) {
            return PostgresReading.of(lease.connection(), meta, i);
        }
        if (dialect == Dialect.SQLITE) {
            return SqliteReading.of(meta, i);
        }
        return GeneralReading.of(dialect, meta, i);
    }

    private static Column column(ResultSetMetaData meta, int i, boolean full, Reading reading)
            throws SQLException {
        int bits = meta.isSigned(i) ? SIGNED : 0;
        String typeName = full ? meta.getColumnTypeName(i) : reading.typeName();
        if (!full) {
            return new Column(
                    meta.getColumnLabel(i),
                    reading.type(),
                    meta.getColumnType(i),
                    typeName,
                    meta.getPrecision(i),
                    meta.getScale(i),
                    meta.getColumnDisplaySize(i),
                    ResultSetMetaData.columnNullableUnknown,
                    bits,
                    meta.getColumnClassName(i),
                    "",
                    "",
                    "",
                    "",
                    reading.tableOid(),
                    reading.attribute(),
                    reading.size(),
                    reading.modifier());
        }
        return new Column(
                meta.getColumnLabel(i),
                reading.type(),
                meta.getColumnType(i),
                typeName,
                meta.getPrecision(i),
                meta.getScale(i),
                meta.getColumnDisplaySize(i),
                meta.isNullable(i),
                bits | moreBits(meta, i),
                text(meta.getColumnClassName(i)),
                text(name(meta, i)),
                text(meta.getTableName(i)),
                text(schema(meta, i)),
                text(meta.getCatalogName(i)),
                reading.tableOid(),
                reading.attribute(),
                reading.size(),
                reading.modifier());
    }

    /** pgjdbc's getColumnName gives the label again. */
    private static @Nullable String name(ResultSetMetaData meta, int i) throws SQLException {
        return meta instanceof PGResultSetMetaData postgres
                ? postgres.getBaseColumnName(i)
                : meta.getColumnName(i);
    }

    private static @Nullable String schema(ResultSetMetaData meta, int i) throws SQLException {
        return meta instanceof PGResultSetMetaData postgres
                ? postgres.getBaseSchemaName(i)
                : meta.getSchemaName(i);
    }

    private static int moreBits(ResultSetMetaData meta, int i) throws SQLException {
        return (meta.isAutoIncrement(i) ? AUTO_INCREMENT : 0)
                | (meta.isCaseSensitive(i) ? CASE_SENSITIVE : 0)
                | (meta.isSearchable(i) ? SEARCHABLE : 0)
                | (meta.isCurrency(i) ? CURRENCY : 0)
                | (meta.isReadOnly(i) ? READ_ONLY : 0)
                | (meta.isWritable(i) ? WRITABLE : 0)
                | (meta.isDefinitelyWritable(i) ? DEFINITELY_WRITABLE : 0);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /**
     * How a column is read.
     *
     * @param type the wire's type id
     * @param typeName the backend's name of the type
     * @param tableOid and what follows: as in {@link Column}
     */
    record Reading(
            int type,
            String typeName,
            ValueReader reader,
            int tableOid,
            int attribute,
            int size,
            int modifier) {
        Reading(int type, String typeName, ValueReader reader) {
            this(type, typeName, reader, 0, 0, 0, -1);
        }
    }
}
