package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.wire.CallParameter;
import io.gatehouse.jdbc.wire.CallParameter.Registration;
import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which parameters of a call go in and which come back. */
abstract class CallParameters extends GatehousePreparedStatement implements CallableStatement {
    private final TreeMap<Integer, Registration> outByIndex = new TreeMap<>();
    private final Map<String, Registration> outByName =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Parameter> inByName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String naming = "";
    private List<CallParameter> told = List.of();

    CallParameters(GatehouseConnection connection, String sql) {
        super(connection, sql, Request.Prepare.CALL, KeyRequest.NONE);
    }

    /** Notes a name for the setter that comes next, which is given this in a number's place. */
    final int at(@Nullable String name) throws SQLException {
        checkName(name);
        naming = String.valueOf(name);
        return BY_NAME;
    }

    private void checkName(@Nullable String name) throws SQLException {
        checkOpen();
        if (connection().manner() == Manner.POSTGRES) {
            throw Faults.unsupported("A parameter by its name");
        }
        if (name == null || name.isEmpty()) {
            throw Faults.badArgument("A parameter has a name.");
        }
    }

    @Override
    final void setNamed(Parameter value) {
        inByName.put(naming, value);
    }

    @Override
    final void clearNamed() {
        inByName.clear();
    }

    /**
     * The values as they are now. What has neither a value nor comes back is left to the backend's
     * driver, which says what is missing.
     */
    @Override
    final List<Parameter> parameters() throws SQLException {
        int last = Math.max(highest(), outByIndex.isEmpty() ? 0 : outByIndex.lastKey());
        List<Parameter> values = new ArrayList<>();
        List<CallParameter> signature = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            add(value(i), outByIndex.get(i), i, "", values, signature);
        }
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(inByName.keySet());
        names.addAll(outByName.keySet());
        for (String name : names) {
            add(inByName.get(name), outByName.get(name), 0, name, values, signature);
        }
        boolean plain = outByIndex.isEmpty() && names.isEmpty() && values.size() == last;
        told = plain ? List.of() : Collections.unmodifiableList(signature);
        handle().signature(told);
        return Collections.unmodifiableList(values);
    }

    private static void add(
            @Nullable Parameter value,
            @Nullable Registration out,
            int index,
            String name,
            List<Parameter> values,
            List<CallParameter> signature) {
        if (value != null) {
            values.add(value);
        }
        if (value != null || out != null) {
            signature.add(new CallParameter(value != null, out, index, name));
        }
    }

    /** The signature of the values that were last collected. */
    final List<CallParameter> signature() {
        return told;
    }

    final boolean isRegistered(int index) {
        return outByIndex.containsKey(index);
    }

    private void register(int index, Registration as) throws SQLException {
        checkOpen();
        if (index < 1 || index > Short.MAX_VALUE) {
            throw Faults.badArgument("A parameter is numbered from 1, not " + index + ".");
        }
        outByIndex.put(index, as);
    }

    private void register(String name, Registration as) throws SQLException {
        checkName(name);
        outByName.put(name, as);
    }

    private static Registration scaled(int type, int scale) throws SQLException {
        if (scale < 0 || scale > Short.MAX_VALUE) {
            throw Faults.badArgument("A scale is not negative.");
        }
        return Registration.of(type, scale);
    }

    private static Registration named(int type, @Nullable String typeName) {
        return typeName == null ? Registration.of(type) : Registration.of(type, typeName);
    }

    @Override
    public final void registerOutParameter(int index, int type) throws SQLException {
        register(index, Registration.of(type));
    }

    @Override
    public final void registerOutParameter(int index, int type, int scale) throws SQLException {
        register(index, scaled(type, scale));
    }

    @Override
    public final void registerOutParameter(int index, int type, String typeName)
            throws SQLException {
        register(index, named(type, typeName));
    }

    @Override
    public final void registerOutParameter(String name, int type) throws SQLException {
        register(name, Registration.of(type));
    }

    @Override
    public final void registerOutParameter(String name, int type, int scale) throws SQLException {
        register(name, scaled(type, scale));
    }

    @Override
    public final void registerOutParameter(String name, int type, String typeName)
            throws SQLException {
        register(name, named(type, typeName));
    }

    @Override
    public final void registerOutParameter(int index, SQLType type) throws SQLException {
        registerOutParameter(index, ObjectEncoding.jdbcType(type));
    }

    @Override
    public final void registerOutParameter(int index, SQLType type, int scale) throws SQLException {
        registerOutParameter(index, ObjectEncoding.jdbcType(type), scale);
    }

    @Override
    public final void registerOutParameter(int index, SQLType type, String typeName)
            throws SQLException {
        registerOutParameter(index, ObjectEncoding.jdbcType(type), typeName);
    }

    @Override
    public final void registerOutParameter(String name, SQLType type) throws SQLException {
        registerOutParameter(name, ObjectEncoding.jdbcType(type));
    }

    @Override
    public final void registerOutParameter(String name, SQLType type, int scale)
            throws SQLException {
        registerOutParameter(name, ObjectEncoding.jdbcType(type), scale);
    }

    @Override
    public final void registerOutParameter(String name, SQLType type, String typeName)
            throws SQLException {
        registerOutParameter(name, ObjectEncoding.jdbcType(type), typeName);
    }
}
