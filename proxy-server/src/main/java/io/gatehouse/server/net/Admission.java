package io.gatehouse.server.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many clients there are. A client counts from its start-up packet, so that it can be told why
 * it is refused, and a cancel request always gets through; sockets before that are capped higher.
 */
final class Admission {
    private static final int SPARE_SOCKETS = 256;

    private final int clients;
    private final AtomicInteger sockets = new AtomicInteger();
    private final AtomicInteger admitted = new AtomicInteger();

    Admission(int clients) {
        this.clients = clients;
    }

    int limit() {
        return clients;
    }

    /** False: close the socket; it is not counted. */
    boolean socketOpened() {
        return increment(sockets, clients + (long) SPARE_SOCKETS);
    }

    void socketClosed() {
        sockets.decrementAndGet();
    }

    boolean admit() {
        return increment(admitted, clients);
    }

    void left() {
        admitted.decrementAndGet();
    }

    private static boolean increment(AtomicInteger count, long limit) {
        return count.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
    }
}
