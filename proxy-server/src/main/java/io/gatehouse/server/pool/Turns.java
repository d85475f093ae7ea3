package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs the works of one lease in order, one at a time, on whichever worker is free. */
final class Turns {
    private final Executor workers;
    private final boolean wakes;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private @Nullable Thread worker;
    private @Nullable Onward after;

    /**
     * @param loop that watches the lease's connection; null for none
     */
    Turns(Threads threads, @Nullable Executor loop) {
        this.workers = threads.calls(loop);
        this.wakes = threads.callsWake();
    }

    /** Runs work here and now, then whatever was submitted meanwhile. */
    @Nullable Onward begin(Runnable work) {
        synchronized (this) {
            running = true;
        }
        return drain(work);
    }

    void submit(Runnable work) {
        synchronized (this) {
            if (running) {
                waiting.add(work);
                return;
            }
            running = true;
        }
        workers.execute(() -> Onward.follow(drain(work)));
    }

    /**
     * Runs something that belongs to no lease: on this worker when its work is done, where that
     * saves waking another.
     */
    void after(Onward next) {
        synchronized (this) {
            if (wakes && Thread.currentThread().equals(worker) && after == null) {
                after = next;
                return;
            }
        }
        workers.execute(() -> Onward.follow(next));
    }

    private @Nullable Onward drain(Runnable first) {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        Runnable work = first;
        try {
            while (work != null) {
                work.run();
                work = next();
            }
        } finally {
            if (work != null) {
                recover();
            }
        }
        return takeAfter();
    }

    private synchronized @Nullable Onward takeAfter() {
        Onward then = after;
        after = null;
        return then;
    }

    private synchronized @Nullable Runnable next() {
        Runnable work = waiting.poll();
        if (work == null) {
            running = false;
            worker = null;
        }
        return work;
    }

    /** A work threw: the thread goes on to die with the exception, the rest must still be run. */
    private void recover() {
        Runnable work = next();
        Onward then = takeAfter();
        if (work != null) {
            workers.execute(() -> Onward.follow(drain(work)));
        }
        if (then != null) {
            workers.execute(() -> Onward.follow(then));
        }
    }
}
