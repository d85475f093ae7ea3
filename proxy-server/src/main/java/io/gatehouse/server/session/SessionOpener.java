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

    /**
     * PostgreSQL's cancel request: obeyed when key and process id belong to a session.
     *
     * @param noted run, on any thread, once it can hit nothing that the session is sent from now
     *     on: clients wait for the end of the request's connection before they go on
     */
    void cancel(int processId, int secretKey, Runnable noted);
}
