package io.gatehouse.server.net;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many clients there are. A client counts from its start-up packet, so that it can be told why
 * it is refused, and a cancel request always gets through; sockets before that are capped higher.
 * One address has only so many sockets whose login has not ended: whoever opens them and then says
 * nothing shuts out nobody but itself. Thread-safe.
 */
final class Admission {
    private static final int SPARE_SOCKETS = 256;

    private final int clients;
    private final int loginsPerAddress;
    private final AtomicInteger sockets = new AtomicInteger();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Map<Object, Integer> logins = new ConcurrentHashMap<>();

    Admission(int clients, int loginsPerAddress) {
        this.clients = clients;
        this.loginsPerAddress = loginsPerAddress;
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

    /** False: close the socket; its login is not counted. */
    boolean loginBegun(@Nullable InetAddress from) {
        if (from == null) {
            return true;
        }
        int[] now = new int[1];
        logins.compute(
                network(from),
                (network, count) -> {
                    int before = count == null ? 0 : count;
                    now[0] = before + 1;
                    return Math.min(now[0], loginsPerAddress);
                });
        return now[0] <= loginsPerAddress;
    }

    void loginEnded(@Nullable InetAddress from) {
        if (from != null) {
            logins.computeIfPresent(
                    network(from), (network, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Of IPv6, one customer has a network of 64 bits at least. */
    private static Object network(InetAddress address) {
        return address instanceof Inet6Address six
                ? (Object) ByteBuffer.wrap(six.getAddress()).getLong()
                : address;
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
