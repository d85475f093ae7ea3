package io.gatehouse.server.net;

/** What this room counts. Called on event loops and workers: quick and thread-safe. */
public interface Traffic {
    /** Counts nothing. */
    Traffic NONE =
            new Traffic() {
                @Override
                public void clientOpened() {}

                @Override
                public void clientClosed() {}

                @Override
                public void loginSucceeded() {}

                @Override
                public void loginFailed(String sqlState) {}

                @Override
                public void violated() {}

                @Override
                public void bytesRead(long bytes) {}

                @Override
                public void bytesWritten(long bytes) {}
            };

    /** A socket was accepted. */
    void clientOpened();

    /** A socket that was accepted is closed. */
    void clientClosed();

    void loginSucceeded();

    /**
     * A client was refused before its session began.
     *
     * @param sqlState what it was told
     */
    void loginFailed(String sqlState);

    /** A client broke the protocol within its session. */
    void violated();

    /** Bytes of messages from clients, without TLS. */
    void bytesRead(long bytes);

    /** Bytes of messages to clients, without TLS. */
    void bytesWritten(long bytes);
}
