package io.gatehouse.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped in reverse order, once. */
final class Started implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    private boolean stopped;

    /** Takes a thing to stop; where everything was stopped before, stops it at once. */
    synchronized void add(AutoCloseable thing) {
        things.push(thing);
        if (stopped) {
            close();
        }
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public synchronized void close() {
        stopped = true;
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception e) {
                System.err.println("stopping: " + e);
            }
        }
    }
}
