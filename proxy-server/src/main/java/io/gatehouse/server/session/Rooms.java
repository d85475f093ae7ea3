package io.gatehouse.server.session;

import io.gatehouse.server.directory.Directory;
import io.gatehouse.server.execute.Executor;
import io.gatehouse.server.gate.Gate;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.recall.Recall;

import java.util.function.LongSupplier;

/**
 * The rooms that sessions walk through.
 *
 * @param ledger told of every statement
 * @param aside runs what may take long, off the event loops
 * @param nanoTime a monotonic clock
 * @param recall where answers are kept that a rule lets be
 */
public record Rooms(
        Gate gate,
        Directory directory,
        Pools pools,
        Executor executor,
        Ledger ledger,
        SessionLimits limits,
        java.util.concurrent.Executor aside,
        LongSupplier nanoTime,
        Recall recall) {}
