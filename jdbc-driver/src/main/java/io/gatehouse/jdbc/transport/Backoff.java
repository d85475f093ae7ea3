package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.Host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Brokers that failed lately, as the whole process knows them: they are tried after the others.
 * Thread-safe.
 */
final class Backoff {
    private static final int MOST_REMEMBERED = 1024;
    private static final Map<Host, Long> FAILED = new ConcurrentHashMap<>();

    private Backoff() {}

    static void failed(Host host, int seconds) {
        long now = System.nanoTime();
        if (FAILED.size() >= MOST_REMEMBERED) {
            FAILED.values().removeIf(until -> until - now <= 0);
        }
        if (seconds > 0 && (FAILED.size() < MOST_REMEMBERED || FAILED.containsKey(host))) {
            FAILED.put(host, now + TimeUnit.SECONDS.toNanos(seconds));
        }
    }

    static void works(Host host) {
        FAILED.remove(host);
    }

    /** The brokers in the order in which they are to be tried: all of them, each once. */
    static List<Host> order(ConnectOptions options) {
        List<Host> hosts = new ArrayList<>(options.hosts());
        if (options.isShuffled()) {
            Collections.shuffle(hosts);
        }
        long now = System.nanoTime();
        List<Host> last = new ArrayList<>();
        for (Host host : hosts) {
            Long until = FAILED.get(host);
            if (until != null && until - now > 0) {
                last.add(host);
            }
        }
        hosts.removeAll(last);
        hosts.addAll(last);
        return hosts;
    }
}
