package io.gatehouse.server.session;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notices a transaction that nobody works in. One timer at most, which looks again when it fires
 * early, so that a busy session costs no timers. Owned by the event loop.
 */
final class IdleWatch {
    private final SessionContext session;
    private final Consumer<Duration> onIdle;
    private boolean idle;
    private long since;
    private @Nullable Runnable timer;

    IdleWatch(SessionContext session, Consumer<Duration> onIdle) {
        this.session = session;
        this.onIdle = onIdle;
    }

    /** Says whether the session is now idle inside a transaction. */
    void watch(boolean nowIdle) {
        idle = nowIdle;
        if (!nowIdle) {
            return;
        }
        since = session.nanoTime();
        if (timer == null) {
            Duration limit = session.idleInTransaction();
            if (!limit.isZero()) {
                schedule(limit, limit);
            }
        }
    }

    void stop() {
        idle = false;
        if (timer != null) {
            timer.run();
            timer = null;
        }
    }

    private void schedule(Duration in, Duration limit) {
        timer = session.client().schedule(() -> look(limit), in);
    }

    private void look(Duration limit) {
        timer = null;
        if (!idle) {
            return;
        }
        Duration left = limit.minusNanos(session.nanoTime() - since);
        if (left.isPositive()) {
            schedule(left, limit);
        } else {
            onIdle.accept(limit);
        }
    }
}
