package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.Argument;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.FrameWriter;
import io.gatehouse.jdbc.wire.Reply;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers of the backend's metadata, as long as they are true as far as this process knows.
 * Whatever any of its connections does that may change a definition empties the memories of all:
 * programs make tables on one connection and look for them on another. What others do is seen when
 * the time is up. Thread-safe.
 */
final class CatalogMemory {
    /** Of one connection's answers; more of them push out the oldest. */
    private static final int MOST_BYTES = 1 << 20;

    private static final AtomicLong CHANGES = new AtomicLong();

    private final long keptNanos;
    private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>();
    private long changes;
    private int bytes;

    /**
     * @param seconds how long an answer is kept; 0: not at all
     */
    CatalogMemory(int seconds) {
        this.keptNanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    private static final class Entry {
        private final List<Column> columns;
        private final List<Reply.Rows> frames;
        private final int cost;
        private final long askedNanos;

        private Entry(List<Column> columns, List<Reply.Rows> frames, int cost, long askedNanos) {
            this.columns = columns;
            this.frames = frames;
            this.cost = cost;
            this.askedNanos = askedNanos;
        }
    }

    /** A definition may be another now. */
    static void changed() {
        CHANGES.incrementAndGet();
    }

    /** How many changes are known of; told again with the answer to what is asked now. */
    static long changes() {
        return CHANGES.get();
    }

    private static ByteBuffer key(String method, List<Argument> arguments) {
        FrameWriter question = new FrameWriter();
        new Request.Catalog(1, 0, method, arguments).write(question);
        return ByteBuffer.wrap(question.toBytes());
    }

    /** The rows that the same question brought before; null where it has to be asked. */
    synchronized @Nullable RowCursor find(String method, List<Argument> arguments) {
        if (keptNanos == 0) {
            return null;
        }
        if (changes != CHANGES.get()) {
            clear();
            return null;
        }
        ByteBuffer key = key(method, arguments);
        Entry entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (System.nanoTime() - entry.askedNanos > keptNanos) {
            entries.remove(key);
            bytes -= entry.cost;
            return null;
        }
        return RowCursor.again(entry.columns, new ArrayDeque<>(entry.frames));
    }

    /**
     * Keeps an answer, if all of it is here.
     *
     * @param known the {@link #changes} before it was asked for
     */
    synchronized void keep(
            String method, List<Argument> arguments, RowCursor rows, long known, long askedNanos) {
        Deque<Reply.Rows> frames = rows.hasEnded() ? rows.frames() : null;
        if (keptNanos == 0 || frames == null || known != CHANGES.get()) {
            return;
        }
        if (changes != known) {
            clear();
            changes = known;
        }
        int cost = 0;
        for (Reply.Rows frame : frames) {
            cost += frame.cost();
        }
        ByteBuffer key = key(method, arguments);
        cost += key.remaining();
        if (cost > MOST_BYTES || entries.containsKey(key)) {
            return;
        }
        while (bytes + cost > MOST_BYTES) {
            Iterator<Entry> oldest = entries.values().iterator();
            bytes -= oldest.next().cost;
            oldest.remove();
        }
        entries.put(key, new Entry(rows.columns(), List.copyOf(frames), cost, askedNanos));
        bytes += cost;
    }

    /** What was kept may not hold for this connection any more. */
    synchronized void clear() {
        entries.clear();
        bytes = 0;
        changes = CHANGES.get();
    }
}
