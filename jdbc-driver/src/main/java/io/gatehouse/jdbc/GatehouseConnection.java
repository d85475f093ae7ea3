package io.gatehouse.jdbc;

import io.gatehouse.jdbc.GatehouseStatement.KeyRequest;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.type.HeldBlob;
import io.gatehouse.jdbc.type.HeldClob;
import io.gatehouse.jdbc.type.HeldXml;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A connection to a broker. */
final class GatehouseConnection extends ConnectionShapes {
    private static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    private volatile int networkTimeout;
    private @Nullable GatehouseDatabaseMetaData metaData;
    private Map<String, Class<?>> types = Map.of();

    GatehouseConnection(Session session, ConnectOptions options) {
        this(session, options, null);
    }

    /**
     * @param lender whose session it is; null where it is the connection's own
     */
    GatehouseConnection(Session session, ConnectOptions options, @Nullable Lender lender) {
        super(session, options, lender);
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
        return createStatement(type, concurrency, 0);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability)
            throws SQLException {
        checkOpen();
        GatehouseStatement statement = new GatehouseStatement(this);
        statement.shape(shape(type, concurrency, holdability));
        return statement;
    }

    private GatehousePreparedStatement prepare(@Nullable String sql, KeyRequest keys)
            throws SQLException {
        checkOpen();
        if (sql == null) {
            throw Faults.badArgument("The SQL text is null.");
        }
        return new GatehousePreparedStatement(this, sql, 0, keys);
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
        return prepareStatement(sql, type, concurrency, 0);
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability) throws SQLException {
        GatehousePreparedStatement statement = prepare(sql, KeyRequest.NONE);
        statement.shape(shape(type, concurrency, holdability));
        return statement;
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return call(sql);
    }

    private GatehouseCallableStatement call(@Nullable String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw Faults.badArgument("The SQL text is null.");
        }
        if (manner() == Manner.SQLITE) {
            // As SQLite's driver does, which has no SQLSTATE for it.
            throw new SQLException("SQLite does not support stored procedures.");
        }
        return new GatehouseCallableStatement(this, sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency)
            throws SQLException {
        return prepareCall(sql, type, concurrency, 0);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        GatehouseCallableStatement statement = call(sql);
        statement.shape(shape(type, concurrency, holdability));
        return statement;
    }

    // ---- the connection itself

    @Override
    public void close() throws SQLException {
        Lender owner = lending().lender();
        if (owner == null) {
            session().close();
        } else if (!lending().isOver()) {
            takeBack();
            owner.returned(this);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return lending().isOver() || session().isClosed();
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
        if (isClosed()) {
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
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return new HashMap<>(types);
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        Map<String, Class<?>> wanted = map == null ? Map.of() : map;
        if (!wanted.isEmpty() && (manner() == Manner.MARIADB || manner() == Manner.H2)) {
            throw Faults.lacking("type maps that its driver takes");
        }
        // The others' drivers tell it again, and have no structured types to use it for.
        types = Map.copyOf(wanted);
    }

    // ---- values

    @Override
    public Clob createClob() throws SQLException {
        return createNClob();
    }

    @Override
    public Blob createBlob() throws SQLException {
        checkOpen();
        return new HeldBlob(manner(), new byte[0]);
    }

    @Override
    public NClob createNClob() throws SQLException {
        checkOpen();
        return new HeldClob(manner(), "");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        checkOpen();
        return new HeldXml(manner(), null);
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        checkOpen();
        if (typeName == null || elements == null) {
            throw Faults.badArgument(
                    "An array needs the name of its elements' type, and elements.");
        }
        Manner manner = manner();
        if (manner == Manner.MARIADB || manner == Manner.MYSQL || manner == Manner.SQLITE) {
            throw Faults.lacking("arrays");
        }
        return GatehouseArray.of(manner, typeName, elements.clone());
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        checkOpen();
        throw Faults.lacking("structured types that its driver can make");
    }
}
