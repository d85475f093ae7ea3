package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Executor;

/**
 * Takes PostgreSQL's rows off a connection before pgjdbc stores them: pgjdbc reads a whole result
 * into memory unless a cursor, and with it a transaction and further round trips, is used. While a
 * receiver is armed, DataRow messages go to it instead; every other message passes untouched, so
 * that pgjdbc sees the same result with no rows. Used by the lease's worker only, except where the
 * socket is made. See docs/decisions/0001-one-round-trip-and-bounded-memory.md.
 */
public final class RowTap {
    /** Of a row that is held as a whole, and what is made of it, this many fit into the heap. */
    private static final int HEAP_PARTS = 4;

    /** The most bytes of one row that may be held, whatever a limit says. */
    public static final long LARGEST_HELD = Runtime.getRuntime().maxMemory() / HEAP_PARTS;

    private final TapRequests requests = new TapRequests();
    private @Nullable Receiver receiver;
    private @Nullable Thread worker;
    private @Nullable Socket socket;

    /** Takes rows. */
    public interface Receiver {
        /**
         * One row: the body of a DataRow message. May block, which holds the server back. Must not
         * use the connection, and must not throw.
         *
         * @param fields the same object for rows of the same description
         */
        void row(TapFields fields, byte[] buffer, int offset, int length);

        /** The longest message, in bytes, that is given as a whole; asked for each row. */
        long largest();

        /**
         * A longer row. What is not read of it is dropped. Under the same rules as {@link #row}.
         *
         * @param size of the whole body
         * @throws IOException when the server cannot be read, and then only
         */
        void larger(TapFields fields, InputStream body, int size) throws IOException;
    }

    RowTap() {}

    /** The socket whose streams pass through it. */
    void over(Socket made) {
        socket = made;
    }

    /** The loop that watches the socket; null where none does. */
    @Nullable Executor loop() {
        return socket instanceof LinkSocket linked ? linked.loop() : null;
    }

    /**
     * Until {@link #disarm}, rows that the calling thread's statement brings go to the receiver.
     */
    public void arm(Receiver to) {
        requests.forgetBound();
        worker = Thread.currentThread();
        receiver = to;
    }

    /** Rows go to pgjdbc again. */
    public void disarm() {
        receiver = null;
        worker = null;
    }

    /** What rows are for now; null for pgjdbc. */
    @Nullable Receiver receiver() {
        return Thread.currentThread().equals(worker) ? receiver : null;
    }

    /** Whether the server has sent what nobody has read, or is known to have gone. */
    boolean unread() {
        Socket of = socket;
        try {
            return of != null && (of.isInputShutdown() || of.getInputStream().available() > 0);
        } catch (IOException e) {
            // It is closed: whoever asks it hears so.
            return true;
        }
    }

    TapRequests requests() {
        return requests;
    }

    /** A socket whose streams pass through a tap. */
    static final class TapSocket extends Socket {
        private final RowTap tap;
        private @Nullable InputStream in;
        private @Nullable OutputStream out;

        TapSocket(RowTap tap) {
            this.tap = tap;
            tap.over(this);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new TapInput(super.getInputStream(), tap);
            }
            return in;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            if (out == null) {
                out = new TapOutput(super.getOutputStream(), tap.requests());
            }
            return out;
        }
    }
}
