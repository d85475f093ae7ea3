package io.gatehouse.server.boot;

import io.gatehouse.server.admin.ApprovalDesk;
import io.gatehouse.server.admin.SessionView;
import io.gatehouse.server.audit.AuditLog;
import io.gatehouse.server.config.Configuration;
import io.gatehouse.server.config.LiveConfiguration;
import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.meter.PoolReading;
import io.gatehouse.server.secret.TlsIdentity;
import io.gatehouse.server.trace.SpanLog;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything between the clients' port and the backends, as the broker starts and stops it. */
interface FrontDoor extends AutoCloseable {
    /** What the rooms behind the door are made from. */
    record Parts(
            LiveConfiguration configuration,
            TlsIdentity tls,
            AuditLog audit,
            Optional<SpanLog> spans,
            Meter meter) {}

    /** Makes the rooms in their order (pools, sessions, listener) and starts to listen. */
    interface Opener {
        FrontDoor open(Parts parts) throws IOException;
    }

    /** The port that clients connect to. */
    int port();

    /** Whether new clients are taken. */
    boolean listening();

    List<SessionView> sessions();

    List<PoolReading> pools();

    /** Where people decide on statements that policy holds for them. */
    ApprovalDesk approvals();

    /** Users, connections or policies changed: pools that lead elsewhere now are retired. */
    void changed(Configuration configuration);

    /**
     * Takes no new client, asks those connected to move on, and waits until they did, at most for
     * the patience.
     */
    void drain(Duration patience);

    /** Ends what is left: cancels, rolls back, closes pools. */
    @Override
    void close();
}
