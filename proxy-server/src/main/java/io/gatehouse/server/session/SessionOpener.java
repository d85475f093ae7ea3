package io.gatehouse.server.session;

import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.wire.Frontend;

/** Opens sessions for clients that have proved who they are. Thread-safe. */
public interface SessionOpener {
    /**
     * Makes the session and sends what follows AuthenticationOk: ParameterStatus messages,
     * BackendKeyData and ReadyForQuery.
     *
     * @throws GatehouseException when the client may not have one; it was sent nothing
     */
    Session open(Client client, Principal principal, Frontend.Startup startup);

    /** PostgreSQL's cancel request: obeyed when key and process id belong to a session. */
    void cancel(int processId, int secretKey);
}
