package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Answer;
import io.gatehouse.jdbc.session.Question;
import io.gatehouse.jdbc.session.Result;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.session.StatementHandle;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.Traceparent;
import io.gatehouse.jdbc.wire.Argument;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Transactions and settings of a connection: they ride with the next statement. */
abstract class ConnectionState extends Wrapped implements Connection {
    private static final String APPLICATION_NAME = "ApplicationName";

    private final Session session;
    private final ConnectOptions options;
    private final Manner manner;
    private final Properties clientInfo = new Properties();
    private @Nullable SQLWarning warnings;
    private int savepoints;
    private final Lending lending;

    ConnectionState(Session session, ConnectOptions options, @Nullable Lender lender) {
        this.session = session;
        this.lending = new Lending(lender);
        this.options = options;
        this.manner = Manner.of(session.fact("gatehouse.kind"));
        if (!options.applicationName().isEmpty()) {
            clientInfo.setProperty(APPLICATION_NAME, options.applicationName());
        }
        String traceparent = options.traceparent();
        if (traceparent != null) {
            clientInfo.setProperty(Traceparent.NAME, traceparent);
        }
    }

    final Session session() {
        return session;
    }

    final Manner manner() {
        return manner;
    }

    final ConnectOptions options() {
        return options;
    }

    final void checkOpen() throws SQLException {
        if (lending.isOver() || session.isClosed()) {
            throw Misuse.CLOSED_CONNECTION.at(manner, "The connection is closed.");
        }
    }

    final Lending lending() {
        return lending;
    }

    /** The session goes on without this, and without its statements and its transaction. */
    final void takeBack() throws SQLException {
        lending.takeBack(session);
    }

    /** In a branch the transaction manager has the last word. */
    private void checkOwnEnd() throws SQLException {
        checkOpen();
        if (session.inBranch()) {
            throw XaFaults.inBranch(manner);
        }
    }

    final void warn(SQLWarning warning) {
        SQLWarning first = warnings;
        if (first == null) {
            warnings = warning;
        } else {
            first.setNextWarning(warning);
        }
    }

    // ---- what the backend says

    /**
     * The rows of a method of the backend's metadata, as it told them before if they still hold.
     */
    final GatehouseResultSet rememberedRows(String method, List<Argument> arguments)
            throws SQLException {
        checkOpen();
        RowCursor known = session.remembered(method, arguments);
        return known != null
                ? new GatehouseResultSet(known, manner)
                : catalogRows(method, arguments, true);
    }

    /** The rows of a method of the backend's metadata. */
    final GatehouseResultSet catalogRows(String method, List<Argument> arguments)
            throws SQLException {
        return catalogRows(method, arguments, false);
    }

    private GatehouseResultSet catalogRows(String method, List<Argument> arguments, boolean keep)
            throws SQLException {
        checkOpen();
        Question question = session.question(method, arguments);
        Answer answer = session.catalog(method, arguments).single();
        Result result = answer.next();
        RowCursor rows = result == null ? null : result.rows();
        if (rows == null) {
            throw Faults.violation("The broker answered " + method + " without rows.", null);
        }
        answer.settle(rows, 0);
        if (keep) {
            question.answered(rows);
        }
        return new GatehouseResultSet(rows, manner);
    }

    /** The one value of a method of the backend's metadata or connection. */
    final @Nullable String catalogValue(String method, List<Argument> arguments)
            throws SQLException {
        try (ResultSet rows = catalogRows(method, arguments)) {
            if (!rows.next()) {
                throw Faults.violation("The broker answered " + method + " without a row.", null);
            }
            return rows.getString(1);
        }
    }

    final Description describe(StatementHandle statement) throws SQLException {
        checkOpen();
        Answer answer = session.describe(statement);
        List<Column> columns = List.of();
        for (Result result = answer.next(); result != null; result = answer.next()) {
            RowCursor rows = result.rows();
            if (rows != null) {
                columns = rows.columns();
            }
        }
        return new Description(answer.parameters(), columns);
    }

    // ---- transactions

    @Override
    public final void setAutoCommit(boolean on) throws SQLException {
        checkOwnEnd();
        if (on == session.isAutoCommit()) {
            return;
        }
        if (session.inTransaction()) {
            session.commit();
        }
        session.set(Session.AUTOCOMMIT, Boolean.toString(on));
    }

    @Override
    public final boolean getAutoCommit() throws SQLException {
        checkOpen();
        return session.isAutoCommit();
    }

    @Override
    public final void commit() throws SQLException {
        checkOwnEnd();
        session.commit();
    }

    @Override
    public final void rollback() throws SQLException {
        checkOwnEnd();
        session.rollback();
    }

    final void checkManual(String what) throws SQLException {
        checkOpen();
        if (session.isAutoCommit()) {
            throw new SQLException(
                    what + " makes no sense in autocommit mode: call setAutoCommit(false) first.",
                    "25P01");
        }
    }

    @Override
    public final Savepoint setSavepoint() throws SQLException {
        checkManual("Setting a savepoint");
        return savepoint(GatehouseSavepoint.unnamed(++savepoints));
    }

    @Override
    public final Savepoint setSavepoint(String name) throws SQLException {
        checkManual("Setting a savepoint");
        return savepoint(GatehouseSavepoint.named(name));
    }

    private Savepoint savepoint(GatehouseSavepoint savepoint) throws SQLException {
        session.savepoint(Request.Transact.SAVEPOINT, savepoint.wireName());
        return savepoint;
    }

    @Override
    public final void rollback(Savepoint savepoint) throws SQLException {
        checkManual("Rolling back");
        session.savepoint(Request.Transact.ROLLBACK_TO, wireName(savepoint));
    }

    @Override
    public final void releaseSavepoint(Savepoint savepoint) throws SQLException {
        checkManual("Releasing a savepoint");
        session.savepoint(Request.Transact.RELEASE, wireName(savepoint));
    }

    private static String wireName(@Nullable Savepoint savepoint) throws SQLException {
        if (savepoint instanceof GatehouseSavepoint) {
            return ((GatehouseSavepoint) savepoint).wireName();
        }
        throw Faults.badArgument("This savepoint is not of this driver.");
    }

    // ---- settings

    @Override
    public final void setReadOnly(boolean on) throws SQLException {
        checkOpen();
        session.set("readonly", Boolean.toString(on));
    }

    @Override
    public final boolean isReadOnly() throws SQLException {
        checkOpen();
        String set = session.setting("readonly");
        if (set == null) {
            set = catalogValue("connection.isReadOnly", List.of());
        }
        return "true".equals(set);
    }

    @Override
    public final void setCatalog(@Nullable String catalog) throws SQLException {
        checkOpen();
        session.set("catalog", catalog);
    }

    @Override
    public final @Nullable String getCatalog() throws SQLException {
        checkOpen();
        String set = session.setting("catalog");
        return set != null ? set : catalogValue("connection.getCatalog", List.of());
    }

    @Override
    public final void setSchema(@Nullable String schema) throws SQLException {
        checkOpen();
        session.set("schema", schema);
    }

    @Override
    public final @Nullable String getSchema() throws SQLException {
        checkOpen();
        String set = session.setting("schema");
        return set != null ? set : catalogValue("connection.getSchema", List.of());
    }

    @Override
    public final void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        session.set("isolation", Isolation.name(level));
    }

    @Override
    public final int getTransactionIsolation() throws SQLException {
        checkOpen();
        String set = session.setting("isolation");
        if (set != null) {
            return Isolation.level(set);
        }
        try (ResultSet rows = catalogRows("connection.getTransactionIsolation", List.of())) {
            if (!rows.next()) {
                throw Faults.violation("The broker did not name an isolation level.", null);
            }
            return rows.getInt(1);
        }
    }

    @Override
    public final String nativeSQL(String sql) throws SQLException {
        String text = catalogValue("connection.nativeSQL", List.of(Argument.text(sql)));
        return text == null ? "" : text;
    }

    // ---- warnings, client info

    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public final void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public final void setClientInfo(String name, @Nullable String value)
            throws SQLClientInfoException {
        try {
            checkOpen();
            if (Traceparent.NAME.equals(name)) {
                session.set(Traceparent.NAME, Traceparent.checked(value));
            } else if (APPLICATION_NAME.equals(name)) {
                session.set("application_name", value);
            } else if (manner != Manner.MARIADB && manner != Manner.MYSQL) {
                warn(
                        new SQLWarning(
                                "Gatehouse knows no client info but "
                                        + APPLICATION_NAME
                                        + " and "
                                        + Traceparent.NAME
                                        + ".",
                                "01000"));
                return;
            }
            if (value == null) {
                clientInfo.remove(name);
            } else {
                clientInfo.setProperty(name, value);
            }
        } catch (SQLException e) {
            throw new SQLClientInfoException(
                    e.getMessage(),
                    e.getSQLState(),
                    e.getErrorCode(),
                    Map.of(
                            String.valueOf(name),
                            "22023".equals(e.getSQLState())
                                    ? ClientInfoStatus.REASON_VALUE_INVALID
                                    : ClientInfoStatus.REASON_UNKNOWN),
                    e);
        }
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        setClientInfo(APPLICATION_NAME, properties.getProperty(APPLICATION_NAME));
        setClientInfo(Traceparent.NAME, properties.getProperty(Traceparent.NAME));
        for (String name : properties.stringPropertyNames()) {
            if (!name.equals(APPLICATION_NAME) && !name.equals(Traceparent.NAME)) {
                setClientInfo(name, properties.getProperty(name));
            }
        }
    }

    @Override
    public final @Nullable String getClientInfo(String name) throws SQLException {
        checkOpen();
        return clientInfo.getProperty(name);
    }

    @Override
    public final Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties copy = new Properties();
        copy.putAll(clientInfo);
        return copy;
    }
}
