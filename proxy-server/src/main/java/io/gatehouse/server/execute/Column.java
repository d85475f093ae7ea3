package io.gatehouse.server.execute;

/**
 * One column as the wire describes it (docs/protocol/PROTOCOL.md, section 5, "Columns").
 *
 * @param type the wire's type id (section 6): decides which value method of {@link RowSink} is
 *     called for it
 * @param jdbcType a constant of {@code java.sql.Types}
 * @param nullable {@code ResultSetMetaData}'s 0, 1 or 2
 * @param bits the wire's column bits
 * @param tableOid the object id of the column's table at a PostgreSQL backend, or 0
 * @param attribute the column's number in that table, or 0
 * @param size bytes of the type as a PostgreSQL backend says, below 0 where it varies; 0 where no
 *     such backend described the column
 * @param modifier of the type as a PostgreSQL backend says, -1 for none; only where it described
 *     the column
 */
public record Column(
        String label,
        int type,
        int jdbcType,
        String typeName,
        int precision,
        int scale,
        int displaySize,
        int nullable,
        int bits,
        String className,
        String name,
        String table,
        String schema,
        String catalog,
        int tableOid,
        int attribute,
        int size,
        int modifier) {

    /** A column that no PostgreSQL backend described. */
    public Column(
            String label,
            int type,
            int jdbcType,
            String typeName,
            int precision,
            int scale,
            int displaySize,
            int nullable,
            int bits,
            String className,
            String name,
            String table,
            String schema,
            String catalog) {
        this(
                label,
                type,
                jdbcType,
                typeName,
                precision,
                scale,
                displaySize,
                nullable,
                bits,
                className,
                name,
                table,
                schema,
                catalog,
                0,
                0,
                0,
                -1);
    }

    /** Whether {@code size} and {@code modifier} are a PostgreSQL backend's. */
    public boolean described() {
        return size != 0;
    }
}
