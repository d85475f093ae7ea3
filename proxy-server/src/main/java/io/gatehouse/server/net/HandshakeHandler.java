package io.gatehouse.server.net;

import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.Phase;
import io.gatehouse.server.wire.ProtocolViolation;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.Locale;

/** Up to the start-up packet: encryption, cancel requests, and who is let in. */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
    private final ClientChannels broker;
    private final Connection connection;
    private final Runnable loginTimeout;
    private boolean tlsAsked;
    private boolean gssAsked;

    /**
     * @param loginTimeout calls off the end of a login that takes too long
     */
    HandshakeHandler(ClientChannels broker, Connection connection, Runnable loginTimeout) {
        this.broker = broker;
        this.connection = connection;
        this.loginTimeout = loginTimeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch ((Frontend) message) {
            case Frontend.SslRequest request -> answerSslRequest(ctx);
            case Frontend.GssEncRequest request -> answerGssRequest(ctx);
            case Frontend.CancelRequest request -> {
                broker.opener().cancel(request.processId(), request.secretKey(), connection::close);
            }
            case Frontend.Startup startup -> start(ctx, startup);
            default -> throw new ProtocolViolation("a message before the start-up packet");
        }
    }

    private void answerSslRequest(ChannelHandlerContext ctx) {
        if (tlsAsked || connection.encrypted()) {
            throw new ProtocolViolation("a second request for TLS");
        }
        tlsAsked = true;
        SslContext tls = broker.tls();
        if (tls == null) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'N'}));
            return;
        }
        if (connection.decoder().hasMore()) {
            // Whoever put them there wants them taken for what comes through TLS.
            throw new ProtocolViolation("unencrypted bytes behind a request for TLS");
        }
        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'S'}));
        ctx.pipeline().addFirst(tls.newHandler(ctx.alloc()));
        connection.becameEncrypted();
    }

    private void answerGssRequest(ChannelHandlerContext ctx) {
        if (gssAsked) {
            throw new ProtocolViolation("a second request for GSS encryption");
        }
        gssAsked = true;
        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'N'}));
    }

    private void start(ChannelHandlerContext ctx, Frontend.Startup startup) {
        checkEncryption(ctx);
        String user = startup.parameters().get("user");
        if (user == null || user.isEmpty()) {
            throw new GatehouseException(PlainFaults.noUser());
        }
        checkEncoding(startup.parameters().get("client_encoding"));
        if (!broker.admission().admit()) {
            throw new GatehouseException(Faults.tooManyClients(broker.admission().limit()));
        }
        ctx.channel().closeFuture().addListener(closed -> broker.admission().left());
        connection.decoder().enter(Phase.SASL_INITIAL, broker.settings().logins().frame());
        ctx.pipeline()
                .replace(
                        this,
                        null,
                        new LoginHandler(broker, connection, startup, user, loginTimeout));
    }

    private void checkEncryption(ChannelHandlerContext ctx) {
        if (!connection.encrypted()) {
            InetAddress address = connection.inetAddress();
            if (address == null || !broker.settings().plainText().test(address)) {
                throw new GatehouseException(Faults.tlsRequired());
            }
        } else if (!tlsAsked) {
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            if (tls == null || !ClientChannels.ALPN.equals(tls.applicationProtocol())) {
                // Without it another protocol's client could be led here.
                throw new ProtocolViolation("TLS without SSLRequest needs ALPN \"postgresql\"");
            }
        }
    }

    /** SQL_ASCII is what psql asks for in the C locale; it means bytes as they are. */
    private static void checkEncoding(@Nullable String encoding) {
        if (encoding == null) {
            return;
        }
        String plain = encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        switch (plain) {
            case "", "utf8", "unicode", "sqlascii" -> {}
            default -> throw new GatehouseException(PlainFaults.unsupportedEncoding(encoding));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broker.refuse(connection, cause);
    }
}
