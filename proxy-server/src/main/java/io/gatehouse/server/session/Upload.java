package io.gatehouse.server.session;

import io.gatehouse.server.execute.Inflow;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A parameter's value on its way from the client: pieces that the event loop brings and one worker
 * reads. The client sends only what was asked for, so that little of it is ever here. Thread-safe.
 */
final class Upload implements Inflow {
    /** Bytes that are asked for and not read. */
    private static final int WINDOW = 256 * 1024;

    private final Client client;
    private final SessionLimits limits;
    private final int request;
    private final int parameter;
    private final long length;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int at;
    private long wanted;
    private long arrived;
    private int unasked;
    private boolean opened;
    private boolean complete;
    private boolean failed;
    private @Nullable Fault broken;

    /**
     * @param parameter its place, from 0
     * @param length bytes that the client says will come; -1 where it does not know
     */
    Upload(Client client, SessionLimits limits, int request, int parameter, long length) {
        this.client = client;
        this.limits = limits;
        this.request = request;
        this.parameter = parameter;
        this.length = length;
    }

    int parameter() {
        return parameter;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int largestWhole() {
        return limits.frame();
    }

    @Override
    public boolean begun() {
        lock.lock();
        try {
            return opened;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Fault broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what the client has sent.
     *
     * @return whether it was asked for
     */
    boolean take(Frontend.Following following, Bytes bytes) {
        lock.lock();
        try {
            wanted -= bytes.length();
            if (wanted < 0 || complete || failed) {
                return false;
            }
            arrived += bytes.length();
            if (arrived > limits.streamed()) {
                broken = Faults.parameterTooLarge(parameter + 1, limits.streamed());
            } else if (bytes.length() > 0) {
                pieces.add(bytes.array());
            }
            complete = following == Frontend.Following.NOTHING;
            failed = following == Frontend.Following.FAILURE;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** No more of it is wanted: whoever reads it fails, and the statement with it. */
    void end(Fault why) {
        lock.lock();
        try {
            if (broken == null && !complete) {
                broken = why;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InputStream open() {
        lock.lock();
        try {
            opened = true;
        } finally {
            lock.unlock();
        }
        return new Arriving();
    }

    private int read(byte[] into, int offset, int count) throws IOException {
        int asked;
        lock.lock();
        try {
            asked = ask();
            wanted += asked;
        } finally {
            lock.unlock();
        }
        if (asked > 0) {
            client.send(List.of(new Backend.ExtWanted(request, parameter, asked)));
        }
        lock.lock();
        try {
            return await() ? move(into, offset, count) : -1;
        } finally {
            lock.unlock();
        }
    }

    /** How much is to be asked for now. */
    private int ask() {
        boolean first = arrived == 0 && wanted == 0;
        int more = first ? WINDOW : unasked >= WINDOW / 2 ? unasked : 0;
        boolean over = complete || failed || broken != null;
        if (over || more == 0) {
            return 0;
        }
        unasked = 0;
        return more;
    }

    /**
     * Waits for a piece.
     *
     * @return false at the end of the value
     */
    private boolean await() throws IOException {
        long left = limits.pause().toNanos();
        try {
            while (broken == null && pieces.isEmpty() && !complete && !failed) {
                if (left <= 0) {
                    broken = Faults.pieceOverdue(parameter + 1, limits.pause());
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken = Faults.shuttingDown();
        }
        if (broken != null) {
            throw new IOException(broken.message());
        }
        if (failed && pieces.isEmpty()) {
            throw new IOException("the client could not read the rest of the value");
        }
        return !pieces.isEmpty();
    }

    private int move(byte[] into, int offset, int count) {
        byte[] piece = pieces.element();
        int n = Math.min(count, piece.length - at);
        System.arraycopy(piece, at, into, offset, n);
        at += n;
        unasked += n;
        if (at == piece.length) {
            at = 0;
            pieces.remove();
        }
        return n;
    }

    /** Values may be confidential: nothing of it is printed. */
    @Override
    public String toString() {
        return "Upload[" + request + ", " + parameter + "]";
    }

    private final class Arriving extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            return count == 0 ? 0 : Upload.this.read(into, offset, count);
        }
    }
}
