package io.gatehouse.server.net;

import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.FrontendDecoder;
import io.gatehouse.server.wire.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Bytes to messages of the current phase, one at a time, and none while paused. */
final class FrameDecoder extends ByteToMessageDecoder {
    private final Traffic traffic;
    private Phase phase = Phase.STARTUP;
    private int limit;
    private boolean paused;
    private boolean deaf;
    private @Nullable ChannelHandlerContext context;

    FrameDecoder(int limit, Traffic traffic) {
        this.limit = limit;
        this.traffic = traffic;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** What comes next is read as a message of this phase. */
    void enter(Phase next, int nextLimit) {
        phase = next;
        limit = nextLimit;
    }

    /** Bytes behind the message that is being handled. */
    boolean hasMore() {
        return actualReadableBytes() > 0;
    }

    /** While paused, what is here already stays undecoded. */
    void pause(boolean pausing) {
        boolean resumed = paused && !pausing;
        paused = pausing;
        ChannelHandlerContext ctx = context;
        if (resumed && ctx != null && !ctx.isRemoved()) {
            // A task of its own: this may be called from within the decoding of a message.
            ctx.executor().execute(() -> decodeRest(ctx));
        }
    }

    private void decodeRest(ChannelHandlerContext ctx) {
        if (!paused && !deaf && !ctx.isRemoved()) {
            try {
                super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
                channelReadComplete(ctx);
            } catch (Exception e) {
                ctx.fireExceptionCaught(e);
            }
        }
    }

    /** From now on everything that comes is thrown away. */
    void becomeDeaf() {
        deaf = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        if (input instanceof ByteBuf bytes) {
            traffic.bytesRead(bytes.readableBytes());
        }
        super.channelRead(ctx, input);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (deaf) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (paused) {
            return;
        }
        Frontend message = FrontendDecoder.read(in, phase, limit);
        if (message != null) {
            out.add(message);
        }
    }

    /** A message cut off by the end of the connection is no violation, just its end. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }
}
