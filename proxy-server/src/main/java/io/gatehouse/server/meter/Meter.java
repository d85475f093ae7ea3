package io.gatehouse.server.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * All figures of the broker. The only labels are names of logical connections, of rules' verdicts
 * and of outcomes: their number is bounded by the configuration. Thread-safe.
 */
public final class Meter implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 1_000;

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final LongAdder logins = new LongAdder();
    private final LongAdder clients = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final Map<Refusal, Counter> refusals = new ConcurrentHashMap<>();
    private final Map<String, ConnectionMeter> connections = new ConcurrentHashMap<>();
    private final Counter accepted;
    private final MultiGauge poolGauges;
    private final MultiGauge waitingUsers;
    private final MultiGauge circuits;
    private volatile Supplier<List<PoolReading>> pools = List::of;

    /** Why a client was sent away before it had a session. */
    public enum Refusal {
        TOO_MANY_CLIENTS,
        LOGIN_TIMEOUT,
        WRONG_PASSWORD,
        NO_GRANT,
        UNKNOWN_CONNECTION,
        TLS_REQUIRED,
        PROTOCOL,
        SHUTTING_DOWN
    }

    public Meter() {
        accepted =
                Counter.builder("gatehouse.clients.accepted")
                        .description("Connections of clients taken since the start")
                        .register(registry);
        FunctionCounter.builder("gatehouse.logins", logins, LongAdder::sum)
                .description("Clients that proved who they are")
                .register(registry);
        Gauge.builder("gatehouse.clients", clients, LongAdder::sum)
                .description("Connections of clients now")
                .register(registry);
        FunctionCounter.builder("gatehouse.client.bytes", bytesIn, LongAdder::sum)
                .description("Bytes between clients and broker")
                .tag("direction", "in")
                .register(registry);
        FunctionCounter.builder("gatehouse.client.bytes", bytesOut, LongAdder::sum)
                .description("Bytes between clients and broker")
                .tag("direction", "out")
                .register(registry);
        for (Refusal reason : Refusal.values()) {
            refusals.put(
                    reason,
                    Counter.builder("gatehouse.clients.refused")
                            .description("Clients sent away before they had a session")
                            .tag("reason", Labels.of(reason))
                            .register(registry));
        }
        poolGauges =
                MultiGauge.builder("gatehouse.pool.connections")
                        .description("Backend connections of a pool, and requests that wait")
                        .register(registry);
        waitingUsers =
                MultiGauge.builder("gatehouse.pool.waiting.users")
                        .description("Users with requests that wait for a backend connection")
                        .register(registry);
        circuits =
                MultiGauge.builder("gatehouse.pool.circuit")
                        .description("Circuit breaker: 0 closed, 1 half open, 2 open")
                        .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    public void clientOpened() {
        accepted.increment();
        clients.increment();
    }

    public void clientClosed() {
        clients.decrement();
    }

    public void clientRefused(Refusal reason) {
        Counter counter = refusals.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A client proved who it is. */
    public void loggedIn() {
        logins.increment();
    }

    public void bytesIn(long bytes) {
        bytesIn.add(bytes);
    }

    public void bytesOut(long bytes) {
        bytesOut.add(bytes);
    }

    /**
     * The figures of one logical connection; a session asks once and keeps the answer.
     *
     * @param connection the name of a logical connection that exists; above 1,000 names all further
     *     ones share the figures of {@code other}
     */
    public ConnectionMeter connection(String connection) {
        ConnectionMeter known = connections.get(connection);
        if (known != null) {
            return known;
        }
        String label = connections.size() < MAX_CONNECTIONS ? connection : "other";
        return connections.computeIfAbsent(label, name -> new ConnectionMeter(registry, name));
    }

    /** Where pools are read when Prometheus asks. */
    public void pools(Supplier<List<PoolReading>> supplier) {
        pools = supplier;
    }

    /** A figure that is read when Prometheus asks, named {@code gatehouse.NAME}. */
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> reading) {
        Gauge.builder("gatehouse." + name, source, reading)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Everything in Prometheus' text format 0.0.4. */
    public String scrape() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        List<MultiGauge.Row<?>> users = new ArrayList<>();
        List<MultiGauge.Row<?>> breakers = new ArrayList<>();
        for (PoolReading pool : pools.get()) {
            add(rows, pool, "size", PoolReading::size);
            add(rows, pool, "open", PoolReading::open);
            add(rows, pool, "in_use", PoolReading::inUse);
            add(rows, pool, "waiting", PoolReading::waiting);
            add(rows, pool, "pinned", PoolReading::pinned);
            add(rows, pool, "slow", one -> one.slow().inUse());
            add(rows, pool, "slow_waiting", one -> one.slow().waiting());
            Tags tags = Tags.of("connection", pool.connection());
            users.add(MultiGauge.Row.of(tags, pool.waitingByUser().size()));
            breakers.add(MultiGauge.Row.of(tags, pool.circuit().state().ordinal()));
        }
        poolGauges.register(rows, true);
        waitingUsers.register(users, true);
        circuits.register(breakers, true);
        return registry.scrape();
    }

    private static void add(
            List<MultiGauge.Row<?>> rows,
            PoolReading pool,
            String state,
            Function<PoolReading, Integer> figure) {
        Tags tags = Tags.of("connection", pool.connection(), "state", state);
        rows.add(MultiGauge.Row.of(tags, figure.apply(pool)));
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
