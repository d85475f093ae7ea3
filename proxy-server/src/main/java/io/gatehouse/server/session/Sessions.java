package io.gatehouse.server.session;

import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.wire.Frontend;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** Every live session of this broker. Thread-safe. */
public final class Sessions implements SessionOpener {
    private final Rooms rooms;
    private final InstantSource clock;
    private final String version;
    private final UserClients clients;
    private final SecureRandom keys = new SecureRandom();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, LiveSession> live = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /**
     * @param version the broker's, as clients are told
     * @param clientsOf the most sessions of a user, by name; above 0
     */
    public Sessions(
            Rooms rooms, InstantSource clock, String version, ToIntFunction<String> clientsOf) {
        this.rooms = rooms;
        this.clock = clock;
        this.version = version;
        this.clients = new UserClients(clientsOf);
    }

    @Override
    public Session open(Client client, Principal principal, Frontend.Startup startup) {
        String user = principal.user();
        String name = startup.parameters().getOrDefault("database", user);
        LogicalConnection target =
                rooms.directory()
                        .find(name)
                        .orElseThrow(() -> new GatehouseException(Faults.unknownConnection(name)));
        if (!target.grants().permits(principal)) {
            throw new GatehouseException(Faults.noGrant(user, name));
        }
        if (draining) {
            throw new GatehouseException(Faults.shuttingDown());
        }
        if (!clients.enter(user)) {
            throw new GatehouseException(Faults.tooManyClientsOfUser(user, clients.limit(user)));
        }
        Opening opening =
                new Opening(
                        ids.incrementAndGet(),
                        keys.nextInt(),
                        client,
                        principal,
                        target,
                        startup.parameters(),
                        clock.instant(),
                        version);
        boolean extended = "1".equals(startup.parameters().get("_pq_.gatehouse"));
        LiveSession session =
                extended
                        ? new ExtendedSession(opening, rooms, this::closed)
                        : new PlainSession(opening, rooms, this::closed);
        live.put(opening.id(), session);
        rooms.ledger().opened(session.view());
        session.greet();
        if (draining) {
            // It came too late for the drain to know of it.
            session.end(Faults.shuttingDown());
        }
        return session;
    }

    private void closed(LiveSession session) {
        if (live.remove(session.id(), session)) {
            clients.leave(session.opening().principal().user());
            rooms.ledger().closed(session.view());
        }
    }

    @Override
    public void cancel(int processId, int secretKey, Runnable noted) {
        LiveSession session = live.get(processId);
        if (session != null && session.key() == secretKey) {
            session.cancelRunning(noted);
        } else {
            noted.run();
        }
    }

    /** All live sessions, oldest first. */
    public List<SessionView> views() {
        return live.values().stream()
                .map(LiveSession::view)
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .toList();
    }

    /**
     * Takes no session any more, asks every one to end at its next transaction boundary and waits
     * for it; after the patience the rest is ended wherever it is.
     */
    public void drain(Duration patience) throws InterruptedException {
        draining = true;
        List<LiveSession> all = List.copyOf(live.values());
        CountDownLatch left = new CountDownLatch(all.size());
        all.forEach(session -> session.drain(patience, left::countDown));
        if (!left.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            all.forEach(LiveSession::giveUp);
            left.await(1, TimeUnit.SECONDS);
        }
    }
}
