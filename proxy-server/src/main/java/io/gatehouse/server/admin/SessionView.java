package io.gatehouse.server.admin;

import java.time.Instant;
import java.util.List;

/**
 * One live session. Holds no statement's literals.
 *
 * @param door {@code driver} or {@code postgresql}
 * @param state in the words of the session room, such as idle or running
 * @param since when the session came into this state
 * @param inTransaction whether a transaction is open
 * @param pins why the session holds its backend connection; empty where it does not
 * @param fingerprint of the running statement; empty where none runs
 */
public record SessionView(
        String id,
        String user,
        String address,
        String connection,
        String application,
        String door,
        String state,
        Instant since,
        boolean inTransaction,
        List<String> pins,
        String fingerprint) {
    public SessionView {
        pins = List.copyOf(pins);
    }
}
