package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.net.EventLoops;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Where tasks run that ride on an event loop. */
@Timeout(30)
final class LoopWorkersTest {
    private final EventLoops loops = new EventLoops(1, Duration.ZERO);
    private final ExecutorService others = Workers.platform();
    private final LoopWorkers workers = LoopWorkers.on(loops, others).orElseThrow();

    @AfterEach
    void stop() {
        others.shutdownNow();
        loops.close();
    }

    /** What the JDK says of a virtual thread ends with the name of its carrier. */
    private static String carrier() {
        String text = Thread.currentThread().toString();
        return text.substring(text.lastIndexOf('@') + 1);
    }

    @Test
    void aBriefTaskRunsOnTheLoop() throws Exception {
        assertThat(carriersOfBriefTasks(carrier -> carrier.complete(carrier())))
                .anyMatch(name -> name.startsWith("gatehouse-net"));
    }

    @Test
    void aTaskWhoseLinkIsReadyGoesOnOnTheLoop() throws Exception {
        assertThat(carriersOfBriefTasks(carrier -> parkThenTell(carrier, Wake::up)))
                .anyMatch(name -> name.startsWith("gatehouse-net"));
    }

    /** One task may turn out long where the machine is busy; not every one of many. */
    private List<String> carriersOfBriefTasks(Consumer<CompletableFuture<String>> task)
            throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<String> carrier = new CompletableFuture<>();
            workers.execute(() -> task.accept(carrier));
            names.add(carrier.get(10, TimeUnit.SECONDS));
        }
        return names;
    }

    /** It may hold another lock, which the loop waits for. */
    @Test
    void aTaskThatWaitedForALockGoesOnElsewhere() throws Exception {
        CompletableFuture<String> carrier = new CompletableFuture<>();
        workers.execute(() -> parkThenTell(carrier, LockSupport::unpark));
        assertThat(carrier.get(10, TimeUnit.SECONDS)).startsWith("gatehouse-worker");
    }

    private void parkThenTell(CompletableFuture<String> carrier, Consumer<Thread> waker) {
        Thread task = Thread.currentThread();
        AtomicBoolean woken = new AtomicBoolean();
        loops.carrier()
                .execute(() -> {
                    woken.set(true);
                    waker.accept(task);
                });
        while (!woken.get()) {
            LockSupport.park();
        }
        carrier.complete(carrier());
    }

    @Test
    void aLongTaskGoesOnElsewhere() throws Exception {
        CompletableFuture<String> carrier = new CompletableFuture<>();
        workers.execute(() -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofMillis(5).toNanos()) {
                Thread.onSpinWait();
            }
            parkThenTell(carrier, Wake::up);
        });
        assertThat(carrier.get(10, TimeUnit.SECONDS)).startsWith("gatehouse-worker");
    }

    @Test
    void aTaskThatExpectsToBeLongGoesOnElsewhere() throws Exception {
        CompletableFuture<String> carrier = new CompletableFuture<>();
        workers.execute(() -> {
            LoopWorkers.leaveLoop();
            carrier.complete(carrier());
        });
        assertThat(carrier.get(10, TimeUnit.SECONDS)).startsWith("gatehouse-worker");
    }

    @Test
    void aTaskThatWaitsKeepsNobodyWaiting() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                first.complete(second.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                first.completeExceptionally(e);
            }
        });
        workers.execute(second::countDown);
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
    }
}
