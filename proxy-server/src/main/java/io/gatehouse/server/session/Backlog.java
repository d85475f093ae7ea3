package io.gatehouse.server.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** The requests of a session that wait behind the running one. Owned by the event loop. */
final class Backlog {
    private final ArrayDeque<Request> queue = new ArrayDeque<>();
    private long bytes;

    void add(Request request) {
        queue.add(request);
        bytes += request.bytes;
    }

    /** The next request that is still wanted; null when none waits. */
    @Nullable Request next() {
        Request request = poll();
        while (request != null && request.discard.getAsBoolean()) {
            request = poll();
        }
        return request;
    }

    private @Nullable Request poll() {
        Request request = queue.poll();
        bytes -= request == null ? 0 : request.bytes;
        return request;
    }

    int size() {
        return queue.size();
    }

    /** How many bytes the waiting requests hold, about. */
    long bytes() {
        return bytes;
    }

    void clear() {
        queue.clear();
        bytes = 0;
    }
}
