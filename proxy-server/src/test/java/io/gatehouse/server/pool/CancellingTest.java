package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(30)
class CancellingTest {
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger doubts = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void stop() {
        go.countDown();
        workers.shutdownNow();
    }

    private Cancelling within(Duration grace) {
        return new Cancelling(workers, grace, doubts::incrementAndGet);
    }

    private void deliver() {
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void holdsTheEndBackUntilTheCancelIsDelivered() throws Exception {
        Cancelling cancelling = within(Duration.ofSeconds(20));
        cancelling.running(this::deliver);
        assertThat(cancelling.cancel()).isTrue();
        begun.await();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(cancelling::ended, workers);
        try {
            ended.get(100, TimeUnit.MILLISECONDS);
            throw new AssertionError("it ended before its cancel was delivered");
        } catch (TimeoutException e) {
            go.countDown();
        }
        ended.get(10, TimeUnit.SECONDS);
        assertThat(doubts).hasValue(0);
        assertThat(cancelling.cancel()).as("nothing runs any more").isFalse();
    }

    @Test
    void doubtsAConnectionWhoseCancelDoesNotArriveInTime() throws Exception {
        Cancelling cancelling = within(Duration.ofMillis(100));
        cancelling.running(this::deliver);
        cancelling.cancel();
        begun.await();
        cancelling.ended();
        assertThat(doubts).hasValue(1);
        cancelling.ended();
        assertThat(doubts).as("told once, waited once").hasValue(1);
    }

    @Test
    void doubtsAConnectionWhoseCancelFailed() {
        Cancelling cancelling = within(Duration.ofSeconds(20));
        cancelling.running(() -> {
            throw new SQLException("no answer");
        });
        cancelling.cancel();
        cancelling.ended();
        assertThat(doubts).hasValue(1);
    }

    @Test
    void leavesAloneWhatHasEnded() {
        Cancelling cancelling = within(Duration.ofSeconds(20));
        cancelling.running(() -> begun.countDown());
        cancelling.ended();
        assertThat(cancelling.cancel()).isFalse();
        assertThat(begun.getCount()).isOne();
        assertThat(doubts).hasValue(0);
    }
}
