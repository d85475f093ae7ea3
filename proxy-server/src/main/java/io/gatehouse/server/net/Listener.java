package io.gatehouse.server.net;

import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.session.SessionOpener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLException;

/** The port that clients connect to. Every method may be called from any thread. */
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final NetSettings settings;
    private final ClientChannels clients;
    private final EventLoops loops;
    private @Nullable Channel server;
    private int port = -1;

    /**
     * @param tls null: TLS is off
     * @throws IllegalArgumentException when the TLS material cannot be used
     */
    public Listener(
            NetSettings settings,
            EventLoops loops,
            Authenticator authenticator,
            SessionOpener opener,
            @Nullable TlsMaterial tls,
            Traffic traffic) {
        this.settings = settings;
        this.loops = loops;
        SslContext context = tls == null ? null : context(tls);
        this.clients = new ClientChannels(settings, authenticator, opener, context, traffic);
    }

    private static SslContext context(TlsMaterial tls) {
        try {
            return SslContextBuilder.forServer(tls.key(), tls.chain())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .applicationProtocolConfig(
                            new ApplicationProtocolConfig(
                                    ApplicationProtocolConfig.Protocol.ALPN,
                                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                    ApplicationProtocolConfig.SelectedListenerFailureBehavior
                                            .ACCEPT,
                                    ClientChannels.ALPN))
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("the TLS certificate or key cannot be used", e);
        }
    }

    /**
     * Binds the port and accepts clients.
     *
     * @throws IOException when the address cannot be bound
     */
    public synchronized void start() throws IOException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverKind())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(ChannelOption.RECVBUF_ALLOCATOR, EventLoops.reads())
                        .childOption(
                                ChannelOption.WRITE_BUFFER_WATER_MARK,
                                new WriteBufferWaterMark(settings.lowWater(), settings.highWater()))
                        .childHandler(clients)
                        .bind(settings.address())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException("cannot listen on " + settings.address(), bound.cause());
        }
        server = bound.channel();
        port = ((InetSocketAddress) server.localAddress()).getPort();
    }

    /**
     * The port that is listened on.
     *
     * @throws IllegalStateException when not started
     */
    public synchronized int port() {
        if (port < 0) {
            throw new IllegalStateException("the listener is not started");
        }
        return port;
    }

    /** Accepts no more clients; those who are there stay. */
    public synchronized void drain() {
        if (server != null) {
            server.close().awaitUninterruptibly();
        }
    }

    /** Drains, closes all clients' sockets and ends the threads. May be called more than once. */
    @Override
    public synchronized void close() {
        drain();
        clients.closeAll();
    }
}
