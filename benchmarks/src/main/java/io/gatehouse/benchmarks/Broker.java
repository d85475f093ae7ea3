package io.gatehouse.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Gatehouse as it is served, in a process of its own, with a configuration made for it. */
final class Broker {
    private final int port;
    private final int poolSize;
    private final ChildProcess process;
    private final Duration ready;

    private Broker(int port, int poolSize, ChildProcess process, Duration ready) {
        this.port = port;
        this.poolSize = poolSize;
        this.process = process;
        this.ready = ready;
    }

    /** Starts what is configured so, and waits until it listens. */
    static Broker start(BrokerSetup setup, int poolSize, Started stop)
            throws IOException, InterruptedException {
        BrokerSetup.Running running = setup.start(stop);
        return new Broker(setup.port(), poolSize, running.process(), running.ready());
    }

    /** Through Gatehouse's own driver. */
    Target driver(String name) {
        return target(
                name,
                "jdbc:gatehouse://127.0.0.1:" + port + "/" + Postgres.DATABASE,
                true,
                "Gatehouse driver");
    }

    /** Through the stock PostgreSQL driver. */
    Target psql() {
        return target(
                Target.GATEHOUSE_PSQL,
                Postgres.url(port, Postgres.DATABASE),
                false,
                "stock PostgreSQL driver");
    }

    private Target target(String name, String url, boolean streams, String driver) {
        return new Target(
                name,
                url,
                Map.of("user", Postgres.USER, "password", Postgres.PASSWORD),
                OptionalLong.of(process.pid()),
                streams,
                String.format(
                        Locale.ROOT,
                        "%s, pool of %d, default policy (rate limit raised), audit to a file;"
                                + " broker ready after %.1f s",
                        driver,
                        poolSize,
                        ready.toMillis() / 1e3));
    }
}
