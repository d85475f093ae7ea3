package io.gatehouse.server.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How much of a result the client wants now: its credit, whether its socket takes more, and whether
 * it has given up. The event loop adds, one worker spends and may wait. Thread-safe.
 */
final class Demand {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong credit;
    private final BooleanSupplier writable;
    private volatile boolean abandoned;

    /**
     * @param credit what the client grants at first, in units of its door
     * @param writable whether the client's socket takes more
     */
    Demand(long credit, BooleanSupplier writable) {
        this.credit = new AtomicLong(credit);
        this.writable = writable;
    }

    boolean wanted() {
        return !abandoned && credit.get() > 0 && writable.getAsBoolean();
    }

    boolean abandoned() {
        return abandoned;
    }

    /** How much is granted and not spent; below 0 when overdrawn. */
    long left() {
        return credit.get();
    }

    void spend(long amount) {
        credit.addAndGet(-amount);
    }

    void grant(long amount) {
        // A client that grants without end has granted all there is.
        credit.accumulateAndGet(amount, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
        signal();
    }

    void abandon() {
        abandoned = true;
        signal();
    }

    /** Wakes a waiting worker; also called when the socket takes more again. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until rows are wanted; false when the client has given up. */
    boolean await() throws InterruptedException {
        lock.lock();
        try {
            while (!abandoned && !wanted()) {
                changed.await();
            }
            return !abandoned;
        } finally {
            lock.unlock();
        }
    }
}
