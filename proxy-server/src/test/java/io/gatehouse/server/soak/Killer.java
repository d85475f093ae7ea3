package io.gatehouse.server.soak;

import io.gatehouse.server.testing.TestBroker.Database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Kills clients and backends at random. */
final class Killer implements Runnable {
    /**
     * A backend that dies for no reason makes PostgreSQL end all of them. {@code
     * -Dsoak.crash.seconds} makes it happen more often.
     */
    private static final Duration BETWEEN_CRASHES =
            Duration.ofSeconds(Long.getLong("soak.crash.seconds", 180));

    private static final String ONE_OF_THE_BROKERS =
            "select pid from pg_stat_activity where datname = 'soak' and pid <> pg_backend_pid()"
                    + " and backend_type = 'client backend' order by random() limit 1";

    private final Soak soak;
    private final Database database;
    private final List<Client> mortals;
    private final Random random;
    private long lastCrash = System.nanoTime();
    private boolean justCrashed;

    Killer(Soak soak, Database database, List<Client> mortals) {
        this.soak = soak;
        this.database = database;
        this.mortals = mortals;
        this.random = new Random(soak.seed());
    }

    @Override
    public void run() {
        while (soak.goesOn()) {
            LockSupport.parkNanos(Duration.ofMillis(20 + random.nextInt(200)).toNanos());
            try {
                if (random.nextInt(5) == 0) {
                    killBackend();
                } else {
                    mortals.get(random.nextInt(mortals.size())).cut();
                    soak.clientKilled();
                }
            } catch (SQLException e) {
                if (!soak.recovering()) {
                    soak.failed("the killer", e);
                }
            }
        }
    }

    private void killBackend() throws SQLException {
        try (Connection c = database.direct();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(ONE_OF_THE_BROKERS)) {
            if (!rows.next()) {
                return;
            }
            int pid = rows.getInt(1);
            if (justCrashed) {
                justCrashed = false;
                soak.recoveredAt(transaction(c));
            }
            if (System.nanoTime() - lastCrash > BETWEEN_CRASHES.toNanos()) {
                lastCrash = System.nanoTime();
                justCrashed = true;
                soak.crashes();
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            } else {
                soak.backendKilled();
                try (Statement kill = c.createStatement()) {
                    kill.execute("select pg_terminate_backend(" + pid + ")");
                }
            }
        }
    }

    private static long transaction(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select pg_current_xact_id()")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
