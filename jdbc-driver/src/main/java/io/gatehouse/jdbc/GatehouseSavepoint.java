package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint: only its name matters to the broker. Immutable. */
final class GatehouseSavepoint implements Savepoint {
    private final int id;
    private final @Nullable String name;

    private GatehouseSavepoint(int id, @Nullable String name) {
        this.id = id;
        this.name = name;
    }

    static GatehouseSavepoint unnamed(int id) {
        return new GatehouseSavepoint(id, null);
    }

    static GatehouseSavepoint named(@Nullable String name) throws SQLException {
        if (name == null || name.isEmpty()) {
            throw Faults.badArgument("A savepoint needs a name.");
        }
        return new GatehouseSavepoint(0, name);
    }

    String wireName() {
        return name == null ? "gatehouse_" + id : name;
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw Faults.sequence("A named savepoint has no id.");
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw Faults.sequence("This savepoint has no name.");
        }
        return name;
    }
}
