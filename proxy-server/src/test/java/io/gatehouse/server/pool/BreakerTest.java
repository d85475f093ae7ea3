package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.pool.PoolFigures.Circuit;
import io.gatehouse.server.pool.PoolFigures.Circuit.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** The circuit breaker, in virtual time. */
class BreakerTest {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
    private static final long REFUSED = Duration.ofMillis(1).toNanos();

    private final Breaker breaker = new Breaker("orders");
    private long now = 1_000;

    private Circuit ask() {
        return breaker.ask(now, PATIENCE);
    }

    private void fail() {
        breaker.failed("connection refused", REFUSED, now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void open() {
        for (int i = 0; i < Breaker.FAULTS; i++) {
            fail();
        }
        assertThat(breaker.figures(now).state()).isEqualTo(State.OPEN);
    }

    @Test
    void opensAfterSomeFaultsInARow() {
        fail();
        fail();
        breaker.answered();
        fail();
        fail();
        assertThat(ask()).isNull();
        fail();
        pass(Duration.ofMillis(100));
        Circuit open = ask();
        assertThat(open).isNotNull();
        assertThat(open.state()).isEqualTo(State.OPEN);
        assertThat(open.why()).isEqualTo("connection refused");
        assertThat(open.probeNanos()).isEqualTo(Duration.ofMillis(400).toNanos());
        assertThat(open.sinceNanos()).isEqualTo(Duration.ofMillis(100).toNanos() + REFUSED);
    }

    @Test
    void lostConnectionsCountButDoNotOpenItAlone() {
        for (int i = 0; i < 20; i++) {
            breaker.lost(now);
        }
        assertThat(ask()).isNull();
        fail();
        assertThat(ask()).isNotNull();
    }

    @Test
    void aConnectThatHangsIsEnough() {
        breaker.failed("timed out", Duration.ofSeconds(5).toNanos(), now);
        assertThat(ask()).isNotNull();
    }

    @Test
    void oneAtATimeTriesAgain() {
        open();
        pass(Breaker.PAUSE);
        assertThat(ask()).as("the probe").isNull();
        assertThat(ask()).isNotNull();
        assertThat(breaker.figures(now).state()).isEqualTo(State.HALF_OPEN);
        fail();
        assertThat(breaker.figures(now).state()).isEqualTo(State.OPEN);
        assertThat(ask()).isNotNull();
        pass(Breaker.PAUSE);
        assertThat(ask()).isNull();
        breaker.connected();
        assertThat(breaker.figures(now)).isEqualTo(Circuit.CLOSED);
        assertThat(ask()).isNull();
        assertThat(ask()).isNull();
    }

    @Test
    void aProbeThatNeverCameBackIsReplaced() {
        open();
        pass(Breaker.PAUSE);
        assertThat(ask()).isNull();
        pass(Duration.ofSeconds(9));
        assertThat(ask()).isNotNull();
        pass(Duration.ofSeconds(2));
        assertThat(ask()).isNull();
    }

    @Test
    void connectionsThatStillWorkDoNotCloseIt() {
        breaker.lost(now);
        breaker.lost(now);
        breaker.works();
        fail();
        assertThat(ask()).isNull();
        fail();
        fail();
        breaker.works();
        breaker.connected();
        assertThat(ask()).isNotNull();
    }

    @Test
    void furtherFailuresDoNotPutTheProbeOff() {
        open();
        for (int i = 0; i < 4; i++) {
            pass(Duration.ofMillis(125));
            fail();
        }
        assertThat(ask()).isNull();
    }
}
