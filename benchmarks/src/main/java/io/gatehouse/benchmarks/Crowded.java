package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Point selects by far more busy clients than there are connections to the database. */
record Crowded(Sizes sizes) implements Workload {
    static final String NAME = "open-500";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "point select, " + sizes.busyClients() + " clients, all busy";
    }

    @Override
    public String unit() {
        return "selects";
    }

    @Override
    public Load open(Connections connections) throws Exception {
        List<PointSelect.Selector> crowd = new ArrayList<>();
        for (Connection connection : connections.open(sizes.busyClients())) {
            crowd.add(new PointSelect.Selector(connection, sizes.items(), crowd.size()));
        }
        return nanos -> Crowd.run(crowd, nanos);
    }
}
