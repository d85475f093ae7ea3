package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Runs every workload on every target, in turns, so that what disturbs one disturbs all. */
final class Race {
    /** A target that hung so often is left out of what follows. */
    private static final int TOO_OFTEN = 2;

    /** The first warm-up is so much longer: JVMs start cold, the broker's and the client's. */
    private static final int FIRST_WARM_UP = 3;

    private final Sizes sizes;
    private final List<Target> targets;
    private final Connection administrator;
    private final Consumer<String> progress;
    private final Map<Target, Integer> hangs = new HashMap<>();

    Race(Sizes sizes, List<Target> targets, Connection administrator, Consumer<String> progress) {
        this.sizes = sizes;
        this.targets = List.copyOf(targets);
        this.administrator = administrator;
        this.progress = progress;
    }

    List<Result> run(List<Workload> workloads) {
        long end = System.nanoTime() + sizes.total().toNanos();
        List<Result> results = new ArrayList<>();
        for (Workload workload : workloads) {
            long now = System.nanoTime();
            long share = (end - now) / (workloads.size() - results.size());
            Duration warmUp = sizes.warmUp().multipliedBy(results.isEmpty() ? FIRST_WARM_UP : 1);
            progress.accept(workload.title() + " ...");
            results.add(new Result(workload, run(workload, warmUp, now + share)));
        }
        return results;
    }

    private List<Lane> run(Workload workload, Duration warmUp, long end) {
        List<Lane> lanes = new ArrayList<>();
        for (Target target : targets) {
            if (hangs.getOrDefault(target, 0) >= TOO_OFTEN) {
                String why = "left out, because it hung " + TOO_OFTEN + " times before";
                lanes.add(Lane.refused(workload, target, sizes, why));
            } else {
                lanes.add(new Lane(workload, target, sizes));
            }
        }
        lanes.forEach(lane -> lane.warmUp(warmUp, administrator));
        List<Lane> order = new ArrayList<>(lanes);
        long longest = 0;
        for (int round = 0; round < sizes.rounds(); round++) {
            long begun = System.nanoTime();
            if (round > 0 && begun + longest > end) {
                break;
            }
            order.forEach(lane -> lane.lap(sizes.round(), administrator));
            // Nobody is always first.
            Collections.rotate(order, 1);
            longest = Math.max(longest, System.nanoTime() - begun);
        }
        for (Lane lane : lanes) {
            lane.finish(administrator);
            lane.error().ifPresent(e -> progress.accept("  " + lane.target() + ": " + e));
            if (lane.hung()) {
                hangs.merge(lane.target(), 1, Integer::sum);
            }
        }
        return lanes;
    }

    /** What one workload gave on each target. */
    record Result(Workload workload, List<Lane> lanes) {
        Result {
            lanes = List.copyOf(lanes);
        }

        boolean complete() {
            return lanes.stream().allMatch(Lane::runs);
        }
    }

    /** A span that a person can read. */
    static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1e3);
    }
}
