package io.gatehouse.server.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.FastThreadLocal;

import java.time.Duration;

/**
 * Keeps an event loop awake for a moment after it has sent something to a backend or heard from
 * one: the answer, or the client's next statement, is near, and waking up costs more than the wait.
 * Used on event loops only.
 */
final class BusyPoll implements SelectStrategy {
    private static final FastThreadLocal<BusyPoll> OF_THIS_LOOP = new FastThreadLocal<>();

    /** With more calls under way than this, something to do comes soon enough by itself. */
    private static final int FEW = 2;

    private final long window;
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
            here.expectMore();
        }
    }

    /** A backend that was asked has answered, or is gone. */
    static void answered() {
        BusyPoll here = OF_THIS_LOOP.getIfExists();
        if (here != null) {
            here.underWay--;
            here.expectMore();
        }
    }

    private void expectMore() {
        awake = window > 0 && underWay <= FEW;
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
        awake = awake && System.nanoTime() - until < 0;
        return awake ? selectNow.get() : SelectStrategy.SELECT;
    }
}
