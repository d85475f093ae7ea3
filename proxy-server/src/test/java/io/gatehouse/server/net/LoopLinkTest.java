package io.gatehouse.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.pool.Link;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A backend connection on an event loop, against a real socket. */
@Timeout(30)
final class LoopLinkTest {
    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLoops loops = new EventLoops(1, Duration.ofNanos(50_000));
    private final Link link = loops.link(null);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        link.connect(server.getLocalSocketAddress(), PATIENCE);
        peer = server.accept();
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        peer.close();
        server.close();
        threads.shutdown();
        loops.close();
    }

    @Test
    void carriesBytesBothWays() throws Exception {
        byte[] sent = new byte[3 * MIB];
        new Random(7).nextBytes(sent);
        CompletableFuture<byte[]> echo = CompletableFuture.supplyAsync(this::echoUntilEnd, threads);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(sent), threads);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        byte[] part = new byte[70_000];
        while (back.size() < sent.length) {
            back.write(part, 0, link.read(part, 0, part.length, PATIENCE));
        }
        writing.get(10, TimeUnit.SECONDS);
        link.close();
        assertThat(back.toByteArray()).isEqualTo(sent);
        assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo(sent);
    }

    private void write(byte[] bytes) {
        try {
            link.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] echoUntilEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = peer.getInputStream();
            byte[] part = new byte[50_000];
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                peer.getOutputStream().write(part, 0, n);
                all.write(part, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    @Test
    void holdsThePeerBackWhileNobodyReads() throws Exception {
        AtomicLong taken = new AtomicLong();
        CompletableFuture<Void> flood =
                CompletableFuture.runAsync(
                        () -> {
                            byte[] part = new byte[64 * 1024];
                            try {
                                for (int i = 0; i < 1024; i++) {
                                    peer.getOutputStream().write(part);
                                    taken.addAndGet(part.length);
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        threads);
        // Nothing more is taken once everything between the two is full.
        long before = -1;
        while (taken.get() != before) {
            before = taken.get();
            assertThatThrownBy(() -> flood.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
        assertThat(taken.get()).isLessThan(32L * MIB);
        assertThat(link.available()).isBetween(1, MIB);

        byte[] part = new byte[64 * 1024];
        long read = 0;
        while (read < 64L * MIB) {
            int n = link.read(part, 0, part.length, PATIENCE);
            assertThat(n).isPositive();
            read += n;
        }
        assertThat(read).isEqualTo(64L * MIB);
    }

    @Test
    void makesTheWriterWaitWhileThePeerDoesNotRead() throws Exception {
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> write(new byte[64 * MIB]), threads);
        assertThatThrownBy(() -> writing.get(500, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        link.close();
        assertThatThrownBy(() -> writing.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(SocketException.class);
    }

    @Test
    void aReadThatGivesUpLosesNothing() throws Exception {
        byte[] into = new byte[10];
        assertThatThrownBy(() -> link.read(into, 0, 10, Duration.ofMillis(50)))
                .isInstanceOf(SocketTimeoutException.class);
        peer.getOutputStream().write(new byte[] {1, 2, 3});
        assertThat(link.read(into, 0, 2, PATIENCE)).isEqualTo(2);
        assertThat(link.available()).isEqualTo(1);
        assertThat(link.read(into, 2, 8, PATIENCE)).isEqualTo(1);
        assertThat(into).startsWith(1, 2, 3);
    }

    @Test
    void whatCameBeforeTheEndIsRead() throws Exception {
        peer.getOutputStream().write(42);
        peer.close();
        byte[] into = new byte[4];
        assertThat(link.read(into, 0, 4, PATIENCE)).isEqualTo(1);
        assertThat(link.read(into, 0, 4, PATIENCE)).isEqualTo(-1);
        assertThatThrownBy(() -> link.write(into, 0, 4)).isInstanceOf(SocketException.class);
    }

    @Test
    void aResetIsAnError() throws Exception {
        peer.setSoLinger(true, 0);
        peer.close();
        assertThatThrownBy(() -> link.read(new byte[4], 0, 4, PATIENCE))
                .isInstanceOf(SocketException.class);
    }

    @Test
    void closingWakesTheReader() {
        CompletableFuture<Integer> reading =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return link.read(new byte[4], 0, 4, Duration.ZERO);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        threads);
        assertThatThrownBy(() -> reading.get(100, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        link.close();
        assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("the socket is closed");
    }

    @Test
    void saysWhyItCannotConnect() throws Exception {
        SocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalSocketAddress();
        }
        assertThatThrownBy(() -> loops.link(null).connect(nobody, PATIENCE))
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(() ->
                        loops.link(null)
                                .connect(
                                        InetSocketAddress.createUnresolved("nowhere.invalid", 1),
                                        PATIENCE))
                .isInstanceOf(UnknownHostException.class);
    }
}
