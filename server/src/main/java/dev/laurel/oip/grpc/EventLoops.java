package dev.laurel.oip.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of gRPC: one that takes connections, and those that read calls and answer them. */
final class EventLoops implements AutoCloseable {
    private static final int FEWEST = 4;

    private final EventLoopGroup taking;
    private final EventLoopGroup answering;

    EventLoops() {
        int threads = Math.max(FEWEST, 2 * Runtime.getRuntime().availableProcessors());
        taking = group(1, "grpc-taking-");
        answering = group(threads, "grpc-");
    }

    private static EventLoopGroup group(int threads, String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return Epoll.isAvailable()
                ? new EpollEventLoopGroup(threads, factory)
                : new NioEventLoopGroup(threads, factory);
    }

    /** Nothing waits in a call, so the thread that has read it answers it. */
    NettyServerBuilder workFor(NettyServerBuilder builder) {
        return builder.channelType(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .bossEventLoopGroup(taking)
                .workerEventLoopGroup(answering)
                .directExecutor();
    }

    @Override
    public void close() {
        var unusedTaking = taking.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        var unusedAnswering = answering.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
