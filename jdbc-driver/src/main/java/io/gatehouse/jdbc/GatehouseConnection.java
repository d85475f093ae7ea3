package io.gatehouse.jdbc;

import io.gatehouse.jdbc.GatehouseStatement.KeyRequest;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A connection to a broker. */
final class GatehouseConnection extends ConnectionState {
    private static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    private volatile int networkTimeout;
    private @Nullable GatehouseDatabaseMetaData metaData;
    private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;
    private boolean holdabilityKnown;

    GatehouseConnection(Session session, ConnectOptions options) {
        super(session, options);
        this.networkTimeout = (int) Math.min(Integer.MAX_VALUE, options.socketTimeout() * 1000L);
    }

    // ---- statements

    @Override
    public Statement createStatement() throws SQLException {
        checkOpen();
        return new GatehouseStatement(this);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        GatehouseStatement statement = (GatehouseStatement) createStatement();
        downgrade(statement, type, concurrency);
        return statement;
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability)
            throws SQLException {
        return createStatement(type, concurrency);
    }

    /** JDBC lets a driver give less than asked for, if it says so. */
    private void downgrade(GatehouseStatement statement, int type, int concurrency)
            throws SQLException {
        if (type < ResultSet.TYPE_FORWARD_ONLY
                || type > ResultSet.TYPE_SCROLL_SENSITIVE
                || concurrency < ResultSet.CONCUR_READ_ONLY
                || concurrency > ResultSet.CONCUR_UPDATABLE) {
            throw Faults.badArgument("This is not a type or concurrency of a result set.");
        }
        if (!GatehouseResultSet.isForwardReadOnly(type, concurrency)) {
            SQLWarning warning =
                    new SQLWarning(
                            "Result sets of this version of the driver are forward only and read"
                                    + " only.",
                            "01000");
            warn(warning);
            statement.warn(new SQLWarning(warning.getMessage(), warning.getSQLState()));
        }
    }

    private GatehousePreparedStatement prepare(@Nullable String sql, KeyRequest keys)
            throws SQLException {
        checkOpen();
        if (sql == null) {
            throw Faults.badArgument("The SQL text is null.");
        }
        return new GatehousePreparedStatement(this, sql, keys);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepare(sql, KeyRequest.NONE);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return prepare(sql, KeyRequest.of(keys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        return prepare(sql, KeyRequest.of(columns));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        return prepare(sql, KeyRequest.of(columns));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency)
            throws SQLException {
        GatehousePreparedStatement statement = prepare(sql, KeyRequest.NONE);
        downgrade(statement, type, concurrency);
        return statement;
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability) throws SQLException {
        return prepareStatement(sql, type, concurrency);
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw Faults.unsupported("CallableStatement");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency)
            throws SQLException {
        throw Faults.unsupported("CallableStatement");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        throw Faults.unsupported("CallableStatement");
    }

    // ---- the connection itself

    @Override
    public void close() throws SQLException {
        session().close();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return session().isClosed();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (executor == null) {
            throw Faults.badArgument("The executor is null.");
        }
        executor.execute(session()::abort);
    }

    @Override
    public boolean isValid(int seconds) throws SQLException {
        if (seconds < 0) {
            throw Faults.badArgument("A timeout is not negative.");
        }
        if (session().isClosed()) {
            return false;
        }
        int millis = (int) Math.min(Integer.MAX_VALUE, seconds * 1000L);
        try {
            if (millis > 0 && (networkTimeout == 0 || millis < networkTimeout)) {
                session().timeout(millis);
            }
            session().ping(millis);
            return true;
        } catch (SQLException e) {
            LOG.log(Level.FINE, "The connection is not valid.", e);
            return false;
        } finally {
            session().timeout(networkTimeout);
        }
    }

    @Override
    public void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        checkOpen();
        if (millis < 0) {
            throw Faults.badArgument("A timeout is not negative.");
        }
        session().timeout(millis);
        networkTimeout = millis;
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return networkTimeout;
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        GatehouseDatabaseMetaData known = metaData;
        if (known == null) {
            known = new GatehouseDatabaseMetaData(this);
            metaData = known;
        }
        return known;
    }

    @Override
    public void setHoldability(int wanted) throws SQLException {
        checkOpen();
        if (wanted != ResultSet.HOLD_CURSORS_OVER_COMMIT
                && wanted != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw Faults.badArgument("This is not a holdability.");
        }
        if (wanted != getHoldability()) {
            throw Faults.unsupported("Another holdability than the backend's own");
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        if (!holdabilityKnown) {
            String told = catalogValue("connection.getHoldability", java.util.List.of());
            holdability =
                    String.valueOf(ResultSet.CLOSE_CURSORS_AT_COMMIT).equals(told)
                            ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                            : ResultSet.HOLD_CURSORS_OVER_COMMIT;
            holdabilityKnown = true;
        }
        return holdability;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        if (map != null && !map.isEmpty()) {
            throw Faults.unsupported("A type map");
        }
    }

    // ---- what is not there yet

    @Override
    public Clob createClob() throws SQLException {
        throw Faults.unsupported("createClob (setClob takes a Reader)");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw Faults.unsupported("createBlob (setBlob takes an InputStream)");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw Faults.unsupported("createNClob (setNClob takes a Reader)");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw Faults.unsupported("createSQLXML");
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        throw Faults.unsupported("createArrayOf");
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw Faults.unsupported("createStruct");
    }
}
