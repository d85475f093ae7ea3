package io.gatehouse.server.boot;

import io.gatehouse.server.admin.ApprovalDesk;
import io.gatehouse.server.admin.SessionView;
import io.gatehouse.server.config.Configuration;
import io.gatehouse.server.meter.PoolReading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A front door without rooms behind it; on port 1 nobody answers. */
final class QuietDoor implements FrontDoor {
    final List<String> calls = new ArrayList<>();
    volatile boolean listening = true;

    @Override
    public int port() {
        return 1;
    }

    @Override
    public boolean listening() {
        return listening;
    }

    @Override
    public List<SessionView> sessions() {
        return List.of();
    }

    @Override
    public List<PoolReading> pools() {
        return List.of(
                new PoolReading(
                        "shop",
                        5,
                        1,
                        0,
                        0,
                        0,
                        Map.of(),
                        new PoolReading.Slow(4, 0, 0),
                        PoolReading.Circuit.CLOSED));
    }

    @Override
    public ApprovalDesk approvals() {
        return new ApprovalDesk() {
            @Override
            public Outcome show(Claim claim) {
                return new Outcome.NotProven();
            }

            @Override
            public Outcome decide(Claim claim, String id, boolean approves) {
                return new Outcome.NotProven();
            }
        };
    }

    @Override
    public void changed(Configuration configuration) {
        calls.add("changed");
    }

    @Override
    public void drain(Duration patience) {
        listening = false;
        calls.add("drain " + patience.toSeconds());
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
