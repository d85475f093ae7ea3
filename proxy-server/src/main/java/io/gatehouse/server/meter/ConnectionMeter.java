package io.gatehouse.server.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The figures of one logical connection. Thread-safe. */
public final class ConnectionMeter {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final Map<StatementEnd, Timer> statements = new EnumMap<>(StatementEnd.class);
    private final LongAdder sessions = new LongAdder();
    private final Timer waits;
    private final Counter rows;
    private final Counter pins;
    private final Counter replicaReads;
    private final Counter replicaReturns;
    private final Counter cacheHits;
    private final Counter cacheMisses;

    /** How a statement ended. */
    public enum StatementEnd {
        OK,
        DENIED,
        FAILED,
        CANCELLED,
        REFUSED
    }

    ConnectionMeter(MeterRegistry registry, String connection) {
        for (StatementEnd end : StatementEnd.values()) {
            statements.put(
                    end,
                    Timer.builder("gatehouse.statements")
                            .description("Statements, from arrival to the end of the answer")
                            .tag("connection", connection)
                            .tag("outcome", Labels.of(end))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        waits =
                Timer.builder("gatehouse.pool.wait")
                        .description("Waiting for a backend connection")
                        .tag("connection", connection)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
        rows =
                Counter.builder("gatehouse.rows")
                        .description("Rows sent to clients")
                        .tag("connection", connection)
                        .register(registry);
        pins =
                Counter.builder("gatehouse.pins")
                        .description("Times that a session had to keep its backend connection")
                        .tag("connection", connection)
                        .register(registry);
        replicaReads = replicas(registry, connection, "answered");
        replicaReturns = replicas(registry, connection, "returned");
        cacheHits = cache(registry, connection, "hit");
        cacheMisses = cache(registry, connection, "miss");
        Gauge.builder("gatehouse.sessions", sessions, LongAdder::sum)
                .description("Sessions now")
                .tag("connection", connection)
                .register(registry);
    }

    private static Counter replicas(MeterRegistry registry, String connection, String outcome) {
        return Counter.builder("gatehouse.replica.reads")
                .description("Statements that a replica answered, or that came back to the primary")
                .tag("connection", connection)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter cache(MeterRegistry registry, String connection, String outcome) {
        return Counter.builder("gatehouse.cache.reads")
                .description("Statements whose answer may be kept: it was known, or not")
                .tag("connection", connection)
                .tag("outcome", outcome)
                .register(registry);
    }

    public void sessionOpened() {
        sessions.increment();
    }

    public void sessionClosed() {
        sessions.decrement();
    }

    /** A statement ended, however it did. */
    public void statement(StatementEnd end, long nanos, long rowsSent) {
        Timer timer = statements.get(end);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
        rows.increment(rowsSent);
    }

    /** A backend connection was waited for. */
    public void waited(long nanos) {
        waits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A replica was asked, and answered; or the primary had to. */
    public void routed(boolean answered) {
        (answered ? replicaReads : replicaReturns).increment();
    }

    /** A statement whose answer may be kept was answered without asking, or was not. */
    public void recalled(boolean hit) {
        (hit ? cacheHits : cacheMisses).increment();
    }

    /** A session had to keep its backend connection. */
    public void pinned() {
        pins.increment();
    }
}
