package io.gatehouse.server.testing;

import io.gatehouse.server.directory.PoolSettings;

import java.time.Duration;

/** The bounds of a test's pool: what holds anyway, but for what the test says. */
public final class PoolBounds {
    private final PoolSettings from;
    private int size;
    private int waiting;
    private Duration patience;
    private Duration connectTimeout;
    private Duration keepForOwner;
    private PoolSettings.PerUser perUser;
    private PoolSettings.Slow slow;

    private PoolBounds(PoolSettings from) {
        this.from = from;
        size = from.size();
        waiting = from.waiting();
        patience = from.patience();
        connectTimeout = from.connectTimeout();
        keepForOwner = from.keepForOwner();
        perUser = from.perUser();
        slow = from.slow();
    }

    public static PoolBounds like(PoolSettings from) {
        return new PoolBounds(from);
    }

    public static PoolBounds of(int size) {
        return like(PoolSettings.DEFAULT).size(size);
    }

    public PoolBounds size(int other) {
        size = other;
        return this;
    }

    public PoolBounds waiting(int other) {
        waiting = other;
        return this;
    }

    public PoolBounds patience(Duration other) {
        patience = other;
        return this;
    }

    public PoolBounds connectTimeout(Duration other) {
        connectTimeout = other;
        return this;
    }

    public PoolBounds keepForOwner(Duration other) {
        keepForOwner = other;
        return this;
    }

    public PoolBounds perUser(PoolSettings.PerUser other) {
        perUser = other;
        return this;
    }

    public PoolBounds slow(PoolSettings.Slow other) {
        slow = other;
        return this;
    }

    public PoolSettings settings() {
        return new PoolSettings(
                size,
                waiting,
                patience,
                connectTimeout,
                from.maxLifetime(),
                from.idleTimeout(),
                keepForOwner,
                perUser,
                slow);
    }
}
