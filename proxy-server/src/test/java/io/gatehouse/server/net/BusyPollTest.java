package io.gatehouse.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import io.netty.util.concurrent.FastThreadLocal;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class BusyPollTest {
    private static final int WAITS = 1_000;

    private int looks;

    @Test
    void staysAwakeWhileWhatIsAwaitedComesInTime() throws Exception {
        BusyPoll poll = onThisThread(Duration.ofMinutes(1));
        for (int i = 0; i < WAITS; i++) {
            BusyPoll.asked();
            assertThat(poll.calculateStrategy(this::nothing, false)).isZero();
            assertThat(poll.calculateStrategy(this::something, false)).isOne();
            BusyPoll.answered();
            assertThat(poll.calculateStrategy(this::something, false)).isOne();
        }
    }

    @Test
    void sleepsWhenItHasWaitedInVainTooOften() throws Exception {
        BusyPoll poll = onThisThread(Duration.ofNanos(1));
        int inVain = waitsInVain(poll);
        assertThat(inVain).as("looks, of %d waits", WAITS).isBetween(WAITS / 40, WAITS / 20);
    }

    @Test
    void triesAgainAndNoticesThatItIsWorthIt() throws Exception {
        BusyPoll poll = onThisThread(Duration.ofNanos(1));
        waitsInVain(poll);
        looks = 0;
        for (int i = 0; i < WAITS; i++) {
            BusyPoll.asked();
            poll.calculateStrategy(this::something, false);
            BusyPoll.answered();
        }
        assertThat(looks).isGreaterThan(WAITS / 2);
    }

    @Test
    void aSlowClientDoesNotSpeakForTheBackend() throws Exception {
        BusyPoll poll = onThisThread(Duration.ofNanos(1));
        for (int i = 0; i < WAITS; i++) {
            BusyPoll.asked();
            assertThat(poll.calculateStrategy(this::something, false)).isOne();
            BusyPoll.answered();
            sleeps(poll);
        }
    }

    @Test
    void sleepsAtOnceWithManyCallsUnderWayOrWithoutAWindow() throws Exception {
        BusyPoll poll = onThisThread(Duration.ofMinutes(1));
        BusyPoll.asked();
        BusyPoll.asked();
        BusyPoll.asked();
        sleeps(poll);
        assertThat(looks).isZero();
        BusyPoll never = onThisThread(Duration.ZERO);
        BusyPoll.asked();
        sleeps(never);
        assertThat(looks).isZero();
    }

    private int waitsInVain(BusyPoll poll) throws Exception {
        looks = 0;
        for (int i = 0; i < WAITS; i++) {
            BusyPoll.asked();
            sleeps(poll);
            BusyPoll.answered();
        }
        return looks;
    }

    /** Looks until the window is over, if at all, and then sleeps. */
    private void sleeps(BusyPoll poll) throws Exception {
        int strategy;
        do {
            strategy = poll.calculateStrategy(this::nothing, false);
        } while (strategy == 0);
        assertThat(strategy).isEqualTo(SelectStrategy.SELECT);
    }

    private int nothing() {
        looks++;
        return 0;
    }

    private int something() {
        looks++;
        return 1;
    }

    /** A loop that has begun to run. */
    private static BusyPoll onThisThread(Duration window) throws Exception {
        FastThreadLocal.removeAll();
        BusyPoll poll = new BusyPoll(window);
        poll.calculateStrategy(() -> 0, false);
        return poll;
    }
}
