package io.gatehouse.benchmarks;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Clients in a closed loop: each, on its own platform thread, asks again once it was answered. */
final class Crowd {
    /** One client's one operation, with its answer checked. */
    interface Client {
        void ask() throws Exception;
    }

    private final CountDownLatch start = new CountDownLatch(1);
    private final CountDownLatch done;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Histogram latencies = Tally.histogram();

    private Crowd(int clients) {
        done = new CountDownLatch(clients);
    }

    /** Lets the clients work for so many nanoseconds; throws what the first of them threw. */
    static Tally run(List<? extends Client> clients, long nanos) throws Exception {
        Crowd crowd = new Crowd(clients.size());
        List<Thread> threads = new ArrayList<>();
        for (Client client : clients) {
            threads.add(daemon("client-" + threads.size(), () -> crowd.work(client, nanos)));
        }
        long begun = System.nanoTime();
        crowd.start.countDown();
        crowd.done.await();
        long took = System.nanoTime() - begun;
        Exception failed = crowd.failure.get();
        if (failed != null) {
            throw failed;
        }
        return new Tally(crowd.latencies.getTotalCount(), took, crowd.latencies);
    }

    private void work(Client client, long nanos) {
        Histogram mine = Tally.histogram();
        try {
            start.await();
            long end = System.nanoTime() + nanos;
            long before = System.nanoTime();
            while (before < end && failure.get() == null) {
                client.ask();
                long after = System.nanoTime();
                mine.recordValue(after - before);
                before = after;
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        } finally {
            synchronized (latencies) {
                latencies.add(mine);
            }
            done.countDown();
        }
    }

    static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }
}
