package io.gatehouse.server.session;

import io.gatehouse.policy.Policy;
import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.directory.Directory;
import io.gatehouse.server.directory.Grants;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.execute.Executor;
import io.gatehouse.server.gate.Gate;
import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.net.Listener;
import io.gatehouse.server.net.NetSettings;
import io.gatehouse.server.net.TlsMaterial;
import io.gatehouse.server.net.Traffic;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.secret.Secret;
import io.gatehouse.server.secret.SelfSigned;
import io.gatehouse.server.secret.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A broker on a free port of loopback, for tests that talk to it with ordinary clients. */
final class PlainBroker implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "wonderland";

    private final Map<String, LogicalConnection> connections = new ConcurrentHashMap<>();
    private final Queue<Ledger.Entry> statements = new ConcurrentLinkedQueue<>();
    private final Pools pools = new Pools();
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
    private final Listener listener;

    PlainBroker(Path folder, String policy) throws Exception {
        Policy rules = Policy.parse("test.yaml", policy);
        Rooms rooms =
                new Rooms(
                        new Gate(() -> rules, 100),
                        new Named(connections),
                        pools,
                        new Executor(),
                        new Recording(statements),
                        SessionLimits.DEFAULT,
                        aside,
                        System::nanoTime);
        Sessions sessions = new Sessions(rooms, InstantSource.system(), "0.0.0");
        UserRecord user =
                new UserRecord(USER, ScramVerifier.of(PASSWORD.toCharArray()), Set.of());
        TlsIdentity tls = SelfSigned.readOrMake(folder, "localhost", InstantSource.system());
        listener =
                new Listener(
                        NetSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                                .withPlainText(InetAddress::isLoopbackAddress),
                        new Authenticator(
                                name -> name.equals(USER) ? Optional.of(user) : Optional.empty()),
                        sessions,
                        new TlsMaterial(tls.key(), tls.chain()),
                        Traffic.NONE);
        listener.start();
    }

    private record Named(Map<String, LogicalConnection> connections) implements Directory {
        @Override
        public Optional<LogicalConnection> find(String name) {
            return Optional.ofNullable(connections.get(name));
        }

        @Override
        public List<String> names() {
            return connections.keySet().stream().sorted().toList();
        }
    }

    private record Recording(Queue<Ledger.Entry> statements) implements Ledger {
        @Override
        public void statement(Entry entry) {
            statements.add(entry);
        }

        @Override
        public void opened(SessionView session) {}

        @Override
        public void closed(SessionView session) {}
    }

    /** Adds a logical connection with a pool of so many. */
    void add(String name, String kind, Target target, String user, int size) {
        connections.put(
                name,
                new LogicalConnection(
                        name,
                        Kinds.find(kind).orElseThrow(),
                        target,
                        user,
                        Secret.of("".toCharArray()),
                        PoolSettings.DEFAULT.withSize(size).withPatience(Duration.ofSeconds(10)),
                        Timeouts.DEFAULT,
                        new Grants(Set.of(USER), Set.of()),
                        Set.of()));
    }

    Queue<Ledger.Entry> statements() {
        return statements;
    }

    int port() {
        return listener.port();
    }

    /** A connection of stock pgjdbc to a logical connection. */
    Connection connect(String name, Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.put("user", USER);
        all.put("password", PASSWORD);
        all.put("sslmode", "disable");
        all.putAll(properties);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + name, all);
    }

    @Override
    public void close() {
        listener.close();
        pools.close(Duration.ofSeconds(1));
        aside.shutdownNow();
    }
}
