package io.gatehouse.benchmarks;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The connections that one workload opened to one target; can be dropped from any thread. */
final class Connections implements AutoCloseable {
    private static final int OPENERS = 8;

    private final Target target;
    private final List<Connection> open = new ArrayList<>();
    private boolean aborted;

    Connections(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    Connection open() throws SQLException {
        Connection connection = target.connect();
        if (!keep(connection)) {
            connection.abort(Runnable::run);
            throw new SQLException("given up");
        }
        return connection;
    }

    /** Opens so many, a few at a time. */
    List<Connection> open(int count) throws SQLException, InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
        List<Connection> opened = new ArrayList<>();
        int openers = Math.min(OPENERS, count);
        CountDownLatch done = new CountDownLatch(openers);
        for (int i = 0; i < openers; i++) {
            Crowd.daemon(
                    "opener-" + i,
                    () -> {
                        try {
                            while (failure.get() == null && left.getAndDecrement() > 0) {
                                Connection connection = open();
                                synchronized (opened) {
                                    opened.add(connection);
                                }
                            }
                        } catch (SQLException e) {
                            failure.compareAndSet(null, e);
                        } finally {
                            done.countDown();
                        }
                    });
        }
        done.await();
        SQLException first = failure.get();
        if (first != null) {
            synchronized (opened) {
                throw new SQLException(
                        "after "
                                + opened.size()
                                + " of "
                                + count
                                + " connections: "
                                + first.getMessage(),
                        first.getSQLState(),
                        first);
            }
        }
        return opened;
    }

    private synchronized boolean keep(Connection connection) {
        if (!aborted) {
            open.add(connection);
        }
        return !aborted;
    }

    /** Drops every connection; what waits for an answer on one fails. */
    void abort() {
        List<Connection> all;
        synchronized (this) {
            aborted = true;
            all = List.copyOf(open);
            open.clear();
        }
        for (Connection connection : all) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                System.err.println(target + ": cannot drop a connection: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        List<Connection> all;
        synchronized (this) {
            all = List.copyOf(open);
            open.clear();
        }
        for (Connection connection : all) {
            connection.close();
        }
    }
}
