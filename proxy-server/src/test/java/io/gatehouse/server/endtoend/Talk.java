package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.server.testing.TestBroker;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Short words for talking to a database. */
final class Talk {
    /** Makes PostgreSQL's role {@code reduced}, unless it is there. */
    static final String REDUCED =
            "do $$ begin create role reduced; exception when others then null; end $$";

    private Talk() {}

    static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    /** Runs a statement and gives the warnings that came with it. */
    static List<String> warnings(Connection c, String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement s = c.createStatement()) {
            s.execute(sql);
            for (SQLWarning w = s.getWarnings(); w != null; w = w.getNextWarning()) {
                all.add(w.getMessage());
            }
        }
        return all;
    }

    /** The first value of the first row. */
    static @Nullable String ask(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** The first value of the first row, or the SQLSTATE that the query fails with. */
    static String seen(Connection c, String sql) {
        try {
            return String.valueOf(ask(c, sql));
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** What a piece of work fails with; it must. */
    static SQLException failure(ThrowingCallable work) {
        SQLException e = catchThrowableOfType(SQLException.class, work);
        assertThat((Object) e).as("what it fails with").isNotNull();
        return e;
    }

    static String state(ThrowingCallable work) {
        SQLException e = failure(work);
        return e.getSQLState();
    }

    static <T> CompletableFuture<T> meanwhile(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(work.call());
                    } catch (Exception | AssertionError e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    /** Waits for a result, and throws what the work threw. */
    static <T> T joined(CompletableFuture<T> future) throws Exception {
        try {
            return future.orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The SQLSTATE that a piece of work failed with; empty where it did not. */
    static String failed(CompletableFuture<?> work) {
        try {
            joined(work);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            pause(Duration.ofMillis(20));
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** No lease is out any more. */
    static void quiet(TestBroker broker) throws Exception {
        eventually(
                "every lease is given back",
                () ->
                        broker.pools().figures().stream()
                                .allMatch(f -> f.busy() == 0 && f.waiting() == 0));
    }
}
