package io.gatehouse.server.session;

import java.time.Instant;
import java.util.Set;

/**
 * One live session as administrators see it.
 *
 * @param id unique in this run of the broker
 * @param door {@code driver} or {@code postgresql}
 * @param state {@code idle} or {@code running}
 * @param pins why it keeps its backend connection; empty when it does not
 * @param fingerprint of the statement that runs or ran last; empty before the first
 */
public record SessionView(
        int id,
        String user,
        String address,
        boolean encrypted,
        String connection,
        String application,
        String door,
        Instant since,
        String state,
        boolean inTransaction,
        Set<String> pins,
        String fingerprint) {}
