package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;

import java.sql.SQLException;
import java.sql.Wrapper;

/** An object of this driver: it wraps nothing but is itself. */
abstract class Wrapped implements Wrapper {
    @Override
    public final <T> T unwrap(Class<T> iface) throws SQLException {
        if (iface.isInstance(this)) {
            return iface.cast(this);
        }
        throw Faults.badArgument("This object does not wrap a " + iface.getName() + ".");
    }

    @Override
    public final boolean isWrapperFor(Class<?> iface) {
        return iface.isInstance(this);
    }
}
