package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.util.List;

/** Every workload there is, in the order of the report. */
final class Workloads {
    private Workloads() {}

    static List<Workload> all(Sizes sizes, Connection database) {
        return List.of(
                new PointSelect(1, sizes),
                new PointSelect(16, sizes),
                new PointSelect(64, sizes),
                new Crowded(sizes),
                new Transactions(sizes, database),
                new Streaming(sizes, database),
                new Inserts(sizes, database),
                new Connecting(),
                new ManyOpen(sizes));
    }

    static List<String> names() {
        return List.of(
                "point-1",
                "point-16",
                "point-64",
                Crowded.NAME,
                "transaction",
                "stream",
                "insert",
                "connect",
                "open-1000");
    }
}
