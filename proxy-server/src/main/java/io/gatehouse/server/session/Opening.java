package io.gatehouse.server.session;

import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.directory.LogicalConnection;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of a session when it begins.
 *
 * @param key the secret of PostgreSQL's cancel request
 * @param parameters the start-up parameters
 * @param version the broker's
 */
record Opening(
        int id,
        int key,
        Client client,
        Principal principal,
        LogicalConnection target,
        Map<String, String> parameters,
        Instant since,
        String version) {

    /** The key is confidential. */
    @Override
    public String toString() {
        return "Opening[" + id + ", " + principal.user() + ", " + target.name() + "]";
    }
}
