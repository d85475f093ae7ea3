package io.gatehouse.server.soak;

import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** One client: it comes, does this and that, checks what it gets, goes, and comes again. */
final class Client implements Runnable {
    private final int id;
    private final boolean stock;
    private final Soak soak;
    private final Random random;
    private final @Nullable Forwarder cable;
    private volatile @Nullable Visit visit;
    // Odd while a cut is under way.
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean ended;

    Client(int id, boolean stock, Soak soak, @Nullable Forwarder cable) {
        this.id = id;
        this.stock = stock;
        this.soak = soak;
        this.random = new Random(soak.seed() * 1_000 + id);
        this.cable = cable;
    }

    boolean mortal() {
        return cable != null;
    }

    boolean ended() {
        return ended;
    }

    String story() {
        Visit now = visit;
        return "client "
                + id
                + (stock ? " (stock driver)" : "")
                + (now == null ? ", not connected" : ":\n    " + now.history());
    }

    /** The client dies, from the broker's point of view. */
    void cut() {
        Forwarder line = cable;
        if (line != null) {
            cuts.incrementAndGet();
            line.cut();
            cuts.incrementAndGet();
        }
    }

    void close() {
        if (cable != null) {
            cable.close();
        }
    }

    @Override
    public void run() {
        try {
            while (soak.goesOn()) {
                visit();
            }
        } catch (RuntimeException | AssertionError e) {
            soak.failed(story(), e);
        } finally {
            ended = true;
        }
    }

    private void visit() {
        int before = cuts.get();
        try (Visit v = new Visit(id, stock, connect(), random, soak.books())) {
            visit = v;
            v.settings.putAll(soak.pristine(stock));
            int actions = 1 + random.nextInt(60);
            for (int i = 0; i < actions && soak.goesOn() && !v.pinned; i++) {
                act(v);
                soak.acted();
                v.pause(30);
            }
        } catch (SQLException e) {
            judge(e, cuts.get() != before || before % 2 == 1);
        }
    }

    private void judge(SQLException e, boolean cut) {
        if (Losses.is(e) && (cut || soak.backendLost())) {
            return;
        }
        soak.failed(story() + "\n  " + Losses.stateOf(e), e);
    }

    private Connection connect() throws SQLException {
        TestBroker broker = soak.broker();
        int port = cable == null ? broker.port() : cable.server().port();
        String url =
                "jdbc:"
                        + (stock ? "postgresql" : "gatehouse")
                        + "://127.0.0.1:"
                        + port
                        + "/soak"
                        // The books are to be told of every connection that is lost.
                        + (stock ? "?sslmode=disable" : "?moveTimeout=0");
        return DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
    }

    private void act(Visit v) throws SQLException {
        switch (v.random.nextInt(32)) {
            case 0, 1, 2, 3, 4 -> Reads.point(v);
            case 5, 6, 7 -> Reads.range(v);
            case 8, 9, 10 -> Writes.single(v);
            case 11, 12 -> Writes.counter(v);
            case 13, 14, 15 -> Writes.transaction(v);
            case 16, 17 -> Writes.transfer(v);
            case 18, 19 -> Writes.batch(v);
            case 20, 21 -> States.set(v);
            case 22, 23, 24 -> States.check(v);
            case 25 -> States.lock(v);
            case 26 -> pin(v);
            case 27, 28 -> Mishaps.fail(v);
            case 29, 30 -> Mishaps.cancel(v);
            default -> Mishaps.timeout(v);
        }
    }

    /** A pin keeps a connection until its session ends, so only some may have one, and briefly. */
    private void pin(Visit v) throws SQLException {
        if (!soak.mayPin().tryAcquire()) {
            return;
        }
        try {
            States.temporary(v);
            States.sessionLock(v);
            Writes.transaction(v);
            States.temporary(v);
            v.close();
        } finally {
            soak.mayPin().release();
        }
    }
}
