package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

import javax.sql.XAConnection;
import javax.sql.XADataSource;

/**
 * A source of connections for a transaction manager, set up as a bean: two-phase commit through the
 * backend's own, on PostgreSQL, MariaDB, MySQL and H2. Set it up before it is shared; then it is
 * thread-safe.
 */
public final class GatehouseXADataSource extends SourceSettings implements XADataSource {
    /** A source without a URL. */
    public GatehouseXADataSource() {
        // The setters say the rest.
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return connect(options());
    }

    @Override
    public XAConnection getXAConnection(String user, @Nullable String password)
            throws SQLException {
        return connect(options(user, password));
    }

    private XAConnection connect(ConnectOptions options) throws SQLException {
        Session session = open(options);
        Manner manner = Manner.of(session.fact("gatehouse.kind"));
        if (manner == Manner.SQLITE || manner == Manner.STANDARD) {
            session.close();
            throw Faults.lacking("two-phase commit");
        }
        return new GatehouseXAConnection(session, options, manner);
    }
}
