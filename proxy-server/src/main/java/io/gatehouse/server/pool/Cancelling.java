package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a statement's end back until the cancel that was meant for it has been delivered, so that a
 * cancel never hits whatever runs next on the connection.
 */
final class Cancelling {
    private static final Logger LOG = LoggerFactory.getLogger(Cancelling.class);

    private final Executor workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resolved = lock.newCondition();
    private Lease.@Nullable Canceller running;
    private boolean underWay;

    Cancelling(Executor workers) {
        this.workers = workers;
    }

    void running(Lease.Canceller canceller) {
        lock.lock();
        try {
            running = canceller;
        } finally {
            lock.unlock();
        }
    }

    void ended() {
        lock.lock();
        try {
            running = null;
            while (underWay) {
                resolved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean cancel() {
        Lease.Canceller canceller;
        lock.lock();
        try {
            canceller = running;
            if (canceller == null || underWay) {
                return canceller != null;
            }
            underWay = true;
        } finally {
            lock.unlock();
        }
        try {
            workers.execute(() -> deliver(canceller));
        } catch (RejectedExecutionException e) {
            done();
        }
        return true;
    }

    private void deliver(Lease.Canceller canceller) {
        try {
            canceller.cancel();
        } catch (SQLException | RuntimeException e) {
            // The statement runs on; the session's deadline cuts it off.
            LOG.warn("a cancel could not be delivered: {}", e.toString());
        } finally {
            done();
        }
    }

    private void done() {
        lock.lock();
        try {
            underWay = false;
            resolved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
