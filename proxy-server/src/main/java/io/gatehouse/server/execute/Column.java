package io.gatehouse.server.execute;

/**
 * One column as the wire describes it (docs/protocol/PROTOCOL.md, section 5, "Columns").
 *
 * @param type the wire's type id (section 6): decides which value method of {@link RowSink} is
 *     called for it
 * @param jdbcType a constant of {@code java.sql.Types}
 * @param nullable {@code ResultSetMetaData}'s 0, 1 or 2
 * @param bits the wire's column bits
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
        String catalog) {}
