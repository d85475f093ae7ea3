package io.gatehouse.jdbc;

import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.url.ConnectOptions;

import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;

/** A pooled connection that takes part in transactions over several databases. */
final class GatehouseXAConnection extends GatehousePooledConnection implements XAConnection {
    private final XAResource resource;

    GatehouseXAConnection(Session session, ConnectOptions options, Manner manner) {
        super(session, options);
        GatehouseConnection own = new GatehouseConnection(session, options);
        switch (manner) {
            case POSTGRES:
                this.resource = new PostgresBranches(own);
                break;
            case H2:
                this.resource = new H2Branches(own);
                break;
            default:
                this.resource = new MySqlBranches(own);
                break;
        }
    }

    @Override
    public XAResource getXAResource() {
        return resource;
    }
}
