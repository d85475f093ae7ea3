package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.Argument;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The backend's metadata, and the driver's own where it stands in between. */
final class GatehouseDatabaseMetaData extends BackendCatalog {
    private final GatehouseConnection connection;
    private final Map<String, @Nullable String> numbered = new HashMap<>();
    private @Nullable Map<String, @Nullable String> facts;

    GatehouseDatabaseMetaData(GatehouseConnection connection) {
        this.connection = connection;
    }

    @Override
    ResultSet rows(String method, List<Argument> arguments) throws SQLException {
        return connection.rememberedRows(method, arguments);
    }

    /** All facts come with one call, at the first question. */
    private @Nullable String fact(String name) throws SQLException {
        Map<String, @Nullable String> known = facts;
        if (known == null) {
            known = new HashMap<>();
            try (ResultSet rows = connection.catalogRows("facts", List.of())) {
                while (rows.next()) {
                    known.put(rows.getString(1), rows.getString(3));
                }
            }
            facts = known;
        }
        if (!known.containsKey(name)) {
            known.put(name, connection.catalogValue(name, List.of()));
        }
        return known.get(name);
    }

    private String present(String name) throws SQLException {
        String value = fact(name);
        if (value == null) {
            throw Faults.unsupported(name + " (the backend's driver does not answer it)");
        }
        return value;
    }

    @Override
    boolean truth(String name) throws SQLException {
        return "true".equals(present(name));
    }

    @Override
    int number(String name) throws SQLException {
        return (int) longNumber(name);
    }

    @Override
    long longNumber(String name) throws SQLException {
        try {
            return Long.parseLong(present(name));
        } catch (NumberFormatException e) {
            throw Faults.violation("The broker answered " + name + " with no number.", e);
        }
    }

    @Override
    String text(String name) throws SQLException {
        String value = fact(name);
        return value == null ? "" : value;
    }

    /** A fact about one constant of JDBC, asked for once. */
    private boolean truth(String method, int constant) throws SQLException {
        Map<String, @Nullable String> known = numbered;
        String key = method + " " + constant;
        if (!known.containsKey(key)) {
            known.put(key, connection.catalogValue(method, List.of(Argument.number(constant))));
        }
        return "true".equals(known.get(key));
    }

    private boolean truth(String method, Argument... arguments) throws SQLException {
        return "true".equals(connection.catalogValue(method, List.of(arguments)));
    }

    @Override
    public boolean supportsConvert(int from, int to) throws SQLException {
        return truth("supportsConvert", Argument.number(from), Argument.number(to));
    }

    @Override
    public boolean supportsTransactionIsolationLevel(int level) throws SQLException {
        return truth("supportsTransactionIsolationLevel", Argument.number(level));
    }

    @Override
    public boolean supportsResultSetHoldability(int holdability) throws SQLException {
        return truth("supportsResultSetHoldability", holdability);
    }

    // ---- the driver's own

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return connection.options().url();
    }

    @Override
    public String getUserName() {
        return connection.options().user();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public String getDriverName() {
        return GatehouseDriver.NAME;
    }

    @Override
    public String getDriverVersion() {
        return GatehouseDriver.VERSION;
    }

    @Override
    public int getDriverMajorVersion() {
        return GatehouseDriver.MAJOR;
    }

    @Override
    public int getDriverMinorVersion() {
        return GatehouseDriver.MINOR;
    }

    @Override
    public int getJDBCMajorVersion() {
        return 4;
    }

    @Override
    public int getJDBCMinorVersion() {
        return 3;
    }

    @Override
    public RowIdLifetime getRowIdLifetime() throws SQLException {
        return RowIdLifetime.valueOf(present("getRowIdLifetime"));
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return rows("getClientInfoProperties", List.of());
    }

    @Override
    public boolean supportsResultSetType(int type) throws SQLException {
        return truth("supportsResultSetType", type);
    }

    @Override
    public boolean supportsResultSetConcurrency(int type, int concurrency) throws SQLException {
        return truth(
                "supportsResultSetConcurrency",
                Argument.number(type),
                Argument.number(concurrency));
    }

    @Override
    public boolean supportsMultipleOpenResults() throws SQLException {
        return truth("supportsMultipleOpenResults");
    }

    @Override
    public boolean supportsMultipleResultSets() throws SQLException {
        return truth("supportsMultipleResultSets");
    }

    @Override
    public boolean supportsStatementPooling() {
        return false;
    }

    @Override
    public boolean supportsNamedParameters() throws SQLException {
        return truth("supportsNamedParameters");
    }

    @Override
    public boolean locatorsUpdateCopy() {
        return true;
    }

    @Override
    public boolean supportsStoredProcedures() throws SQLException {
        return truth("supportsStoredProcedures");
    }

    @Override
    public boolean supportsStoredFunctionsUsingCallSyntax() throws SQLException {
        return truth("supportsStoredFunctionsUsingCallSyntax");
    }

    @Override
    public boolean supportsRefCursors() throws SQLException {
        return truth("supportsRefCursors");
    }

    @Override
    public boolean deletesAreDetected(int type) {
        return false;
    }

    @Override
    public boolean insertsAreDetected(int type) {
        return false;
    }

    @Override
    public boolean updatesAreDetected(int type) {
        return false;
    }

    @Override
    public boolean othersDeletesAreVisible(int type) throws SQLException {
        return truth("othersDeletesAreVisible", type);
    }

    @Override
    public boolean othersInsertsAreVisible(int type) throws SQLException {
        return truth("othersInsertsAreVisible", type);
    }

    @Override
    public boolean othersUpdatesAreVisible(int type) throws SQLException {
        return truth("othersUpdatesAreVisible", type);
    }

    @Override
    public boolean ownDeletesAreVisible(int type) throws SQLException {
        return truth("ownDeletesAreVisible", type);
    }

    @Override
    public boolean ownInsertsAreVisible(int type) throws SQLException {
        return truth("ownInsertsAreVisible", type);
    }

    @Override
    public boolean ownUpdatesAreVisible(int type) throws SQLException {
        return truth("ownUpdatesAreVisible", type);
    }
}
