package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Meddler;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/** A PostgreSQL whose answers are altered on the way costs its own statement and nothing else. */
@Timeout(60)
class HostileServerTest {
    private static final String STATEMENT = "select 'hostile' as a, 2 as b";
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static TestBroker broker;
    private static Meddler meddler;

    /** What is done to the first message of a type; the rest passes. */
    private enum Trick {
        COUNT_TOO_LARGE('D', (body, out) -> Meddler.pass('D', with(body, 0, 0, 3), out)),
        COUNT_TOO_SMALL('D', (body, out) -> Meddler.pass('D', with(body, 0, 0, 1), out)),
        COUNT_NEGATIVE('D', (body, out) -> Meddler.pass('D', with(body, 0, 255, 254), out)),
        VALUE_LONGER_THAN_ROW('D', (body, out) -> Meddler.pass('D', with(body, 4, 1, 0), out)),
        VALUE_OF_TWO_GIGABYTES('D', (body, out) -> Meddler.pass('D', with(body, 2, 127, 255), out)),
        VALUE_OF_NEGATIVE_LENGTH(
                'D', (body, out) -> Meddler.pass('D', with(body, 2, 255, 250), out)),
        ROW_EMPTY('D', (body, out) -> Meddler.pass('D', new byte[0], out)),
        ROW_OF_TWO_GIGABYTES('D', (body, out) -> header('D', Integer.MAX_VALUE, out)),
        ROW_OF_900_MEGABYTES('D', (body, out) -> header('D', 900 << 20, out)),
        ROW_OF_200_MEGABYTES('D', (body, out) -> header('D', 200 << 20, out)),
        LENGTH_NEGATIVE('D', (body, out) -> header('D', -5, out)),
        LENGTH_ZERO('D', (body, out) -> header('D', 0, out)),
        ANSWER_OF_TWO_GIGABYTES('C', (body, out) -> header('C', Integer.MAX_VALUE, out)),
        END_IN_A_HEADER('D', (body, out) -> end(out, 'D', 0, 0)),
        END_IN_A_ROW('D', (body, out) -> end(out, 'D', 0, 0, 0, 50, 0, 2)),
        DESCRIPTION_OF_TOO_MANY('T', (body, out) -> Meddler.pass('T', with(body, 0, 117, 0), out)),
        DESCRIPTION_OF_NEGATIVE_COUNT(
                'T', (body, out) -> Meddler.pass('T', with(body, 0, 255, 255), out)),
        DESCRIPTION_OF_TOO_FEW('T', (body, out) -> Meddler.pass('T', with(body, 0, 0, 1), out)),
        DESCRIPTION_CUT(
                'T', (body, out) -> Meddler.pass('T', Arrays.copyOf(body, body.length / 2), out)),
        NO_DESCRIPTION('T', (body, out) -> {}),
        UNKNOWN_TYPE('D', (body, out) -> Meddler.pass('~', body, out)),
        TWO_COMMANDS_COMPLETE(
                'C',
                (body, out) -> {
                    Meddler.pass('C', body, out);
                    Meddler.pass('C', body, out);
                }),
        READY_IN_NO_STATE('Z', (body, out) -> Meddler.pass('Z', new byte[] {'?'}, out)),
        READY_IN_A_TRANSACTION('Z', (body, out) -> Meddler.pass('Z', new byte[] {'T'}, out)),
        ERROR_WITHOUT_FIELDS('C', (body, out) -> Meddler.pass('E', new byte[1], out)),
        ENDLESS_NOTICES('C', (body, out) -> notices(out)),
        SILENCE('D', (body, out) -> silence(out));

        private final char type;
        private final Change change;

        Trick(char type, Change change) {
            this.type = type;
            this.change = change;
        }

        /** Whether the client may get its rows all the same. */
        boolean harmless() {
            return this == TWO_COMMANDS_COMPLETE || this == READY_IN_A_TRANSACTION;
        }

        void play(char of, byte[] body, DataOutputStream out) throws IOException {
            if (of == type) {
                change.play(body, out);
                out.flush();
            } else {
                Meddler.pass(of, body, out);
            }
        }
    }

    private interface Change {
        void play(byte[] body, DataOutputStream out) throws IOException;
    }

    private static byte[] with(byte[] body, int at, int first, int second) {
        byte[] changed = body.clone();
        ByteBuffer.wrap(changed).put(at, (byte) first).put(at + 1, (byte) second);
        return changed;
    }

    private static void header(char type, int length, DataOutputStream out) throws IOException {
        out.writeByte(type);
        out.writeInt(length);
        silence(out);
    }

    private static void end(DataOutputStream out, int... bytes) throws IOException {
        for (int b : bytes) {
            out.writeByte(b);
        }
        out.flush();
        throw new IOException("the server has gone");
    }

    private static void notices(DataOutputStream out) throws IOException {
        byte[] text = "SNOTICE\0C00000\0Mmore\0\0".getBytes(StandardCharsets.US_ASCII);
        while (true) {
            Meddler.pass('N', text, out);
        }
    }

    /** Nothing more comes, and the connection stays open until the broker closes it. */
    private static void silence(DataOutputStream out) throws IOException {
        out.flush();
        Talk.pause(Duration.ofSeconds(5));
        throw new IOException("long enough");
    }

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        meddler = new Meddler(Databases.postgres(), "hostile");
        broker.serve(
                "hostile",
                Database.of("postgresql", meddler.server()),
                PoolBounds.of(1).connectTimeout(LIMIT).settings(),
                new Timeouts(LIMIT, Duration.ofSeconds(60), LIMIT));
    }

    @AfterAll
    static void stop() {
        meddler.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTrickEndsItsStatementAndThePoolServesOn(Trick trick) throws Exception {
        try (Connection c = broker.connect("hostile")) {
            assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
            meddler.play(trick::play);
            long start = System.nanoTime();
            String outcome = outcome(c);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            meddler.play(Meddler::pass);
            assertThat(outcome).matches(trick.harmless() ? "hostile|0100E" : "08...|57014|XX000");
            assertThat(took).isLessThan(Duration.ofSeconds(6));
        }
        for (Door door : Door.values()) {
            long start = System.nanoTime();
            try (Connection next = door.connect(broker, "hostile")) {
                assertThat(Talk.ask(next, STATEMENT)).isEqualTo("hostile");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("until the next client is served")
                    .isLessThan(Duration.ofSeconds(2));
        }
        Talk.quiet(broker);
        Talk.eventually("the broken connection is closed", () -> meddler.open() <= 1);
    }

    private static String outcome(Connection c) {
        try {
            return Talk.ask(c, STATEMENT);
        } catch (SQLException e) {
            return e.getMessage().isBlank() ? "an error without a word" : e.getSQLState();
        }
    }
}
