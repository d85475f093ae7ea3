package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.session.RowPlace;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a result as far as they were read, kept up to a number of bytes. */
final class KeptRows {
    private static final int BYTES_PER_ROW = 32;

    private final RowCursor source;
    private final long limit;
    private final List<RowPlace> places = new ArrayList<>();
    private boolean complete;
    private @Nullable SQLException failure;

    /** Keeps at most about {@code limit} bytes. */
    KeptRows(RowCursor source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    /** Whether there is a row of this number, counted from 0; reads as far as that takes. */
    boolean has(int index) throws SQLException {
        while (index >= places.size() && !complete) {
            read();
        }
        return index < places.size();
    }

    /** Reads to the end, and tells how many rows there are. */
    int count() throws SQLException {
        while (!complete) {
            read();
        }
        return places.size();
    }

    /** Makes a row the current one of the source; it must be there. */
    void show(int index) throws SQLException {
        source.show(places.get(index));
    }

    void replace(int index, RowPlace row) {
        places.set(index, row);
    }

    void remove(int index) {
        places.remove(index);
    }

    void add(RowPlace row) {
        places.add(row);
    }

    private void read() throws SQLException {
        SQLException before = failure;
        if (before != null) {
            throw before;
        }
        try {
            if (!source.next()) {
                complete = true;
                return;
            }
            places.add(source.place());
            if (source.bytesRead() + (long) places.size() * BYTES_PER_ROW > limit) {
                places.clear();
                throw tooMany();
            }
        } catch (SQLException e) {
            // What is missing must not look like the end when somebody asks again.
            failure = e;
            throw e;
        }
    }

    private SQLException tooMany() {
        return Faults.tooLarge(
                "A result set that can be scrolled or updated keeps its rows, and these take"
                        + " more than "
                        + limit
                        + " bytes: read fewer rows, read forward only, or raise the"
                        + " property 'keptRows'.");
    }
}
