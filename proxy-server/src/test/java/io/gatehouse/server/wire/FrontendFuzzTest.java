package io.gatehouse.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whatever arrives is a message, more to wait for, or a protocol violation. */
final class FrontendFuzzTest {
    private static final int LIMIT = 1 << 20;
    private static final int RANDOM_FRAMES = 300_000;
    private static final int MUTATIONS = 300_000;
    private static final String TYPES = "aoeblmtqisckrnXQPBDECSHFdfp";
    private static final Phase[] PHASES = Phase.values();

    private final Random random = new Random(20260304);

    private static List<byte[]> seeds() {
        List<byte[]> seeds =
                new ArrayList<>(
                        Vectors.read("frontend.tsv").values().stream()
                                .map(ByteBufUtil::decodeHexDump)
                                .toList());
        // Parse "s" with two types; Bind with two values; a start-up packet; FunctionCall.
        for (String plain :
                List.of(
                        "50000000167300" + "73656c656374203100" + "00020000001700000014",
                        "420000001b"
                                + "0000"
                                + "00010001"
                                + "0002000000042a2a2a2affffffff"
                                + "0000",
                        "0000001a00030000" + "7573657200" + "6400" + "64617461626173650000",
                        "4600000014" + "00000001" + "0000" + "0001" + "00000000" + "0000",
                        "7000000016" + "534352414d2d5348412d32353600" + "ffffffff")) {
            seeds.add(ByteBufUtil.decodeHexDump(plain));
        }
        return seeds;
    }

    @Test
    @DisplayName("300,000 random frames")
    void randomFrames() {
        int messages = 0;
        for (int i = 0; i < RANDOM_FRAMES; i++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            if (random.nextBoolean()) {
                // Small numbers make counts and lengths that nearly fit.
                for (int j = 0; j < body.length; j++) {
                    body[j] = (byte) (random.nextInt(10) < 8 ? 0 : random.nextInt(5));
                }
            }
            Phase phase = PHASES[random.nextInt(PHASES.length)];
            ByteBuf in = Unpooled.buffer(body.length + 5);
            if (phase != Phase.STARTUP) {
                in.writeByte(TYPES.charAt(random.nextInt(TYPES.length())));
            }
            in.writeInt(body.length + 4).writeBytes(body);
            messages += read(in, phase) instanceof Frontend ? 1 : 0;
        }
        assertThat(messages).isGreaterThan(1000);
    }

    @Test
    @DisplayName("300,000 mutated vectors")
    void mutatedFrames() {
        List<byte[]> seeds = seeds();
        int messages = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] frame = seeds.get(random.nextInt(seeds.size())).clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int at = random.nextInt(frame.length);
                frame[at] =
                        switch (random.nextInt(4)) {
                            case 0 -> (byte) random.nextInt(256);
                            case 1 -> (byte) 0xFF;
                            case 2 -> (byte) 0x7F;
                            default -> (byte) (frame[at] + 1);
                        };
            }
            Phase phase = PHASES[random.nextInt(PHASES.length)];
            messages += read(Unpooled.wrappedBuffer(frame), phase) instanceof Frontend ? 1 : 0;
        }
        assertThat(messages).isGreaterThan(1000);
    }

    /** Reads all that is there; any exception but a violation fails the test. */
    private static @Nullable Frontend read(ByteBuf in, Phase phase) {
        try {
            Frontend last = null;
            for (Frontend m = next(in, phase); m != null; m = next(in, phase)) {
                assertThat(m.toString()).isNotEmpty();
                last = m;
            }
            return last;
        } catch (ProtocolViolation violation) {
            assertThat(violation.fault().sqlState()).isIn("08P01", "22021", "0A000");
            return null;
        }
    }

    private static @Nullable Frontend next(ByteBuf in, Phase phase) {
        int before = in.readerIndex();
        Frontend message = FrontendDecoder.read(in, phase, LIMIT);
        assertThat(in.readerIndex())
                .satisfies(at -> assertThat(at == before).isEqualTo(message == null));
        return message;
    }

    @Test
    @DisplayName("every split point of every vector waits for the rest")
    void everyPrefixWaits() {
        for (String hex : Vectors.read("frontend.tsv").values()) {
            byte[] frame = ByteBufUtil.decodeHexDump(hex);
            for (int length = 0; length < frame.length; length++) {
                ByteBuf in = Unpooled.wrappedBuffer(frame, 0, length);
                assertThat(FrontendDecoder.read(in, Phase.EXTENDED, LIMIT)).isNull();
                assertThat(in.readerIndex()).isZero();
            }
        }
    }

    @Test
    @DisplayName("lengths and counts up to 2 GB allocate nothing")
    void hugeLengthsAllocateNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int warmUp = 0; warmUp < 2; warmUp++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (byte[] seed : seeds()) {
                for (int at = 1; at + 4 <= seed.length; at++) {
                    for (int huge : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -2}) {
                        ByteBuf in = Unpooled.copiedBuffer(seed).setInt(at, huge);
                        read(in, Phase.EXTENDED);
                        in.readerIndex(0);
                        read(in, Phase.PLAIN);
                    }
                }
            }
            long used = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(used).isLessThan(256L << 20);
        }
    }
}
