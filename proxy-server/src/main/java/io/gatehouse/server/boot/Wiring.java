package io.gatehouse.server.boot;

import io.gatehouse.server.admin.ApprovalDesk;
import io.gatehouse.server.admin.SessionView;
import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.config.Configuration;
import io.gatehouse.server.config.LiveConfiguration;
import io.gatehouse.server.config.ServerSettings;
import io.gatehouse.server.config.ServerSettings.Limits;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.execute.Executor;
import io.gatehouse.server.gate.Approvals;
import io.gatehouse.server.gate.Gate;
import io.gatehouse.server.gate.Holds;
import io.gatehouse.server.meter.PoolReading;
import io.gatehouse.server.net.EventLoops;
import io.gatehouse.server.net.Listener;
import io.gatehouse.server.net.TlsMaterial;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.recall.Recall;
import io.gatehouse.server.secret.SigningKey;
import io.gatehouse.server.secret.TlsIdentity;
import io.gatehouse.server.session.Rooms;
import io.gatehouse.server.session.SessionLimits;
import io.gatehouse.server.session.Sessions;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The rooms between the clients' port and the backends, wired by hand. */
final class Wiring implements FrontDoor {
    private static final int RATE_SUBJECTS = 100_000;

    private final EventLoops loops;
    private final Pools pools;
    private final Sessions sessions;
    private final Listener listener;
    private final ExecutorService aside;
    private final ApprovalDesk approvals;
    private volatile boolean listening;

    private Wiring(
            EventLoops loops,
            Pools pools,
            Sessions sessions,
            Listener listener,
            ExecutorService aside,
            ApprovalDesk approvals) {
        this.loops = loops;
        this.pools = pools;
        this.sessions = sessions;
        this.listener = listener;
        this.aside = aside;
        this.approvals = approvals;
    }

    static FrontDoor open(FrontDoor.Parts parts) throws IOException {
        LiveConfiguration live = parts.configuration();
        ServerSettings settings = live.current().server();
        EventLoops loops =
                new EventLoops(settings.threads().eventLoops(), settings.threads().busyPoll());
        Pools pools = new Pools(System::nanoTime, loops);
        ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
        InstantSource clock = InstantSource.system();
        Authenticator authenticator = new Authenticator(live.users());
        Approvals approvals = new Approvals(settings.limits().approvals(), clock);
        Holds holds = new Holds(SigningKey.random()::sign, clock, approvals);
        Recall recall =
                new Recall(
                        settings.limits().resultCache(),
                        settings.limits().resultCacheEntry(),
                        System::nanoTime);
        parts.meter().gauge("cache.bytes", "What kept answers take", recall, Recall::bytes);
        live.onChange(now -> recall.clear());
        Rooms rooms =
                new Rooms(
                        new Gate(live::policy, RATE_SUBJECTS, holds, clock),
                        live,
                        pools,
                        new Executor(System::nanoTime, live.hashKey()::sign),
                        new StatementLedger(
                                parts.audit(),
                                settings.audit().literals(),
                                parts.spans(),
                                parts.meter(),
                                clock),
                        limits(settings.limits()),
                        aside,
                        System::nanoTime,
                        recall);
        Sessions sessions =
                new Sessions(
                        rooms,
                        clock,
                        Main.Version.text(),
                        user -> clientsOf(user, live, settings.limits()));
        Listener listener =
                new Listener(
                        Translation.net(settings),
                        loops,
                        authenticator,
                        sessions,
                        material(parts.tls()),
                        new MeteredTraffic(parts.meter()));
        ApprovalDesk desk = new ApprovalOffice(authenticator, approvals, parts.audit(), clock);
        Wiring wiring = new Wiring(loops, pools, sessions, listener, aside, desk);
        try {
            listener.start();
        } catch (IOException e) {
            wiring.close();
            throw e;
        }
        wiring.listening = true;
        return wiring;
    }

    /** The user's own limit, or else the one of all. */
    private static int clientsOf(String user, LiveConfiguration live, Limits limits) {
        return live.users()
                .find(user)
                .map(UserRecord::clients)
                .filter(own -> own > 0)
                .orElse(limits.clientsPerUser());
    }

    private static SessionLimits limits(Limits limits) {
        SessionLimits usual = SessionLimits.DEFAULT;
        return new SessionLimits(
                usual.statements(),
                usual.results(),
                usual.queued(),
                limits.row(),
                usual.chunk(),
                limits.frame(),
                limits.wholeValue(),
                limits.streamedValue(),
                limits.streamedPause());
    }

    private static TlsMaterial material(TlsIdentity identity) {
        return new TlsMaterial(identity.key(), identity.chain());
    }

    @Override
    public int port() {
        return listener.port();
    }

    @Override
    public boolean listening() {
        return listening;
    }

    @Override
    public List<SessionView> sessions() {
        return sessions.views().stream().map(Wiring::view).toList();
    }

    private static SessionView view(io.gatehouse.server.session.SessionView session) {
        return new SessionView(
                Integer.toString(session.id()),
                session.user(),
                session.address(),
                session.connection(),
                session.application(),
                session.door(),
                session.state(),
                session.since(),
                session.inTransaction(),
                List.copyOf(session.pins()),
                session.fingerprint());
    }

    @Override
    public ApprovalDesk approvals() {
        return approvals;
    }

    @Override
    public List<PoolReading> pools() {
        return Translation.pools(pools.figures());
    }

    @Override
    public void changed(Configuration configuration) {
        pools.figures().stream()
                .flatMap(figures -> served(configuration, figures.name()))
                .forEach(pools::of);
    }

    /** The connection, or the replica of one, whose pool has that name; none if it is gone. */
    private static Stream<LogicalConnection> served(Configuration configuration, String pool) {
        LogicalConnection primary = configuration.connections().get(Replicas.connection(pool));
        return primary == null
                ? Stream.empty()
                : Stream.concat(Stream.of(primary), primary.replicas().servers().stream())
                        .filter(each -> each.name().equals(pool));
    }

    @Override
    public void drain(Duration patience) {
        listening = false;
        listener.drain();
        try {
            sessions.drain(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        listening = false;
        listener.close();
        pools.close(Duration.ofSeconds(1));
        loops.close();
        aside.shutdownNow();
    }
}
