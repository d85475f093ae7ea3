package io.gatehouse.server.testing;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.PolicyProblems;
import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.directory.Directory;
import io.gatehouse.server.directory.Grants;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.execute.Executor;
import io.gatehouse.server.gate.Approvals;
import io.gatehouse.server.gate.Gate;
import io.gatehouse.server.gate.Holds;
import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.net.EventLoops;
import io.gatehouse.server.net.Listener;
import io.gatehouse.server.net.NetSettings;
import io.gatehouse.server.net.Traffic;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.recall.Recall;
import io.gatehouse.server.secret.Secret;
import io.gatehouse.server.secret.SigningKey;
import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.session.Rooms;
import io.gatehouse.server.session.SessionLimits;
import io.gatehouse.server.session.Sessions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The real rooms of a broker on a free loopback port, with connections made by the test. */
public final class TestBroker implements AutoCloseable {
    public static final String USER = "tester";
    public static final String PASSWORD = "let me in";

    /** Another user, with the same password and the same grants. */
    public static final String OTHER = "other";

    private static final long CACHE = 256 << 10;

    /** What one answer may take of the cache, in bytes. */
    public static final int CACHE_ENTRY = 64 << 10;

    private static final String EVERYTHING =
            """
            policy: 1
            default: allow
            rules:
              - name: everything
                match: {facts: [not-understood]}
                decide: allow
            """;

    private final Map<String, LogicalConnection> connections = new ConcurrentHashMap<>();
    private final Map<String, Integer> clients = new ConcurrentHashMap<>();
    private final List<Connection> keepers = new ArrayList<>();
    private final Recorded ledger = new Recorded();
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLoops loops =
            new EventLoops(Integer.getInteger("test.loops", 0), Duration.ofMillis(1));
    private final Pools pools = new Pools(System::nanoTime, loops);
    private final Sessions sessions;
    private final Listener listener;

    private final AtomicLong recallNanos = new AtomicLong();

    // An answer grows old only when a test says so.
    private final Recall recall = new Recall(CACHE, CACHE_ENTRY, recallNanos::get);

    private final Approvals approvals = new Approvals(100, InstantSource.system());

    private Holds holds() {
        return new Holds(SigningKey.random()::sign, InstantSource.system(), approvals);
    }

    private volatile Policy policy;

    private TestBroker(Policy policy, int port, SessionLimits limits) throws IOException {
        this.policy = policy;
        Directory directory =
                new Directory() {
                    @Override
                    public Optional<LogicalConnection> find(String name) {
                        return Optional.ofNullable(connections.get(name));
                    }

                    @Override
                    public List<String> names() {
                        return connections.keySet().stream().sorted().toList();
                    }
                };
        Rooms rooms =
                new Rooms(
                        new Gate(() -> this.policy, 1_000, holds(), InstantSource.system()),
                        directory,
                        pools,
                        new Executor(System::nanoTime, SigningKey.random()::sign),
                        ledger,
                        limits,
                        aside,
                        System::nanoTime,
                        recall);
        sessions =
                new Sessions(
                        rooms,
                        InstantSource.system(),
                        "test",
                        name -> clients.getOrDefault(name, Integer.MAX_VALUE));
        ScramVerifier verifier = ScramVerifier.of(PASSWORD.toCharArray());
        listener =
                new Listener(
                        NetSettings.at(new InetSocketAddress("127.0.0.1", port)),
                        loops,
                        new Authenticator(name ->
                                Optional.of(name)
                                        .filter(List.of(USER, OTHER)::contains)
                                        .map(known -> tester(known, verifier))),
                        sessions,
                        null,
                        Traffic.NONE);
        listener.start();
    }

    /** A broker with the policy that a new installation has. */
    public static TestBroker withDefaultPolicy() throws IOException {
        return with(Files.readString(Path.of("../conf/policies/default.yaml")));
    }

    /** A broker that lets everything pass that is understood. */
    public static TestBroker permissive() throws IOException {
        return permissiveAt(0);
    }

    /** The same, on a port that another one may have had before. */
    public static TestBroker permissiveAt(int port) throws IOException {
        return new TestBroker(parsed(EVERYTHING), port, SessionLimits.DEFAULT);
    }

    /** The same with other limits. */
    public static TestBroker permissive(SessionLimits limits) throws IOException {
        return new TestBroker(parsed(EVERYTHING), 0, limits);
    }

    public static TestBroker with(String policy) throws IOException {
        return new TestBroker(parsed(policy), 0, SessionLimits.DEFAULT);
    }

    /** The policy that a new installation has, with everybody a reader. */
    public static TestBroker forReaders() throws IOException {
        String policy = Files.readString(Path.of("../conf/policies/default.yaml"));
        return with(policy.replace("[readers]", "[testers]"));
    }

    /** From now on this policy holds, as after a reload. */
    public void change(String text) throws IOException {
        policy = parsed(text);
    }

    private static Policy parsed(String policy) throws IOException {
        try {
            return Policy.parse("test.yaml", policy);
        } catch (PolicyProblems e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Takes no new client and lets those who are there move on, as a broker that stops does. */
    public void drain(Duration patience) throws InterruptedException {
        listener.drain();
        sessions.drain(patience);
    }

    private static UserRecord tester(String name, ScramVerifier verifier) {
        return new UserRecord(name, verifier, Set.of("testers"));
    }

    /** Lets a user have no more than so many connections. */
    public TestBroker limitClients(String user, int most) {
        clients.put(user, most);
        return this;
    }

    /** Adds or replaces a logical connection. */
    public TestBroker serve(String name, Database database, PoolSettings pool, Timeouts timeouts) {
        connections.put(
                name,
                new LogicalConnection(
                        name,
                        Kinds.find(database.kind()).orElseThrow(),
                        Target.of(database.host(), database.port(), database.name()),
                        database.user(),
                        Secret.of(database.password().toCharArray()),
                        pool,
                        timeouts,
                        new Grants(Set.of(USER, OTHER), Set.of()),
                        Set.of()));
        return this;
    }

    public TestBroker serve(String name, Database database, int poolSize) {
        return serve(
                name,
                database,
                PoolBounds.of(poolSize).settings(),
                new Timeouts(Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(5)));
    }

    /** The same for a database that lives only as long as someone is connected. */
    public TestBroker serveKept(String name, Database database, int poolSize) throws SQLException {
        keepers.add(database.direct());
        return serve(name, database, poolSize);
    }

    /** Gives a logical connection replicas. */
    public TestBroker replicate(String name, Duration sticky, Database... replicas) {
        connections.computeIfPresent(
                name,
                (n, primary) -> {
                    return primary.with(
                            new Replicas(sticky, Connections.replicas(primary, replicas)));
                });
        return this;
    }

    /** A logical connection that nobody may use. */
    public TestBroker refuse(String name, Database database) {
        serve(name, database, 1);
        connections.computeIfPresent(name, (n, c) -> Connections.granted(c, Grants.NONE));
        return this;
    }

    /** Where a test's database is, and who may enter. */
    public record Database(
            String kind, String host, int port, String name, String user, String password) {

        public static Database of(String kind, Databases.Server server) {
            return new Database(
                    kind,
                    server.host(),
                    server.port(),
                    server.database(),
                    server.user(),
                    server.password());
        }

        public static Database postgres() {
            return of("postgresql", Databases.postgres());
        }

        public static Database mariadb() {
            return of("mariadb", Databases.mariadb());
        }

        /** The MariaDB server, through MySQL's driver. */
        public static Database mysql() {
            return of("mysql", Databases.mariadb());
        }

        /** A new database in memory; it lives as long as someone is connected. */
        public static Database h2() {
            return new Database("h2", "", 0, Databases.h2(), "sa", "");
        }

        /** A database in a file. */
        public static Database sqlite(Path file) {
            return new Database("sqlite", "", 0, file.toString(), "", "");
        }

        /** Connects past the broker, as an application did before. */
        public Connection direct() throws SQLException {
            var kind = Kinds.find(this.kind).orElseThrow();
            Target target = Target.of(host, port, name);
            Properties all = new Properties();
            all.setProperty("user", user);
            all.setProperty("password", password);
            return DriverManager.getConnection(kind.url(target), all);
        }

        /** Runs statements past the broker. */
        public void prepare(String... statements) throws SQLException {
            try (Connection c = direct();
                    Statement s = c.createStatement()) {
                for (String sql : statements) {
                    s.execute(sql);
                }
            }
        }
    }

    /** What is kept of answers. */
    public Recall recall() {
        return recall;
    }

    /** Kept answers are older from now on. */
    public void age(Duration time) {
        recallNanos.addAndGet(time.toNanos());
    }

    public int port() {
        return listener.port();
    }

    public Pools pools() {
        return pools;
    }

    public Sessions sessions() {
        return sessions;
    }

    /** The latest statements, oldest first. */
    public List<Ledger.Entry> statements() {
        return ledger.entries();
    }

    /** What waits for approval. */
    public Approvals approvals() {
        return approvals;
    }

    public void forgetStatements() {
        ledger.forget();
    }

    /** The URL for the Gatehouse driver. */
    public String url(String name) {
        return "jdbc:gatehouse://127.0.0.1:" + port() + "/" + name;
    }

    /** Connects with the Gatehouse driver. */
    public Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name), USER, PASSWORD);
    }

    /** Connects as {@link #OTHER} with the Gatehouse driver. */
    public Connection connectAsOther(String name) throws SQLException {
        return DriverManager.getConnection(url(name), OTHER, PASSWORD);
    }

    /** Connects with the stock PostgreSQL driver. */
    public Connection connectAsPostgres(String name, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", USER);
        all.setProperty("password", PASSWORD);
        all.setProperty("sslmode", "disable");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + name, all);
    }

    @Override
    public void close() {
        listener.close();
        pools.close(Duration.ZERO);
        loops.close();
        aside.shutdownNow();
        keepers.forEach(TestBroker::close);
    }

    private static void close(Connection keeper) {
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
