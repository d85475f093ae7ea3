package io.gatehouse.server.recall;

import io.gatehouse.server.execute.Column;
import io.gatehouse.server.execute.RowSink;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One result as a sink was told it. Immutable. */
public final class Answer {
    private static final int PER_COLUMN = 512;

    private final List<Column> columns;
    private final boolean fullDetail;
    private final byte[] rows;
    private final long count;
    private final boolean complete;

    /**
     * @param rows as {@link Values} writes them; ownership passes to the answer
     * @param complete false where a limit left rows out
     */
    Answer(List<Column> columns, boolean fullDetail, byte[] rows, long count, boolean complete) {
        this.columns = List.copyOf(columns);
        this.fullDetail = fullDetail;
        this.rows = rows;
        this.count = count;
        this.complete = complete;
    }

    /** About how many bytes it takes. */
    long weight() {
        return rows.length + (long) PER_COLUMN * columns.size();
    }

    /**
     * Tells it again. Blocks while the client wants nothing.
     *
     * @return false when the client no longer wants it
     */
    public boolean tell(RowSink to) throws InterruptedException {
        to.columns(RowSink.Kind.RESULT, fullDetail, columns);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(rows));
        try {
            for (long row = 0; row < count; row++) {
                to.startRow();
                for (int i = 0; i < columns.size(); i++) {
                    Values.give(in, to);
                }
                boolean wanted = to.endRow();
                if (!wanted && row + 1 < count && !to.awaitDemand()) {
                    to.endRows(false);
                    return false;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was written in memory cannot be read", e);
        }
        to.endRows(complete);
        return true;
    }
}
