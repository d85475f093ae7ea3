package io.gatehouse.benchmarks;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/** One target in one workload, from its first connection to its last. */
final class Lane {
    /** Opening takes so many bounds: a thousand direct connections are a thousand processes. */
    private static final int OPENING = 2;

    private final Workload workload;
    private final Target target;
    private final Sizes sizes;
    private final Connections connections;
    private final List<Lap> laps = new ArrayList<>();
    private Workload.@Nullable Load load;
    private @Nullable String error;
    private boolean hung;
    private OptionalLong peak = OptionalLong.empty();

    Lane(Workload workload, Target target, Sizes sizes) {
        this.workload = workload;
        this.target = target;
        this.sizes = sizes;
        connections = new Connections(target);
    }

    /** A target that cannot be measured at all. */
    static Lane refused(Workload workload, Target target, Sizes sizes, String why) {
        Lane lane = new Lane(workload, target, sizes);
        lane.error = why;
        return lane;
    }

    Target target() {
        return target;
    }

    List<Lap> laps() {
        return List.copyOf(laps);
    }

    boolean runs() {
        return error == null;
    }

    /** Whether it failed by not coming to an end. */
    boolean hung() {
        return hung;
    }

    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** The proxy's most resident memory over this workload, in bytes. */
    OptionalLong peak() {
        return peak;
    }

    /** Connects, prepares, and works for a while without counting. */
    void warmUp(Duration span, Connection administrator) {
        target.proxy().ifPresent(ProcessFigures::forgetPeak);
        attempt(
                "opening",
                sizes.bound().multipliedBy(OPENING),
                administrator,
                () -> load = workload.open(connections));
        lap(span, administrator);
        laps.clear();
    }

    /** Works through one round that counts. */
    void lap(Duration span, Connection administrator) {
        Workload.Load ready = load;
        if (error != null || ready == null) {
            return;
        }
        attempt(
                "a round",
                sizes.bound(),
                administrator,
                () -> {
                    Duration proxy = proxyCpu();
                    Duration client = ProcessFigures.cpu(ProcessHandle.current().pid());
                    Tally tally = ready.round(span.toNanos());
                    laps.add(
                            new Lap(
                                    tally,
                                    proxyCpu().minus(proxy),
                                    ProcessFigures.cpu(ProcessHandle.current().pid())
                                            .minus(client)));
                });
    }

    /** Checks what the rounds left behind, and disconnects. */
    void finish(Connection administrator) {
        Workload.Load done = load;
        if (error == null && done != null) {
            attempt("the check", sizes.bound(), administrator, done::verify);
        }
        if (error == null) {
            target.proxy().ifPresent(pid -> peak = ProcessFigures.peakMemory(pid));
            attempt("closing", sizes.bound(), administrator, connections::close);
        }
    }

    private Duration proxyCpu() {
        return target.proxy().isPresent()
                ? ProcessFigures.cpuOfTree(target.proxy().getAsLong())
                : Duration.ZERO;
    }

    private void attempt(String what, Duration bound, Connection administrator, Step step) {
        if (error != null) {
            return;
        }
        try {
            Bounded.call(
                    what,
                    bound,
                    () -> {
                        step.take();
                        return true;
                    });
        } catch (Exception e) {
            error = what + ": " + describe(e);
            hung = e instanceof TimeoutException;
            Crowd.daemon("dropping", connections::abort);
            sweep(administrator);
        }
    }

    private static String describe(Exception e) {
        String state = e instanceof SQLException s ? " [" + s.getSQLState() + "]" : "";
        return e.getClass().getSimpleName() + state + ": " + e.getMessage();
    }

    private void sweep(Connection administrator) {
        try {
            Postgres.sweep(administrator);
        } catch (SQLException e) {
            System.err.println(target + ": sweeping up: " + e.getMessage());
        }
    }

    private interface Step {
        void take() throws Exception;
    }
}
