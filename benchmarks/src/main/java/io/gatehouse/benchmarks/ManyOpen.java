package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Point selects by a few of many open clients: who works changes with every operation. */
record ManyOpen(Sizes sizes) implements Workload {
    @Override
    public String name() {
        return "open-1000";
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "point select, %,d open clients, %d active",
                sizes.openClients(),
                sizes.activeClients());
    }

    @Override
    public String unit() {
        return "selects";
    }

    @Override
    public Load open(Connections connections) throws Exception {
        int active = sizes.activeClients();
        List<List<PointSelect.Selector>> shares = new ArrayList<>();
        for (int i = 0; i < active; i++) {
            shares.add(new ArrayList<>());
        }
        int number = 0;
        for (Connection connection : connections.open(sizes.openClients())) {
            PointSelect.Selector selector =
                    new PointSelect.Selector(connection, sizes.items(), number);
            // Every client has worked once: each is logged in, and has its statement.
            selector.ask();
            shares.get(number++ % active).add(selector);
        }
        List<Crowd.Client> crowd = new ArrayList<>();
        for (List<PointSelect.Selector> share : shares) {
            SplittableRandom random = new SplittableRandom(crowd.size());
            crowd.add(() -> share.get(random.nextInt(share.size())).ask());
        }
        return nanos -> Crowd.run(crowd, nanos);
    }
}
