package io.gatehouse.server.pool;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Runs each task as a virtual thread that an event loop carries, so that a brief call to a database
 * is made without waking any other thread. A task that turns out long, or has waited for anything
 * but its link, goes on elsewhere, so that the loop's other clients never wait for it. See
 * docs/decisions/0004-calls-on-the-event-loop.md.
 */
final class LoopWorkers implements Executor {
    /** A task that has kept its loop busy for this long, all in all, is long. */
    private static final long BRIEF_NANOS = Duration.ofMillis(1).toNanos();

    private final Loops loops;
    private final Executor others;
    private final Constructor<?> builder;

    private LoopWorkers(Loops loops, Executor others, Constructor<?> builder) {
        this.loops = loops;
        this.others = others;
        this.builder = builder;
    }

    /**
     * Empty where the JDK keeps its builder of virtual threads to itself, because it was not
     * started with {@code --add-opens=java.base/java.lang=ALL-UNNAMED}: no public one lets its
     * caller choose what carries the threads.
     *
     * @param others for what is left of long tasks
     */
    static Optional<LoopWorkers> on(Loops loops, Executor others) {
        try {
            Constructor<?> builder =
                    Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                            .getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            return Optional.of(new LoopWorkers(loops, others, builder));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return Optional.empty();
        }
    }

    Loops loops() {
        return loops;
    }

    /** Lets the calling task go on elsewhere, if a loop carries it. */
    static void leaveLoop() {
        if (Thread.currentThread().isVirtual()) {
            // Its carrier is given the rest as of any thread that no link has woken.
            Thread.yield();
        }
    }

    @Override
    public void execute(Runnable task) {
        start(loops.carrier(), task);
    }

    /** The same, on that loop whichever thread asks: waits for what it watches end there. */
    Executor on(Executor loop) {
        return task -> start(loop, task);
    }

    private void start(Executor loop, Runnable task) {
        builder(new Carrier(loop, others)).name("gatehouse-call").start(task);
    }

    private Thread.Builder.OfVirtual builder(Executor carrier) {
        try {
            return (Thread.Builder.OfVirtual) builder.newInstance(carrier);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JDK's builder of virtual threads has changed", e);
        }
    }

    /** Carries one virtual thread: it is given each stretch of it that can run. */
    private static final class Carrier implements Executor {
        private final Executor loop;
        private final Executor others;
        private volatile boolean started;
        // Both written on the loop.
        private volatile long spentNanos;
        private volatile long since;

        Carrier(Executor loop, Executor others) {
            this.loop = loop;
            this.others = others;
        }

        @Override
        public void execute(Runnable stretch) {
            boolean harmless = !started || Wake.isUnderWay();
            started = true;
            if (harmless && spent() <= BRIEF_NANOS) {
                loop.execute(() -> carry(stretch));
            } else {
                others.execute(stretch);
            }
        }

        private long spent() {
            long start = since;
            // The link may be ready before the stretch that waits for it has come to its end.
            return start == 0 ? spentNanos : spentNanos + System.nanoTime() - start;
        }

        private void carry(Runnable stretch) {
            since = System.nanoTime();
            stretch.run();
            spentNanos = spent();
            since = 0;
        }
    }
}
