package io.gatehouse.server.net;

import io.gatehouse.server.pool.Link;
import io.gatehouse.server.pool.Wake;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/** A backend connection on an event loop. */
final class LoopLink extends ChannelInboundHandlerAdapter implements Link {
    /** Above this many bytes that nobody has read the socket is no longer read from. */
    private static final int MOST_ARRIVED = 256 * 1024;

    /** Above this many bytes on their way whoever writes waits. */
    private static final int MOST_LEAVING = 256 * 1024;

    private final Bootstrap bootstrap;

    // Guarded by this, as all below.
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
    private int arrivedBytes;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException broken;
    private @Nullable Thread reader;
    private @Nullable Thread writer;
    private @Nullable Channel channel;
    private @Nullable ByteBuf leaving;
    private int leavingBytes;

    // On the loop only.
    private boolean asked;

    LoopLink(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public void connect(SocketAddress server, Duration patience) throws IOException {
        if (server instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        int millis = (int) Math.min(patience.toMillis(), Integer.MAX_VALUE);
        ChannelFuture connecting =
                bootstrap
                        .clone()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                        .handler(this)
                        .connect(server)
                        .awaitUninterruptibly();
        Throwable cause = connecting.cause();
        if (cause != null) {
            throw refused(cause);
        }
        boolean late;
        synchronized (this) {
            channel = connecting.channel();
            late = closed;
        }
        if (late) {
            connecting.channel().close();
        }
    }

    private static IOException refused(Throwable cause) {
        IOException told =
                cause instanceof ConnectTimeoutException
                        ? new SocketTimeoutException(cause.getMessage())
                        : new ConnectException(cause.getMessage());
        told.initCause(cause);
        return told;
    }

    @Override
    public int read(byte[] into, int offset, int count, Duration patience) throws IOException {
        long deadline = patience.isZero() ? 0 : System.nanoTime() + patience.toNanos();
        while (true) {
            synchronized (this) {
                if (arrivedBytes > 0) {
                    reader = null;
                    return take(into, offset, count);
                }
                if (closed) {
                    throw new SocketException("the socket is closed");
                }
                if (broken != null) {
                    throw new SocketException(String.valueOf(broken.getMessage()));
                }
                if (ended) {
                    return -1;
                }
                reader = Thread.currentThread();
            }
            await(deadline);
        }
    }

    private void await(long deadline) throws IOException {
        if (deadline == 0) {
            LockSupport.park(this);
        } else {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("nothing came in time");
            }
            LockSupport.parkNanos(this, left);
        }
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new SocketException("closed by an interrupt");
        }
    }

    private int take(byte[] into, int offset, int count) {
        int taken = 0;
        while (taken < count && arrivedBytes > 0) {
            ByteBuf first = arrived.peekFirst();
            int n = Math.min(count - taken, first.readableBytes());
            first.readBytes(into, offset + taken, n);
            taken += n;
            arrivedBytes -= n;
            if (!first.isReadable()) {
                arrived.pollFirst().release();
            }
        }
        if (channel != null && !channel.config().isAutoRead() && arrivedBytes < MOST_ARRIVED / 2) {
            channel.config().setAutoRead(true);
        }
        return taken;
    }

    @Override
    public synchronized @Nullable Executor loop() {
        return channel == null ? null : channel.eventLoop();
    }

    @Override
    public synchronized int available() {
        return arrivedBytes;
    }

    @Override
    public synchronized boolean isEnded() {
        return ended;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int n = Math.min(end - at, MOST_LEAVING);
            awaitRoom();
            add(bytes, at, n);
            at += n;
        }
    }

    private void awaitRoom() throws IOException {
        while (true) {
            synchronized (this) {
                // Before it hears of the end, whoever writes must be able to read why.
                boolean farewell = arrivedBytes > 0;
                if (closed || channel == null || (!farewell && (ended || broken != null))) {
                    throw new SocketException(
                            broken == null ? "the socket is closed" : broken.getMessage());
                }
                if (leavingBytes < MOST_LEAVING) {
                    writer = null;
                    return;
                }
                writer = Thread.currentThread();
            }
            await(0);
        }
    }

    private void add(byte[] bytes, int offset, int count) throws IOException {
        Channel to;
        synchronized (this) {
            to = channel;
            if (to == null) {
                throw new SocketException("the socket is not connected");
            }
            leavingBytes += count;
            if (leaving != null) {
                leaving.writeBytes(bytes, offset, count);
                return;
            }
            leaving = to.alloc().ioBuffer(Math.max(count, 512));
            leaving.writeBytes(bytes, offset, count);
        }
        try {
            to.eventLoop().execute(this::send);
        } catch (RejectedExecutionException e) {
            end(new IOException("the event loop is closed", e));
            dropLeaving();
            throw new SocketException("the event loop is closed");
        }
    }

    private void send() {
        ByteBuf out;
        Channel to;
        synchronized (this) {
            out = leaving;
            leaving = null;
            to = channel;
        }
        if (out == null || to == null) {
            return;
        }
        int bytes = out.readableBytes();
        if (!asked) {
            asked = true;
            BusyPoll.asked();
        }
        ChannelFuture written = to.writeAndFlush(out);
        if (written.isDone()) {
            sent(written, bytes);
        } else {
            written.addListener(done -> sent(done, bytes));
        }
    }

    private void sent(Future<?> written, int bytes) {
        Thread waits;
        synchronized (this) {
            leavingBytes -= bytes;
            waits = writer;
        }
        Throwable cause = written.cause();
        if (cause == null) {
            Wake.up(waits);
        } else {
            end(new IOException(cause.getMessage(), cause));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        answered();
        Thread waits;
        synchronized (this) {
            if (closed) {
                bytes.release();
                return;
            }
            arrived.add(bytes);
            arrivedBytes += bytes.readableBytes();
            if (arrivedBytes > MOST_ARRIVED) {
                ctx.channel().config().setAutoRead(false);
            }
            waits = reader;
        }
        Wake.up(waits);
    }

    private void answered() {
        if (asked) {
            asked = false;
            BusyPoll.answered();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        answered();
        end(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause instanceof IOException io ? io : new IOException(cause));
        ctx.close();
    }

    private void end(@Nullable IOException why) {
        Thread waits;
        Thread alsoWaits;
        synchronized (this) {
            ended = true;
            if (broken == null) {
                broken = why;
            }
            waits = reader;
            alsoWaits = writer;
        }
        Wake.up(waits);
        Wake.up(alsoWaits);
    }

    @Override
    public void close() {
        Channel open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            for (ByteBuf bytes : arrived) {
                bytes.release();
            }
            arrived.clear();
            arrivedBytes = 0;
            open = channel;
        }
        end(null);
        if (open == null) {
            return;
        }
        try {
            // What was written last may still be on its way to the loop: pgjdbc's farewell.
            open.eventLoop()
                    .execute(() -> {
                        send();
                        open.close();
                    });
        } catch (RejectedExecutionException e) {
            // The loops are closed, and with them every socket.
            dropLeaving();
        }
    }

    private synchronized void dropLeaving() {
        if (leaving != null) {
            leaving.release();
            leaving = null;
        }
    }
}
