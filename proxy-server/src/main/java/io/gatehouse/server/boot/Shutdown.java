package io.gatehouse.server.boot;

import java.util.concurrent.CountDownLatch;

/** Keeps a broker running until the process is told to end. */
final class Shutdown {
    private Shutdown() {}

    /**
     * Never returns but by an interrupt; SIGTERM and Ctrl-C drain the broker and end with status 0.
     */
    static int untilToldTo(Broker broker) {
        return untilToldTo(broker, () -> {});
    }

    /** The same; what is left to do after the broker stopped runs before the process ends. */
    static int untilToldTo(Broker broker, Runnable afterwards) {
        CountDownLatch never = new CountDownLatch(1);
        Thread hook =
                Thread.ofPlatform()
                        .name("gatehouse-stop")
                        .unstarted(() -> {
                            broker.close();
                            afterwards.run();
                            // The JVM would say 143; a clean stop is no failure.
                            Runtime.getRuntime().halt(Main.OK);
                        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            never.await();
            return Main.OK;
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            broker.close();
            return Main.OK;
        }
    }
}
