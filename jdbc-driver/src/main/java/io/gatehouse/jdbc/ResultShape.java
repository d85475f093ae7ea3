package io.gatehouse.jdbc;

import java.sql.ResultSet;

/** What kind of result sets a statement makes. Immutable. */
final class ResultShape {
    /** As a connection's statements are when nothing is asked for; its holdability counts. */
    static final ResultShape USUAL =
            new ResultShape(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, 0);

    private final int type;
    private final int concurrency;
    private final int holdability;

    /** A shape; holdability 0 is that of the connection. */
    ResultShape(int type, int concurrency, int holdability) {
        this.type = type;
        this.concurrency = concurrency;
        this.holdability = holdability;
    }

    int type() {
        return type;
    }

    int concurrency() {
        return concurrency;
    }

    int holdability() {
        return holdability;
    }

    boolean scrolls() {
        return type != ResultSet.TYPE_FORWARD_ONLY;
    }

    boolean isUpdatable() {
        return concurrency == ResultSet.CONCUR_UPDATABLE;
    }
}
