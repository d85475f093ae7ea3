package io.gatehouse.server.net;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.session.Session;
import io.gatehouse.server.wire.Frontend;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Between the socket and its session. */
final class SessionHandler extends ChannelInboundHandlerAdapter {
    private final Connection connection;
    private final Session session;
    private final ClientChannels broker;
    private boolean ended;

    SessionHandler(Connection connection, Session session, ClientChannels broker) {
        this.connection = connection;
        this.session = session;
        this.broker = broker;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        connection.onDrained(() -> session.writabilityChanged(true));
        if (!ctx.channel().isActive()) {
            end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!ended) {
            session.on((Frontend) message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection.applyReading();
        if (!ended) {
            session.writabilityChanged(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            connection.onDrained(() -> {});
            session.disconnected();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Fault fault = connection.fault(cause);
        if (fault != null) {
            broker.traffic().violated();
            connection.fail(fault);
        }
        end();
    }
}
