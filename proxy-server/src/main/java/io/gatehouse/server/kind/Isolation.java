package io.gatehouse.server.kind;

import java.util.Locale;
import java.util.Optional;

/** A transaction isolation level of SQL. */
public enum Isolation {
    READ_UNCOMMITTED(1),
    READ_COMMITTED(2),
    REPEATABLE_READ(4),
    SERIALIZABLE(8);

    private final int jdbc;

    Isolation(int jdbc) {
        this.jdbc = jdbc;
    }

    /** The constant of {@code java.sql.Connection}. */
    public int jdbc() {
        return jdbc;
    }

    /** As SQL writes it, e.g. {@code READ COMMITTED}. */
    public String sql() {
        return name().replace('_', ' ');
    }

    /** As the wire writes it, e.g. {@code read-committed}. */
    public String wire() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** From {@code read-committed} or {@code read committed}, in any case. */
    public static Optional<Isolation> parse(String text) {
        String wanted = text.strip().replace('-', '_').replace(' ', '_').toUpperCase(Locale.ROOT);
        for (Isolation level : values()) {
            if (level.name().equals(wanted)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
