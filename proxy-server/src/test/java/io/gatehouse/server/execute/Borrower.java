package io.gatehouse.server.execute;

import io.gatehouse.policy.Obligations;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.gate.Permits;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.LeaseTask;
import io.gatehouse.server.pool.Pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One borrower with its lease, for tests: every call is waited for. */
final class Borrower implements AutoCloseable {
    final Lease lease;
    final Executor executor = new Executor();
    CarriedState state = CarriedState.PRISTINE;

    private Borrower(Lease lease) {
        this.lease = lease;
    }

    static Borrower of(Pool pool) {
        CompletableFuture<Lease> lease = new CompletableFuture<>();
        pool.borrow(
                new LeaseTask() {
                    @Override
                    public void run(Lease got) {
                        lease.complete(got);
                    }

                    @Override
                    public void refused(Fault fault) {
                        lease.completeExceptionally(new IllegalStateException(fault.toString()));
                    }
                },
                "ada",
                "",
                Duration.ofSeconds(10));
        return new Borrower(get(lease));
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    <T> CompletableFuture<T> async(Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        lease.submit(() -> {
            try {
                future.complete(work.get());
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    Outcome perform(Call call, RowSink sink) {
        return get(performing(call, sink));
    }

    CompletableFuture<Outcome> performing(Call call, RowSink sink) {
        return async(() -> executor.perform(lease, state, call, sink));
    }

    Outcome resume(Cursor cursor, RowSink sink) {
        return get(async(() -> executor.resume(lease, cursor, sink)));
    }

    TransactionState transaction() {
        return get(async(() -> executor.transaction(lease)));
    }

    Call.Text text(String sql, boolean direct, Trait... traits) {
        return new Call.Text(
                Permits.of(lease.kind().dialect(), sql, traits),
                direct,
                true,
                Call.Keys.NONE,
                List.of());
    }

    Call.Text text(String sql, Obligations obligations) {
        return new Call.Text(
                Permits.of(lease.kind().dialect(), sql, obligations),
                false,
                true,
                Call.Keys.NONE,
                List.of());
    }

    static Call.Run run(Call.Text text, boolean inTransaction, Parameter... parameters) {
        return new Call.Run(
                text,
                List.of(parameters),
                Call.Expect.ANYTHING,
                inTransaction,
                0,
                0,
                Duration.ZERO);
    }

    /** Runs a text in autocommit and expects it to work. */
    Recorder ok(String sql, Parameter... parameters) {
        return ok(sql, false, parameters);
    }

    Recorder ok(String sql, boolean inTransaction, Parameter... parameters) {
        Recorder recorder = new Recorder();
        Outcome outcome =
                perform(
                        run(text(sql, parameters.length == 0), inTransaction, parameters),
                        recorder);
        if (!(outcome instanceof Outcome.Finished)) {
            throw new AssertionError(sql + ": " + outcome);
        }
        return recorder;
    }

    Fault fails(String sql, boolean inTransaction) {
        Outcome outcome = perform(run(text(sql, true), inTransaction), new Recorder());
        if (outcome instanceof Outcome.Failed failed) {
            return failed.fault();
        }
        throw new AssertionError(sql + ": " + outcome);
    }

    Outcome transact(Call.Action action, String savepoint) {
        return perform(new Call.Transact(action, savepoint), new Recorder());
    }

    @Override
    public void close() {
        get(
                async(() -> {
                    lease.release();
                    return true;
                }));
    }
}
