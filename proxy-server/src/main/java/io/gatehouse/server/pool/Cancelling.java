package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a statement's end back until the cancel that was meant for it has been delivered, so that a
 * cancel never hits whatever runs next on the connection. A delivery that fails, or takes longer
 * than the grace, may still arrive: then the connection is in doubt, and must not be used again.
 *
 * <p>Delivered means that the backend has noted it. PostgreSQL closes the connection that carried
 * the request after its signal was sent, and the driver waits for that close. A signal that finds
 * its process between two statements is dropped there, when the next one is read.
 */
final class Cancelling {
    private static final Logger LOG = LoggerFactory.getLogger(Cancelling.class);

    private final Executor workers;
    private final Duration grace;
    private final Runnable inDoubt;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resolved = lock.newCondition();
    private Lease.@Nullable Canceller running;
    private boolean underWay;
    private boolean givenUp;

    /**
     * @param grace the longest that a statement's end waits for a cancel
     * @param inDoubt told before that end, when a cancel may still arrive after it
     */
    Cancelling(Executor workers, Duration grace, Runnable inDoubt) {
        this.workers = workers;
        this.grace = grace;
        this.inDoubt = inDoubt;
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
            long left = grace.toNanos();
            while (underWay && !givenUp && left > 0) {
                left = resolved.awaitNanos(left);
            }
            if (underWay && !givenUp) {
                LOG.warn("a cancel was not delivered within {}", grace);
                giveUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        givenUp = true;
        inDoubt.run();
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
            // The statement may run on; the session's deadline cuts it off.
            LOG.warn("a cancel could not be delivered: {}", e.toString());
            inDoubt.run();
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
