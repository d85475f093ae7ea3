package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stops trying to connect to a backend that cannot be reached, so that whoever asks is told at
 * once. Only faults of connectivity count, one after the other: a backend that answers, if only to
 * refuse, is there. Thread-safe; nothing here blocks.
 */
final class Breaker {
    /** So many faults in a row, the last of them a failed connect, open the circuit. */
    static final int FAULTS = 3;

    /** From a failed connect to the next one. */
    static final Duration PAUSE = Duration.ofMillis(500);

    /** A connect that took this long to fail opens the circuit alone. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final String name;
    private final AtomicReference<State> state = new AtomicReference<>(Closed.FINE);

    private sealed interface State {}

    /**
     * Whoever asks may connect.
     *
     * @param faults without a success since
     * @param since when the first of them was
     */
    private record Closed(int faults, long since) implements State {
        private static final Closed FINE = new Closed(0, 0);
    }

    /**
     * Nobody may connect before {@code probe}; then one may.
     *
     * @param since when the first fault was
     */
    private record Open(long since, long probe, String why) implements State {}

    /**
     * One tries; everybody else is told.
     *
     * @param until whoever tries has given up by then
     */
    private record HalfOpen(long since, long until, String why) implements State {}

    /**
     * @param name of the logical connection
     */
    Breaker(String name) {
        this.name = name;
    }

    /**
     * Asks whether the caller may connect; where the circuit is open, one caller may at a time.
     *
     * @param patience how long the caller tries at most, in nanoseconds
     * @return null if it may, or else where the breaker stands
     */
    PoolFigures.@Nullable Circuit ask(long now, long patience) {
        while (true) {
            State seen = state.get();
            HalfOpen probing =
                    switch (seen) {
                        case Closed closed -> null;
                        case Open open ->
                                now - open.probe() < 0
                                        ? null
                                        : new HalfOpen(open.since(), now + patience, open.why());
                        case HalfOpen half ->
                                now - half.until() < 0
                                        ? null
                                        : new HalfOpen(half.since(), now + patience, half.why());
                    };
            if (probing == null) {
                return seen instanceof Closed ? null : figures(seen, now);
            }
            if (state.compareAndSet(seen, probing)) {
                return null;
            }
        }
    }

    /** The backend answered: with a connection, or with a refusal of its own. */
    void answered() {
        State seen = state.get();
        if (seen instanceof Closed closed && closed.faults() == 0) {
            return;
        }
        state.set(Closed.FINE);
        if (!(seen instanceof Closed)) {
            LOG.info("the database behind \"{}\" can be reached again", name);
        }
    }

    /** Whoever tried has a connection. */
    void connected() {
        if (state.get() instanceof HalfOpen) {
            answered();
        }
    }

    /** A connection that was open works: what broke before did not break with the backend. */
    void works() {
        if (state.get() instanceof Closed) {
            answered();
        }
    }

    /**
     * A connection could not be opened for want of connectivity.
     *
     * @param took how long that took to find out, in nanoseconds; nobody is made to wait for more
     *     of what took long
     */
    void failed(String why, long took, long now) {
        State seen;
        State then;
        do {
            seen = state.get();
            long probe = now + PAUSE.toNanos();
            then =
                    switch (seen) {
                        case Closed closed -> {
                            Closed more = oneMore(closed, now - took);
                            boolean opens = more.faults() >= FAULTS || took >= LONG.toNanos();
                            yield opens ? new Open(more.since(), probe, why) : more;
                        }
                        case Open open -> new Open(open.since(), open.probe(), why);
                        case HalfOpen half -> new Open(half.since(), probe, why);
                    };
        } while (!state.compareAndSet(seen, then));
        if (seen instanceof Closed && then instanceof Open) {
            LOG.warn("the database behind \"{}\" cannot be reached: {}", name, why);
        }
    }

    /** A connection that was open broke. Never enough alone: a server may end them on purpose. */
    void lost(long now) {
        if (state.get() instanceof Closed closed) {
            state.compareAndSet(closed, oneMore(closed, now));
        }
    }

    private static Closed oneMore(Closed closed, long now) {
        return new Closed(closed.faults() + 1, closed.faults() == 0 ? now : closed.since());
    }

    /** Where it stands. */
    PoolFigures.Circuit figures(long now) {
        return figures(state.get(), now);
    }

    private static PoolFigures.Circuit figures(State state, long now) {
        return switch (state) {
            case Closed closed -> PoolFigures.Circuit.CLOSED;
            case Open open ->
                    new PoolFigures.Circuit(
                            PoolFigures.Circuit.State.OPEN,
                            now - open.since(),
                            Math.max(0, open.probe() - now),
                            open.why());
            case HalfOpen half ->
                    new PoolFigures.Circuit(
                            PoolFigures.Circuit.State.HALF_OPEN, now - half.since(), 0, half.why());
        };
    }
}
