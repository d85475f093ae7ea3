package io.gatehouse.server.config;

import io.gatehouse.policy.Policy;
import io.gatehouse.server.auth.UserStore;
import io.gatehouse.server.directory.Directory;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.secret.SecretException;
import io.gatehouse.server.secret.SigningKey;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The configuration as of now. Users, connections and policies are read again when a file changes;
 * a bad edit is logged with every problem and the last good configuration stays. What {@code
 * gatehouse.yaml} says about ports, limits and audit holds until the next start. Thread-safe.
 */
public final class LiveConfiguration implements Directory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveConfiguration.class);

    private final Path dir;
    private final Environment environment;
    private final List<Consumer<Configuration>> listeners = new CopyOnWriteArrayList<>();
    private volatile Configuration current;
    private String seen;
    private @Nullable ScheduledExecutorService watcher;

    private LiveConfiguration(Path dir, Environment environment, Configuration first, String seen) {
        this.dir = dir;
        this.environment = environment;
        this.current = first;
        this.seen = seen;
    }

    /** Reads a directory for the first time. */
    public static LiveConfiguration open(Path dir, Environment environment)
            throws ConfigurationProblems {
        // The fingerprint is older than the content, so that an edit in between is read again.
        String seen = Fingerprint.of(dir);
        Configuration first = Configuration.load(dir, environment);
        return new LiveConfiguration(dir, environment, first, seen);
    }

    /** One consistent view of everything. */
    public Configuration current() {
        return current;
    }

    /** The rules as of now. */
    public Policy policy() {
        return current.policy();
    }

    @Override
    public Optional<LogicalConnection> find(String name) {
        return Optional.ofNullable(current.connections().get(name));
    }

    @Override
    public List<String> names() {
        return List.copyOf(current.connections().keySet());
    }

    /** The users as of now, for the room that checks their proofs. */
    public UserStore users() {
        return user -> Optional.ofNullable(current.users().get(user));
    }

    /**
     * The key of hashed values: that of the master key, so that brokers which share it show the
     * same codes; without a master key one that only this process has.
     */
    public SigningKey hashKey() {
        try {
            return MasterKeyOf.read(dir, environment).derive("masks");
        } catch (ConfigurationProblems | SecretException e) {
            log.info("there is no master key: hashed values differ after a restart");
            return SigningKey.random();
        }
    }

    /** Calls a listener after each change, on the watching thread. */
    public void onChange(Consumer<Configuration> listener) {
        listeners.add(listener);
    }

    /** Begins to look for changes, each time after an interval. */
    public synchronized void watch(Duration interval) {
        if (watcher != null) {
            throw new IllegalStateException("the configuration is watched already");
        }
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("gatehouse-config").factory());
        long nanos = interval.toNanos();
        executor.scheduleWithFixedDelay(this::poll, nanos, nanos, TimeUnit.NANOSECONDS);
        watcher = executor;
    }

    /**
     * Looks for a change once.
     *
     * @return whether another configuration holds now
     */
    public synchronized boolean poll() {
        try {
            String now = Fingerprint.of(dir);
            if (now.equals(seen)) {
                return false;
            }
            seen = now;
            return reload();
        } catch (RuntimeException e) {
            // An exception would end the watching for good.
            log.error("the configuration could not be read again; the last good one stays", e);
            return false;
        }
    }

    private boolean reload() {
        Configuration old = current;
        Configuration read;
        try {
            read = Configuration.load(dir, environment);
        } catch (ConfigurationProblems e) {
            log.error(
                    "the configuration has {} problem(s); the last good one stays",
                    e.problems().size());
            e.problems().forEach(problem -> log.error("{}", problem));
            return false;
        }
        if (!read.server().equals(old.server())) {
            log.warn(
                    "gatehouse.yaml changed; ports, limits, audit and TLS change at the next"
                            + " start");
        }
        Configuration next =
                new Configuration(old.server(), read.users(), keepSame(old, read), read.policy());
        current = next;
        log.info(
                "configuration read again: {} users, {} connections, policy {}",
                next.users().size(),
                next.connections().size(),
                next.policy().version());
        listeners.forEach(listener -> listener.accept(next));
        return true;
    }

    /** Unchanged connections stay the very same object, so that pools can tell them by identity. */
    private static Map<String, LogicalConnection> keepSame(Configuration old, Configuration read) {
        Map<String, LogicalConnection> kept = new TreeMap<>(read.connections());
        kept.replaceAll((name, now) -> {
            LogicalConnection before = old.connections().get(name);
            return before != null && before.sameAs(now) ? before : now;
        });
        return kept;
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }
}
