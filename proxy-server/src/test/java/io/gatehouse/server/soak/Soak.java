package io.gatehouse.server.soak;

import io.gatehouse.server.testing.TestBroker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What one soak shares: its time, its books, and how many were killed. Thread-safe. */
final class Soak {
    private static final Logger LOG = LoggerFactory.getLogger(Soak.class);

    private static final int MOST_PINNED = 3;

    /** How long the database may take to come back from a crash. */
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private final long seed;
    private final long end;
    private final TestBroker broker;
    private final Books books = new Books();
    private final Map<Boolean, Map<String, String>> pristine = new ConcurrentHashMap<>();
    private final Semaphore mayPin = new Semaphore(MOST_PINNED);
    private final List<AssertionError> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong actions = new AtomicLong();
    private final AtomicInteger clientsKilled = new AtomicInteger();
    private final AtomicInteger backendsKilled = new AtomicInteger();
    private final AtomicInteger crashes = new AtomicInteger();
    private volatile long sinceCrash;
    private final AtomicInteger losses = new AtomicInteger();
    private volatile long recovered = Long.MIN_VALUE;

    Soak(long seed, Duration length, TestBroker broker) {
        this.seed = seed;
        this.end = System.nanoTime() + length.toNanos();
        this.broker = broker;
    }

    long seed() {
        return seed;
    }

    TestBroker broker() {
        return broker;
    }

    Books books() {
        return books;
    }

    Semaphore mayPin() {
        return mayPin;
    }

    /** What a session of that driver begins with. */
    Map<String, String> pristine(boolean stock) {
        return pristine.getOrDefault(stock, Map.of());
    }

    void pristine(boolean stock, Map<String, String> settings) {
        pristine.put(stock, Map.copyOf(settings));
    }

    boolean goesOn() {
        return failures.isEmpty() && System.nanoTime() < end;
    }

    void failed(String story, Throwable cause) {
        AssertionError failure = new AssertionError("seed " + seed + ", " + story, cause);
        LOG.error("the soak failed", failure);
        failures.add(failure);
    }

    List<AssertionError> failures() {
        return failures;
    }

    void acted() {
        actions.incrementAndGet();
    }

    void clientKilled() {
        clientsKilled.incrementAndGet();
    }

    void backendKilled() {
        backendsKilled.incrementAndGet();
    }

    /** A transaction that began after the last crash. */
    void recoveredAt(long transaction) {
        sinceCrash = transaction;
    }

    long sinceCrash() {
        return sinceCrash;
    }

    /** All backends are about to die with one. */
    void crashes() {
        recovered = System.nanoTime() + RECOVERY.toNanos();
        crashes.incrementAndGet();
    }

    boolean recovering() {
        return crashes.get() > 0 && System.nanoTime() < recovered;
    }

    /**
     * A client has lost its backend; each that was killed explains one such loss.
     *
     * @return whether that is explained
     */
    boolean backendLost() {
        return recovering() || losses.incrementAndGet() <= backendsKilled.get();
    }

    String report() {
        return String.format(
                Locale.ROOT,
                "seed %d: %d actions, %d clients and %d backends killed, %d crashes,"
                        + " %d backends missed; writes: %d done, %d undone, %d unknown",
                seed,
                actions.get(),
                clientsKilled.get(),
                backendsKilled.get(),
                crashes.get(),
                losses.get(),
                books.count(Books.Fate.DONE),
                books.count(Books.Fate.UNDONE),
                books.count(Books.Fate.UNKNOWN));
    }
}
