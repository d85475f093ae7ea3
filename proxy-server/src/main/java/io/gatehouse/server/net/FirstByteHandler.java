package io.gatehouse.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;

import java.util.List;

/** Sees from the first byte whether a client begins with TLS at once; then it is not needed. */
final class FirstByteHandler extends ByteToMessageDecoder {
    private static final int TLS_HANDSHAKE = 0x16;

    private final SslContext tls;
    private final Connection connection;

    FirstByteHandler(SslContext tls, Connection connection) {
        this.tls = tls;
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
            ctx.pipeline().addAfter(ctx.name(), null, tls.newHandler(ctx.alloc()));
            connection.becameEncrypted();
        }
        ctx.pipeline().remove(this);
    }
}
