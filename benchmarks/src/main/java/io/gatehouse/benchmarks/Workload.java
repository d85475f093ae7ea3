package io.gatehouse.benchmarks;

import java.sql.SQLException;

/** One kind of work, the same for every target. */
interface Workload {
    /** As on the command line. */
    String name();

    /** As in the report. */
    String title();

    /** What one operation is, in the plural. */
    String unit();

    /** Connects and prepares; the connections are those given, so that they can be dropped. */
    Load open(Connections connections) throws Exception;

    /** The work on one target. The caller closes or drops its connections. */
    interface Load {
        /**
         * Works for about this long, or does the work once where it has a size of its own.
         *
         * @throws WrongAnswer where an answer is not the right one
         */
        Tally round(long nanos) throws Exception;

        /** After the last round: what they left behind in the database is right. */
        default void verify() throws SQLException, WrongAnswer {}
    }
}
