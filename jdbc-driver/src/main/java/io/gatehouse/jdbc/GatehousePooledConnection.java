package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;

/** A session with a broker that is lent to one application after the other. */
class GatehousePooledConnection implements PooledConnection, Lender {
    private final Session session;
    private final ConnectOptions options;
    private final List<ConnectionEventListener> connectionListeners = new CopyOnWriteArrayList<>();
    private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
    private @Nullable GatehouseConnection lent;

    GatehousePooledConnection(Session session, ConnectOptions options) {
        this.session = session;
        this.options = options;
        session.whenEnded(this::ended);
    }

    final Session session() {
        return session;
    }

    /** Lends the session out; whoever had it loses it, and nobody is told of that. */
    @Override
    public Connection getConnection() throws SQLException {
        GatehouseConnection before = lent;
        lent = null;
        if (before != null) {
            before.takeBack();
        }
        if (session.isClosed()) {
            SQLException closed = Faults.connectionClosed();
            ended(closed);
            throw closed;
        }
        GatehouseConnection handle = new GatehouseConnection(session, options, this);
        if (!session.inBranch()) {
            handle.setAutoCommit(true);
        }
        lent = handle;
        return handle;
    }

    /** Ends the session itself. */
    @Override
    public void close() throws SQLException {
        GatehouseConnection open = lent;
        lent = null;
        if (open != null) {
            open.takeBack();
        }
        session.close();
    }

    @Override
    public final void returned(GatehouseConnection handle) {
        if (lent == handle) {
            lent = null;
            each(connectionListeners, one -> one.connectionClosed(new ConnectionEvent(this)));
        }
    }

    /** Told once, before the application hears of it. */
    private void ended(SQLException why) {
        each(
                connectionListeners,
                one -> one.connectionErrorOccurred(new ConnectionEvent(this, why)));
    }

    @Override
    public final void closed(PreparedStatement statement) {
        each(statementListeners, one -> one.statementClosed(new StatementEvent(this, statement)));
    }

    @Override
    public final void failed(PreparedStatement statement, SQLException why) {
        each(
                statementListeners,
                one -> one.statementErrorOccurred(new StatementEvent(this, statement, why)));
    }

    private static <T> void each(List<T> listeners, Consumer<T> tell) {
        for (T one : listeners) {
            tell.accept(one);
        }
    }

    @Override
    public final void addConnectionEventListener(@Nullable ConnectionEventListener listener) {
        if (listener != null) {
            connectionListeners.add(listener);
        }
    }

    @Override
    public final void removeConnectionEventListener(@Nullable ConnectionEventListener listener) {
        connectionListeners.remove(listener);
    }

    @Override
    public final void addStatementEventListener(@Nullable StatementEventListener listener) {
        if (listener != null) {
            statementListeners.add(listener);
        }
    }

    @Override
    public final void removeStatementEventListener(@Nullable StatementEventListener listener) {
        statementListeners.remove(listener);
    }
}
