package io.gatehouse.server.session;

import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The messages of a plain client that are not carried out yet, with a look at what follows. Owned
 * by the event loop.
 */
final class Inbox {
    /** Bytes of waiting messages above which reading pauses. */
    private static final long MAX_BYTES = 1 << 20;

    private final int maxMessages;
    private final ArrayDeque<Frontend> messages = new ArrayDeque<>();
    private long bytes;

    Inbox(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    /** What comes after the first message. */
    enum Next {
        SYNC,
        MORE,
        UNKNOWN
    }

    void add(Frontend message) {
        messages.add(message);
        bytes += Weight.of(message);
    }

    @Nullable Frontend peek() {
        return messages.peek();
    }

    void remove() {
        Frontend message = messages.poll();
        if (message != null) {
            bytes -= Weight.of(message);
        }
    }

    /** Whether nothing more should be read for now. */
    boolean full() {
        return messages.size() >= maxMessages || bytes > MAX_BYTES;
    }

    void clear() {
        messages.clear();
        bytes = 0;
    }

    /** Whether a Sync follows the first message; a Close between them changes nothing. */
    Next afterFirst() {
        Iterator<Frontend> each = messages.iterator();
        if (each.hasNext()) {
            each.next();
        }
        while (each.hasNext()) {
            Frontend message = each.next();
            if (message instanceof Frontend.Sync) {
                return Next.SYNC;
            }
            if (!(message instanceof Frontend.Close)) {
                return Next.MORE;
            }
        }
        // Where reading has paused, nothing more would come: what is unknown counts as more.
        return full() ? Next.MORE : Next.UNKNOWN;
    }

    /** The message behind the first one, or null when it has not arrived. */
    @Nullable Frontend second() {
        Iterator<Frontend> each = messages.iterator();
        if (each.hasNext()) {
            each.next();
        }
        return each.hasNext() ? each.next() : null;
    }
}
