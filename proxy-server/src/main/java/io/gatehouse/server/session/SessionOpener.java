package io.gatehouse.server.session;

import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.wire.Frontend;

/** Opens sessions for clients that have proved who they are. Thread-safe. */
public interface SessionOpener {
    /**
     * Makes the session and sends what follows AuthenticationOk: ParameterStatus messages,
     * BackendKeyData and ReadyForQuery, or a FATAL error and close when the logical connection is
     * unknown or not granted.
     */
    Session open(Client client, Principal principal, Frontend.Startup startup);

    /** PostgreSQL's cancel request: obeyed when key and process id belong to a session. */
    void cancel(int processId, int secretKey);
}
