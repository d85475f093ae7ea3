package io.gatehouse.server.trace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends spans to a collector by OTLP over HTTP, in the background. Statements never wait for it:
 * what the bounded queue cannot take, and what the collector does not take at the first attempt, is
 * dropped and counted. Thread-safe.
 */
public final class SpanLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SpanLog.class);
    private static final int QUEUE = 8 * 1024;
    private static final int BATCH = 512;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI collector;
    private final OtlpJson json;
    private final HttpClient http;
    private final BlockingQueue<StatementSpan> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore rest = new Semaphore(0);
    private final AtomicLong lost = new AtomicLong();
    private final Thread sender;
    private boolean reachable = true;
    private volatile boolean closed;

    /**
     * @param collector where it takes traces, e.g. {@code http://127.0.0.1:4318/v1/traces}
     * @param version of the broker
     */
    public SpanLog(URI collector, String version) {
        this.collector = collector;
        this.json = new OtlpJson(version, new SplittableRandom());
        this.http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        this.sender = Thread.ofPlatform().daemon().name("gatehouse-spans").start(this::run);
    }

    /** Takes a span; cheap always. */
    public void record(StatementSpan span) {
        if (closed || !queue.offer(span)) {
            lost.incrementAndGet();
        }
    }

    /** How many spans could not be sent since the start. */
    public long lost() {
        return lost.get();
    }

    private void run() {
        try {
            while (!closed) {
                if (queue.size() < BATCH) {
                    rest.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
                sendSome();
            }
            while (reachable && !queue.isEmpty()) {
                sendSome();
            }
        } catch (InterruptedException e) {
            // The close has waited long enough.
            Thread.currentThread().interrupt();
        } finally {
            lost.addAndGet(queue.size());
        }
    }

    private void sendSome() throws InterruptedException {
        List<StatementSpan> batch = new ArrayList<>(BATCH);
        queue.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            return;
        }
        HttpRequest request =
                HttpRequest.newBuilder(collector)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.of(batch)))
                        .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            took(batch.size(), status / 100 == 2, "it answers " + status);
        } catch (IOException e) {
            took(batch.size(), false, e.toString());
        }
    }

    private void took(int spans, boolean taken, String why) {
        if (!taken) {
            lost.addAndGet(spans);
        }
        if (taken != reachable) {
            reachable = taken;
            if (taken) {
                log.info("the collector takes spans again");
            } else {
                log.warn("the collector of traces takes no spans, which are dropped: {}", why);
            }
        }
    }

    /** Sends what waits, as far as the collector takes it in time. */
    @Override
    public void close() {
        closed = true;
        rest.release();
        try {
            if (!sender.join(PATIENCE)) {
                sender.interrupt();
                sender.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
