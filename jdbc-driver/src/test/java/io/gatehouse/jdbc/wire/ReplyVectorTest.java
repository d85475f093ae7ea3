package io.gatehouse.jdbc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Every reply of the vectors is understood, and nothing but a whole message ever is. */
class ReplyVectorTest {
    private static final Map<String, Class<?>> CLASSES = new HashMap<>();

    static {
        for (Class<?> one : Reply.class.getDeclaredClasses()) {
            CLASSES.put(one.getSimpleName(), one);
        }
        CLASSES.put("Part", Reply.Rows.class);
        CLASSES.put("GoAway", Greeting.GoAway.class);
    }

    private static BackendMessage decode(byte[] frame) throws ProtocolFault {
        return Decoder.decode(frame[0], Arrays.copyOfRange(frame, 5, frame.length));
    }

    @Test
    void everyVectorIsRead() throws IOException {
        for (Map.Entry<String, byte[]> vector : Vectors.read("backend.tsv").entrySet()) {
            String name = vector.getKey().replaceAll("\\..*", "");
            assertThat(CLASSES).as("a message of this name").containsKey(name);
            assertThat(decode(vector.getValue())).isExactlyInstanceOf(CLASSES.get(name));
        }
    }

    @Test
    void fieldsAreWhereThePageSays() throws IOException {
        Map<String, byte[]> vectors = Vectors.read("backend.tsv");
        Reply.Columns m = (Reply.Columns) decode(vectors.get("Columns.full"));
        assertThat(m.request()).isEqualTo(2);
        assertThat(m.kind()).isEqualTo(Reply.Columns.KEYS);
        assertThat(m.full()).isTrue();
        Column size = m.columns().get(0);
        assertThat(size.label()).isEqualTo("Größe");
        assertThat(size.type()).isEqualTo(1700);
        assertThat(size.jdbcType()).isEqualTo(2);
        assertThat(size.typeName()).isEqualTo("NUMERIC");
        assertThat(size.precision()).isEqualTo(12);
        assertThat(size.scale()).isEqualTo(3);
        assertThat(size.displaySize()).isEqualTo(14);
        assertThat(size.nullable()).isZero();
        assertThat(size.bits()).isEqualTo(255);
        assertThat(size.className()).isEqualTo("java.math.BigDecimal");
        assertThat(size.name() + size.table() + size.schema() + size.catalog())
                .isEqualTo("sizetsc");
        assertThat(((Reply.Columns) decode(vectors.get("Columns.same"))).columns()).isNull();
    }

    /** Each vector cut at every place, and with a byte too many: a fault, and only that. */
    @Test
    void aPartOfAMessageIsAFault() throws IOException {
        for (Map.Entry<String, byte[]> vector : Vectors.read("backend.tsv").entrySet()) {
            byte[] frame = vector.getValue();
            for (int length = 5; length < frame.length; length++) {
                byte[] cut = Arrays.copyOf(frame, length);
                if (vector.getKey().startsWith("Rows")) {
                    onlyAMessageOrAFault(cut);
                } else {
                    assertThatThrownBy(() -> decode(cut)).isInstanceOf(ProtocolFault.class);
                }
            }
            byte[] longer = Arrays.copyOf(frame, frame.length + 1);
            assertThatThrownBy(() -> decode(longer)).isInstanceOf(ProtocolFault.class);
        }
    }

    @Test
    void mutatedAndRandomFramesAreAMessageOrAFault() throws IOException {
        Random random = new Random(20260101);
        byte[][] frames = Vectors.read("backend.tsv").values().toArray(new byte[0][]);
        for (int i = 0; i < 300_000; i++) {
            byte[] frame = frames[random.nextInt(frames.length)].clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            onlyAMessageOrAFault(frame);
        }
        byte[] types = "hopjruylfzwgRSKZvEN".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 200_000; i++) {
            byte[] frame = new byte[5 + random.nextInt(64)];
            random.nextBytes(frame);
            frame[0] = types[random.nextInt(types.length)];
            onlyAMessageOrAFault(frame);
        }
    }

    private static void onlyAMessageOrAFault(byte[] frame) {
        try {
            assertThat(decode(frame)).isNotNull();
        } catch (ProtocolFault fault) {
            assertThat(fault.getMessage()).isNotEmpty();
        }
    }
}
