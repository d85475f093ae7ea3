package io.gatehouse.jdbc.transport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Cuts a socket whose connecting and login take too long. Timeouts of the socket would do as much,
 * but Java leaves a socket non-blocking that was once connected or read with one: each of its later
 * reads would be three system calls instead of one. Thread-safe.
 */
final class LoginWatch {
    private static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    /** Timeouts are whole seconds; so long after its own, at most, a login is cut. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** The watching thread ends when so many looks in a row have found no login. */
    private static final int IDLE_LOOKS = 25;

    private static final Set<LoginWatch> WATCHED = ConcurrentHashMap.newKeySet();
    private static @Nullable Thread watching;

    private final Socket socket;
    private final Deadline deadline;

    // Guarded by this.
    private boolean ended;
    private boolean cut;

    private LoginWatch(Socket socket, Deadline deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    /** Watches over a socket until its deadline, if it has one, or {@link #end}. */
    static LoginWatch over(Socket socket, Deadline deadline) {
        LoginWatch watch = new LoginWatch(socket, deadline);
        if (deadline.isLimited()) {
            WATCHED.add(watch);
            beWatching();
        }
        return watch;
    }

    /** Watches no longer; whether the socket was left as it is. May be called more than once. */
    synchronized boolean end() {
        ended = true;
        WATCHED.remove(this);
        return !cut;
    }

    private static synchronized void beWatching() {
        if (watching == null) {
            Thread thread = new Thread(null, LoginWatch::watch, "gatehouse-login-watch");
            thread.setDaemon(true);
            // An application that is unloaded meanwhile is not to be held by it.
            thread.setContextClassLoader(null);
            thread.start();
            watching = thread;
        }
    }

    private static void watch() {
        int idle = 0;
        while (idle < IDLE_LOOKS || !mayEnd()) {
            LockSupport.parkNanos(LOOK_NANOS);
            idle = WATCHED.isEmpty() ? idle + 1 : 0;
            for (LoginWatch one : WATCHED) {
                if (one.deadline.isOver()) {
                    one.cut();
                }
            }
        }
    }

    private static synchronized boolean mayEnd() {
        boolean idle = WATCHED.isEmpty();
        if (idle) {
            watching = null;
        }
        return idle;
    }

    private void cut() {
        synchronized (this) {
            if (ended) {
                return;
            }
            cut = true;
        }
        WATCHED.remove(this);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A login that took too long was not cut in good order.", e);
        }
    }
}
