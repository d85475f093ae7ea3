package io.gatehouse.server.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.FastThreadLocal;

import java.time.Duration;

/**
 * Keeps an event loop awake for a moment after it has sent something to a backend or heard from
 * one: where the answer, or the client's next statement, has lately come within the moment, waking
 * up costs more than the wait. Used on event loops only.
 */
final class BusyPoll implements SelectStrategy {
    private static final FastThreadLocal<BusyPoll> OF_THIS_LOOP = new FastThreadLocal<>();

    /** With more calls under way than this, something to do comes soon enough by itself. */
    private static final int FEW = 2;

    private final long window;
    private final Odds backends = new Odds();
    private final Odds clients = new Odds();
    private Odds awaited = backends;
    private int underWay;
    private long until;
    private boolean awake;

    /**
     * @param window zero for never
     */
    BusyPoll(Duration window) {
        this.window = window.toNanos();
    }

    /** A call to a backend begins on the calling loop. */
    static void asked() {
        BusyPoll here = OF_THIS_LOOP.getIfExists();
        if (here != null) {
            here.underWay++;
            here.expect(here.backends);
        }
    }

    /** A backend that was asked has answered, or is gone. */
    static void answered() {
        BusyPoll here = OF_THIS_LOOP.getIfExists();
        if (here != null) {
            here.underWay--;
            here.expect(here.underWay > 0 ? here.backends : here.clients);
        }
    }

    private void expect(Odds next) {
        awaited = next;
        awake = window > 0 && underWay <= FEW && next.good();
        if (awake) {
            until = System.nanoTime() + window;
        }
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (OF_THIS_LOOP.getIfExists() == null) {
            OF_THIS_LOOP.set(this);
        }
        if (hasTasks) {
            return selectNow.get();
        }
        if (!awake) {
            return SelectStrategy.SELECT;
        }
        int ready = selectNow.get();
        if (ready > 0) {
            awake = false;
            awaited.came();
            return ready;
        }
        awake = System.nanoTime() - until < 0;
        if (awake) {
            return ready;
        }
        awaited.stayedAway();
        return SelectStrategy.SELECT;
    }

    /** How often what was waited for has come in time, of late. */
    private static final class Odds {
        private static final int CERTAIN = 1024;
        private static final int EVEN = CERTAIN / 2;

        /** Weighs the last few waits: one in 2<sup>n</sup> of the difference. */
        private static final int MEMORY = 3;

        /** Of so many waits that do not look worth it one is tried. */
        private static final int BETWEEN_TRIALS = 32;

        private int odds = CERTAIN;
        private int passedOver;

        boolean good() {
            if (odds >= EVEN) {
                return true;
            }
            passedOver = (passedOver + 1) % BETWEEN_TRIALS;
            return passedOver == 0;
        }

        void came() {
            odds += (CERTAIN - odds) >> MEMORY;
        }

        void stayedAway() {
            odds -= odds >> MEMORY;
        }
    }
}
