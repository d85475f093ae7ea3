package io.gatehouse.server.net;

import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.BackendEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is on its way to one client. Messages become bytes on the thread that sends them; one task
 * on the event loop writes whatever has gathered, in order, and flushes once.
 */
final class Outbox {
    /** Rows below this many bytes are copied behind their neighbours, to travel in one piece. */
    private static final int COPIED_BELOW = 4096;

    private static final int FIRST_CAPACITY = 256;

    private final Channel channel;
    private final int highWater;
    private final Traffic traffic;
    private final Queue<List<ByteBuf>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private volatile boolean denied;
    private boolean draining;
    private Runnable whenDrained = () -> {};

    Outbox(Channel channel, int highWater, Traffic traffic) {
        this.channel = channel;
        this.highWater = highWater;
        this.traffic = traffic;
    }

    /** Called on the event loop when room is free again that {@link #isWritable} had denied. */
    void onDrained(Runnable listener) {
        whenDrained = listener;
    }

    /** From any thread. */
    boolean isWritable() {
        if (hasRoom()) {
            return true;
        }
        // Said first, asked again after: a drain in between would otherwise tell nobody.
        denied = true;
        return hasRoom();
    }

    private boolean hasRoom() {
        return channel.isWritable() && waitingBytes.get() < highWater;
    }

    /** From any thread. */
    void send(Iterable<? extends Backend> messages) {
        List<ByteBuf> bytes = encode(messages);
        if (bytes.isEmpty()) {
            return;
        }
        long size = 0;
        for (ByteBuf buffer : bytes) {
            size += buffer.readableBytes();
        }
        waitingBytes.addAndGet(size);
        traffic.bytesWritten(size);
        waiting.add(bytes);
        if (channel.eventLoop().inEventLoop()) {
            drain();
        } else if (drainDue.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::drain);
            } catch (RejectedExecutionException e) {
                // The broker is going down: there is no socket any more that this could go to.
                discard();
            }
        }
    }

    private List<ByteBuf> encode(Iterable<? extends Backend> messages) {
        List<ByteBuf> bytes = new ArrayList<>(2);
        ByteBuf open = null;
        for (Backend message : messages) {
            if (message instanceof Backend.Rows rows
                    && rows.frames().readableBytes() >= COPIED_BELOW) {
                bytes.add(rows.frames());
                open = null;
            } else {
                if (open == null) {
                    open = channel.alloc().buffer(FIRST_CAPACITY);
                    bytes.add(open);
                }
                BackendEncoder.write(message, open);
            }
        }
        return bytes;
    }

    /** On the event loop. */
    void drain() {
        drainDue.set(false);
        if (draining) {
            // Called back from within a write below; its loop comes to what was added.
            return;
        }
        draining = true;
        try {
            if (!channel.isActive()) {
                discard();
                return;
            }
            boolean wrote = false;
            for (List<ByteBuf> next = waiting.poll(); next != null; next = waiting.poll()) {
                write(next);
                wrote = true;
            }
            if (wrote) {
                channel.flush();
            }
        } finally {
            draining = false;
        }
        if (!waiting.isEmpty()) {
            drain();
        } else if (denied && hasRoom()) {
            denied = false;
            whenDrained.run();
        }
    }

    private void write(List<ByteBuf> bytes) {
        for (ByteBuf buffer : bytes) {
            waitingBytes.addAndGet(-buffer.readableBytes());
            channel.write(buffer, channel.voidPromise());
        }
    }

    private void discard() {
        for (List<ByteBuf> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.forEach(ByteBuf::release);
        }
    }
}
