package io.gatehouse.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls that may hang, on a thread of their own that is left behind if they do. */
final class Bounded {
    private Bounded() {}

    static <T> T call(String what, Duration bound, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Crowd.daemon(what, task);
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException(
                    "no end of " + what + " after " + bound.toMillis() + " ms; given up");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
