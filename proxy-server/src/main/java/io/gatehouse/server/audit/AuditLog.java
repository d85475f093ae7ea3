package io.gatehouse.server.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes audit records, one JSON line each, in the background. No record is dropped because there
 * are many: when the bounded queue is full, whoever has a record writes the oldest ones out itself,
 * so that work slows down to the pace of the audit. While the file cannot be written, records wait
 * in the queue and are written when it can be again; {@link #healthy} says so. Only what no longer
 * fits into the queue meanwhile, or is still unwritten at the end, is lost; it is counted and
 * logged. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final int QUEUE = 16 * 1024;
    private static final int BATCH = 512;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Sink sink;
    private final BlockingQueue<AuditRecord> queue;
    private final JsonLines lines = new JsonLines();
    private final Object writing = new Object();
    private final Semaphore rest = new Semaphore(0);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private byte[] unwritten = new byte[0];
    private volatile boolean healthy = true;
    private volatile boolean closed;

    AuditLog(Sink sink, int capacity) {
        this.sink = sink;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = Thread.ofPlatform().daemon().name("gatehouse-audit").start(this::run);
    }

    /**
     * Opens a log in a file; goes on behind what is in it.
     *
     * @param rotateBytes the file is set aside before it grows above this, as FILE.1, FILE.2, …
     * @param keep how many files set aside are kept; at least 1
     */
    public static AuditLog toFile(Path file, long rotateBytes, int keep) throws IOException {
        return new AuditLog(FileSink.open(file, rotateBytes, keep), QUEUE);
    }

    /** Opens a log into a stream, which is flushed but not closed. */
    public static AuditLog toStream(OutputStream stream) {
        return new AuditLog(new StreamSink(stream), QUEUE);
    }

    /** Takes a record; cheap unless the queue is full. */
    public void record(AuditRecord record) {
        if (closed) {
            lose(1);
            return;
        }
        while (!queue.offer(record)) {
            if (!writeSome()) {
                lose(1);
                return;
            }
        }
    }

    /** Whether the last attempt to write worked; readiness shows it. */
    public boolean healthy() {
        return healthy;
    }

    /** How many records could not be kept since the start. */
    public long lost() {
        return lost.get();
    }

    private void run() {
        try {
            while (!closed) {
                if (!healthy) {
                    retry();
                    continue;
                }
                AuditRecord first = queue.poll();
                if (first != null) {
                    write(first);
                }
                if (queue.size() < BATCH) {
                    // Looks now and then instead of waiting: waking this thread would cost each
                    // statement more than writing its record does.
                    rest.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // Nobody here interrupts; what waits is written at the close.
            Thread.currentThread().interrupt();
        }
    }

    private void retry() throws InterruptedException {
        synchronized (writing) {
            long end = System.nanoTime() + RETRY.toNanos();
            for (long left = RETRY.toMillis();
                    left > 0 && !closed;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                writing.wait(left);
            }
            flush();
        }
    }

    private void write(AuditRecord first) {
        synchronized (writing) {
            List<AuditRecord> batch = new ArrayList<>(BATCH);
            batch.add(first);
            queue.drainTo(batch, BATCH - 1);
            unwritten = lines.append(unwritten, batch);
            flush();
        }
    }

    /** Writes out some of what waits; false when nothing can be written. */
    private boolean writeSome() {
        synchronized (writing) {
            if (unwritten.length > 0 && !flush()) {
                return false;
            }
            List<AuditRecord> batch = new ArrayList<>(BATCH);
            queue.drainTo(batch, BATCH);
            unwritten = lines.append(unwritten, batch);
            return flush();
        }
    }

    private boolean flush() {
        try {
            sink.write(unwritten);
            unwritten = new byte[0];
            if (!healthy) {
                log.info("the audit log can be written again");
            }
            healthy = true;
            return true;
        } catch (IOException e) {
            if (healthy) {
                log.error("the audit log cannot be written; records wait in memory", e);
            }
            healthy = false;
            return false;
        }
    }

    private void lose(long records) {
        long total = lost.addAndGet(records);
        if (Long.bitCount(total) == 1) {
            log.error("{} audit records are lost so far", total);
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Not interrupted: that would close the file under a write.
        rest.release();
        try {
            writer.join(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (writing) {
            while (writeSome()) {
                if (queue.isEmpty()) {
                    break;
                }
            }
            if (!queue.isEmpty()) {
                lose(queue.size());
            }
            if (unwritten.length > 0) {
                log.error("{} bytes of audit records could not be written", unwritten.length);
            }
            try {
                sink.close();
            } catch (IOException e) {
                log.error("the audit log could not be closed", e);
            }
        }
    }
}
