package io.gatehouse.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped in reverse order, once. */
final class Started implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    synchronized void add(AutoCloseable thing) {
        things.push(thing);
    }

    @Override
    public synchronized void close() {
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (Exception e) {
                System.err.println("stopping: " + e);
            }
        }
    }
}
