package io.gatehouse.server.net;

import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.session.SessionOpener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Furnishes each accepted socket, and knows all that are open. */
final class ClientChannels extends ChannelInitializer<Channel> {
    /** PostgreSQL's name in TLS' negotiation of protocols. */
    static final String ALPN = "postgresql";

    private final NetSettings settings;
    private final Authenticator authenticator;
    private final SessionOpener opener;
    private final @Nullable SslContext tls;
    private final Traffic traffic;
    private final Admission admission;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    ClientChannels(
            NetSettings settings,
            Authenticator authenticator,
            SessionOpener opener,
            @Nullable SslContext tls,
            Traffic traffic) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.opener = opener;
        this.tls = tls;
        this.traffic = traffic;
        this.admission = new Admission(settings.clients(), settings.logins().perAddress());
    }

    @Override
    protected void initChannel(Channel channel) {
        InetAddress from =
                channel.remoteAddress() instanceof InetSocketAddress peer
                        ? peer.getAddress()
                        : null;
        if (!admission.loginBegun(from)) {
            turnAway(channel);
            return;
        }
        if (!admission.socketOpened()) {
            admission.loginEnded(from);
            turnAway(channel);
            return;
        }
        open.add(channel);
        traffic.clientOpened();
        channel.closeFuture()
                .addListener(closed -> {
                    open.remove(channel);
                    admission.socketClosed();
                    traffic.clientClosed();
                });
        FrameDecoder decoder = new FrameDecoder(settings.logins().frame(), traffic);
        Connection connection = new Connection(channel, decoder, settings.highWater(), traffic);
        Runnable timeout =
                connection.schedule(
                        () -> refuse(connection, Faults.loginTimeout()),
                        settings.logins().timeout());
        Login login = new Login(timeout, from);
        channel.closeFuture().addListener(closed -> login.run());
        if (tls != null) {
            channel.pipeline().addLast(new FirstByteHandler(tls, connection));
        }
        channel.pipeline().addLast(decoder).addLast(new HandshakeHandler(this, connection, login));
    }

    /** Ends a login, however it went; owned by the event loop, and run more than once. */
    private final class Login implements Runnable {
        private final Runnable timeout;
        private final @Nullable InetAddress from;
        private boolean ended;

        Login(Runnable timeout, @Nullable InetAddress from) {
            this.timeout = timeout;
            this.from = from;
        }

        @Override
        public void run() {
            if (!ended) {
                ended = true;
                timeout.run();
                admission.loginEnded(from);
            }
        }
    }

    /** Who has said nothing yet cannot be told why. */
    private void turnAway(Channel channel) {
        traffic.loginFailed(Faults.tooManyClients(admission.limit()).sqlState());
        channel.close();
    }

    /** Tells a client why it gets no session. On its event loop. */
    void refuse(Connection connection, Fault fault) {
        if (!connection.isClosing()) {
            // Before it hears of it: it may look at the figures.
            traffic.loginFailed(fault.sqlState());
            connection.fail(fault);
        }
    }

    /** The same for what went wrong in its pipeline. */
    void refuse(Connection connection, Throwable cause) {
        Fault fault = connection.fault(cause);
        if (fault != null) {
            refuse(connection, fault);
        }
    }

    /** Closes all sockets at once. */
    void closeAll() {
        open.forEach(Channel::close);
    }

    NetSettings settings() {
        return settings;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    SessionOpener opener() {
        return opener;
    }

    @Nullable SslContext tls() {
        return tls;
    }

    Traffic traffic() {
        return traffic;
    }

    Admission admission() {
        return admission;
    }
}
