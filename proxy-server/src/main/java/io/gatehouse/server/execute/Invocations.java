package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.Lease;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Prepares the driver's callable statements and binds them. */
final class Invocations {
    private Invocations() {}

    /** Prepared as the driver itself prepares calls, whose escapes it understands. */
    static CallableStatement prepare(Lease lease, String sql) throws SQLException {
        Connection connection = lease.connection();
        // H2 gives OUT parameters as the first row of its result, which is to be read twice.
        int type =
                lease.kind().dialect() == Dialect.H2
                        ? ResultSet.TYPE_SCROLL_INSENSITIVE
                        : ResultSet.TYPE_FORWARD_ONLY;
        return connection.prepareCall(sql, type, ResultSet.CONCUR_READ_ONLY);
    }

    /** Says which parameters come back. */
    static void register(CallableStatement statement, Signature signature) throws SQLException {
        for (Signature.Slot slot : signature.out()) {
            if (slot.named()) {
                registerNamed(statement, slot);
            } else if (slot.scale() >= 0) {
                statement.registerOutParameter(slot.index(), slot.jdbcType(), slot.scale());
            } else if (slot.typeName().isEmpty()) {
                statement.registerOutParameter(slot.index(), slot.jdbcType());
            } else {
                statement.registerOutParameter(slot.index(), slot.jdbcType(), slot.typeName());
            }
        }
    }

    private static void registerNamed(CallableStatement statement, Signature.Slot slot)
            throws SQLException {
        if (slot.scale() >= 0) {
            statement.registerOutParameter(slot.name(), slot.jdbcType(), slot.scale());
        } else if (slot.typeName().isEmpty()) {
            statement.registerOutParameter(slot.name(), slot.jdbcType());
        } else {
            statement.registerOutParameter(slot.name(), slot.jdbcType(), slot.typeName());
        }
    }

    /** Binds the values of one execution. */
    static void bind(
            Lease lease, CallableStatement statement, Signature signature, List<Parameter> values)
            throws SQLException {
        Binder byIndex = new Binder(lease, statement);
        if (signature.slots().isEmpty()) {
            for (int i = 0; i < values.size(); i++) {
                byIndex.bind(i + 1, values.get(i));
            }
            return;
        }
        List<Signature.Slot> in = signature.slots().stream().filter(Signature.Slot::in).toList();
        if (in.size() != values.size()) {
            throw new GatehouseException(
                    Faults.badParameter(
                            Math.min(in.size(), values.size()) + 1,
                            "the signature has another number of values"));
        }
        for (int i = 0; i < in.size(); i++) {
            Signature.Slot slot = in.get(i);
            if (slot.named()) {
                new Binder(lease, named(statement, slot.name())).bind(1, values.get(i));
            } else {
                byIndex.bind(slot.index(), values.get(i));
            }
        }
    }

    /** A statement whose setters set the parameter of a name, whatever index they are given. */
    private static PreparedStatement named(CallableStatement statement, String name) {
        InvocationHandler byName =
                (proxy, method, arguments) -> {
                    Object[] given = arguments == null ? new Object[0] : arguments.clone();
                    Class<?>[] types = method.getParameterTypes();
                    if (method.getName().startsWith("set") && types[0] == int.class) {
                        types[0] = String.class;
                        given[0] = name;
                    }
                    Method target = CallableStatement.class.getMethod(method.getName(), types);
                    try {
                        return target.invoke(statement, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                };
        return (PreparedStatement)
                Proxy.newProxyInstance(
                        Invocations.class.getClassLoader(),
                        new Class<?>[] {PreparedStatement.class},
                        byName);
    }
}
