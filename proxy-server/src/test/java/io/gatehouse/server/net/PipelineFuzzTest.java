package io.gatehouse.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The real pipeline, fed in pieces and with garbage. */
final class PipelineFuzzTest {
    private static final int GARBAGE = 4_000;
    private static final String STARTUP = "0000001400030000" + "7573657200" + "616c69636500" + "00";

    private final ClientChannels channels =
            new ClientChannels(
                    NetSettings.at(new InetSocketAddress(0)),
                    EchoServer.authenticator(),
                    new EchoServer(),
                    null,
                    Traffic.NONE);

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(channels) {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
            }
        };
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder all = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            all.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return all.toString();
    }

    @Test
    @DisplayName("every split point of a start-up packet")
    void everySplitPointOfAStartup() {
        byte[] bytes = ByteBufUtil.decodeHexDump(STARTUP);
        for (int split = 0; split <= bytes.length; split++) {
            EmbeddedChannel channel = channel();
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, split));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, split, bytes.length - split));
            assertThat(sent(channel)).startsWith("R").contains("SCRAM-SHA-256\0");
            channel.finishAndReleaseAll();
        }
    }

    @Test
    @DisplayName("4,000 connections of garbage: an error of the protocol, or waiting for more")
    void garbage() {
        Random random = new Random(7);
        byte[] startup = ByteBufUtil.decodeHexDump(STARTUP);
        int refused = 0;
        for (int i = 0; i < GARBAGE; i++) {
            EmbeddedChannel channel = channel();
            byte[] bytes = new byte[1 + random.nextInt(60)];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                channel.writeInbound(Unpooled.copiedBuffer(startup));
                assertThat(sent(channel)).startsWith("R");
            }
            int split = random.nextInt(bytes.length);
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, split));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, split, bytes.length - split));
            channel.checkException();
            String answer = sent(channel);
            if (!answer.isEmpty()) {
                assertThat(answer).matches("(?s)E.*SFATAL\0VFATAL\0C(08P01|0A000|22021|28000)\0.*");
                refused++;
            }
            channel.finishAndReleaseAll();
        }
        assertThat(refused).isGreaterThan(GARBAGE / 2);
    }
}
