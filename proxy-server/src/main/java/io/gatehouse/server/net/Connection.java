package io.gatehouse.server.net;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.session.Client;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.ProtocolViolation;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One client's socket. What is not said to be for any thread is for the event loop. */
final class Connection implements Client {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long a peer may take to read the last message before its socket is torn down. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    /** How long input is thrown away after the last message, so that no reset overtakes it. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private final Channel channel;
    private final FrameDecoder decoder;
    private final Outbox outbox;
    private boolean pausedBySession;
    private boolean closing;
    private volatile boolean encrypted;

    Connection(Channel channel, FrameDecoder decoder, int highWater, Traffic traffic) {
        this.channel = channel;
        this.decoder = decoder;
        this.outbox = new Outbox(channel, highWater, traffic);
    }

    FrameDecoder decoder() {
        return decoder;
    }

    @Override
    public void send(Iterable<? extends Backend> messages) {
        outbox.send(messages);
    }

    @Override
    public boolean isWritable() {
        return outbox.isWritable();
    }

    @Override
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> future =
                channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void pauseReading(boolean paused) {
        if (channel.eventLoop().inEventLoop()) {
            pausedBySession = paused;
            applyReading();
        } else {
            execute(() -> pauseReading(paused));
        }
    }

    /** Reads only from a client that takes what it is sent, and while the session wants more. */
    void applyReading() {
        boolean paused = !closing && (pausedBySession || !channel.isWritable());
        channel.config().setAutoRead(!paused);
        decoder.pause(paused);
    }

    @Override
    public void close() {
        if (channel.eventLoop().inEventLoop()) {
            closeAfterFlush();
        } else {
            execute(this::closeAfterFlush);
        }
    }

    @Override
    public void hangUp() {
        if (channel.eventLoop().inEventLoop()) {
            afterFlush(channel::close);
        } else {
            execute(this::hangUp);
        }
    }

    private void closeAfterFlush() {
        afterFlush(this::linger);
    }

    private void afterFlush(Runnable end) {
        if (closing) {
            return;
        }
        closing = true;
        decoder.becomeDeaf();
        applyReading();
        outbox.drain();
        ChannelFuture flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (flushed.isDone()) {
            end.run();
            return;
        }
        Runnable giveUp = schedule(channel::close, LAST_WORDS);
        channel.closeFuture().addListener(closed -> giveUp.run());
        flushed.addListener(done -> end.run());
    }

    /** Closing with unread input would reset the connection under the last message. */
    private void linger() {
        if (!channel.isActive()) {
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        Runnable giveUp = schedule(channel::close, LINGER);
        channel.closeFuture().addListener(closed -> giveUp.run());
    }

    boolean isClosing() {
        return closing;
    }

    /** Says why and closes. */
    void fail(Fault fault) {
        if (!closing) {
            send(List.of(new Backend.ErrorResponse("FATAL", fault)));
            closeAfterFlush();
        }
    }

    /**
     * What the client is told of something that went wrong in its pipeline; null where it is gone,
     * and its socket closed.
     */
    @Nullable Fault fault(Throwable cause) {
        Throwable root =
                cause instanceof DecoderException && cause.getCause() != null
                        ? cause.getCause()
                        : cause;
        Fault fault =
                switch (root) {
                    case ProtocolViolation violation -> violation.fault();
                    case GatehouseException refused -> refused.fault();
                    case IOException gone -> null;
                    default -> internal(root);
                };
        if (fault == null) {
            LOG.debug("client {} is gone: {}", address(), root.toString());
            channel.close();
        }
        return fault;
    }

    private Fault internal(Throwable bug) {
        String reference = UUID.randomUUID().toString();
        LOG.error("internal error {} serving client {}", reference, address(), bug);
        return Faults.internal(reference);
    }

    @Nullable InetAddress inetAddress() {
        return channel.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    @Override
    public String address() {
        InetAddress inet = inetAddress();
        return inet == null ? String.valueOf(channel.remoteAddress()) : inet.getHostAddress();
    }

    @Override
    public boolean encrypted() {
        return encrypted;
    }

    void becameEncrypted() {
        encrypted = true;
    }

    /** The queue's turn when Netty says that writability changed. */
    void onDrained(Runnable listener) {
        outbox.onDrained(listener);
    }
}
