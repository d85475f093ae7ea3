package io.gatehouse.server.execute;

/** How many rows to bring at once, so that a driver holds about a fixed number of bytes. */
final class FetchRows {
    /** Rows of the first portion, when their size is not known yet. */
    static final int FIRST = 64;

    private static final int MOST = 2_000;
    private static final long BYTES = 512 * 1024;

    private FetchRows() {}

    /**
     * The next portion's rows.
     *
     * @param rows read so far; above zero
     * @param bytes that they had, about
     */
    static int next(long rows, long bytes) {
        long each = Math.max(1, bytes / rows);
        return Math.clamp(BYTES / each, 1, MOST);
    }
}
