package io.gatehouse.server.net;

import io.gatehouse.server.pool.Link;
import io.gatehouse.server.pool.Loops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;

import org.jspecify.annotations.Nullable;

import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The threads that serve sockets, those of clients and those of backends. Thread-safe. */
public final class EventLoops implements Loops, AutoCloseable {
    private static final long STOP_MILLIS = 2_000;

    private static final int SMALLEST_READ = 512;
    private static final int FIRST_READ = 4 * 1024;
    private static final int LARGEST_READ = 64 * 1024;

    /** So that one backend's rows do not keep a loop from everybody else's. */
    private static final int READS_AT_ONCE = 4;

    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup group;
    private final Bootstrap backends;

    /**
     * Starts the threads.
     *
     * @param threads 0 for one for every two processors
     * @param busyPoll how long a loop that expects a backend's answer stays awake; zero for not at
     *     all. Never with one processor, which the backend or the client may need
     */
    public EventLoops(int threads, Duration busyPoll) {
        int processors = Runtime.getRuntime().availableProcessors();
        Duration window = processors > 1 ? busyPoll : Duration.ZERO;
        SelectStrategyFactory strategy = () -> new BusyPoll(window);
        IoHandlerFactory io =
                epoll
                        ? EpollIoHandler.newFactory(0, strategy)
                        : NioIoHandler.newFactory(SelectorProvider.provider(), strategy);
        int number = threads > 0 ? threads : Math.max(1, processors / 2);
        this.group =
                new MultiThreadIoEventLoopGroup(
                        number, new DefaultThreadFactory("gatehouse-net"), io);
        Class<? extends Channel> kind = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        this.backends =
                new Bootstrap()
                        .group(group)
                        .channel(kind)
                        .disableResolver()
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                reads().maxMessagesPerRead(READS_AT_ONCE));
    }

    /** How much is read at once, from little that is mostly enough for a message. */
    static DefaultMaxMessagesRecvByteBufAllocator reads() {
        return new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ);
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> serverKind() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    @Override
    public @Nullable Executor here() {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return null;
    }

    @Override
    public Executor carrier() {
        Executor here = here();
        return here == null ? group.next() : here;
    }

    @Override
    public Link link(@Nullable Executor loop) {
        return new LoopLink(loop instanceof EventLoop own ? backends.clone(own) : backends);
    }

    /** Ends the threads, and what still runs on them. May be called more than once. */
    @Override
    public void close() {
        group.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * STOP_MILLIS);
    }
}
