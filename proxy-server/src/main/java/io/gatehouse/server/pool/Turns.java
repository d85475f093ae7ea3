package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs the works of one lease in order, one at a time, on whichever worker is free. */
final class Turns {
    private final Executor workers;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private @Nullable Thread worker;
    private @Nullable Runnable after;

    Turns(Executor workers) {
        this.workers = workers;
    }

    Executor workers() {
        return workers;
    }

    /** Runs work here and now, then whatever was submitted meanwhile. */
    void begin(Runnable work) {
        synchronized (this) {
            running = true;
        }
        drain(work);
    }

    void submit(Runnable work) {
        synchronized (this) {
            if (running) {
                waiting.add(work);
                return;
            }
            running = true;
        }
        workers.execute(() -> drain(work));
    }

    /** Runs something that belongs to no lease: on this worker when its work is done. */
    void after(Runnable next) {
        synchronized (this) {
            if (Thread.currentThread().equals(worker) && after == null) {
                after = next;
                return;
            }
        }
        workers.execute(next);
    }

    private void drain(Runnable first) {
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
        Runnable then;
        synchronized (this) {
            then = after;
            after = null;
        }
        if (then != null) {
            then.run();
        }
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
        Runnable then;
        synchronized (this) {
            then = after;
            after = null;
        }
        if (work != null) {
            workers.execute(() -> drain(work));
        }
        if (then != null) {
            workers.execute(then);
        }
    }
}
