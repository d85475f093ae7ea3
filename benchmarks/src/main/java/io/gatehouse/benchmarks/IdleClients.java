package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What a proxy holds for each client that logged in, asked once, and does nothing more. */
record IdleClients(Sizes sizes, Consumer<String> progress) {
    static final String NAME = "idle-1000";

    /** These come and go before the first look: what is made once is made by them. */
    private static final int FIRST = 50;

    /** Opening as many clients is given twice the bound of a round, and so is each look. */
    private static final int BOUNDS = 4;

    private static final List<String> HEAD =
            List.of("target", "KB per client", "live in heap KB", "outside of heap KB");

    String report(List<Target> targets) throws InterruptedException {
        progress.accept(NAME + " ...");
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        Set<Long> looked = new HashSet<>();
        for (Target target : targets) {
            // A process that held clients before has room for them: a second figure would be wrong.
            if (target.proxy().isPresent() && looked.add(target.proxy().getAsLong())) {
                rows.add(row(target, target.proxy().getAsLong()));
            }
        }
        return String.format(
                        Locale.ROOT,
                        "%n### idle-1000: memory of the proxy for each of %,d idle clients%n%n",
                        sizes.openClients())
                + Table.of(rows);
    }

    private List<String> row(Target target, long pid) throws InterruptedException {
        Connections few = new Connections(target);
        Connections all = new Connections(target);
        try {
            Duration bound = sizes.bound().multipliedBy(BOUNDS);
            return Bounded.call(
                    target + ", " + NAME,
                    bound,
                    () -> {
                        open(few, Math.min(FIRST, sizes.openClients()));
                        few.close();
                        Footprint before = Footprint.of(pid, target.inJvm());
                        open(all, sizes.openClients());
                        return Footprint.of(pid, target.inJvm())
                                .growthRow(target.name(), before, sizes.openClients());
                    });
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            progress.accept("  " + target + ": " + e);
            return List.of(target.name(), "FAILED: " + e.getMessage(), "-", "-");
        } finally {
            few.abort();
            all.abort();
        }
    }

    private void open(Connections connections, int count)
            throws SQLException, WrongAnswer, InterruptedException {
        int seed = 0;
        for (Connection connection : connections.open(count)) {
            new PointSelect.Selector(connection, sizes.items(), seed++).ask();
        }
    }
}
