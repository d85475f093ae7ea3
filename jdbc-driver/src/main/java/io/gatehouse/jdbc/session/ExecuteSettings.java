package io.gatehouse.jdbc.session;

/** How a statement is to be run. Immutable. */
public final class ExecuteSettings {
    private final int expect;
    private final int timeoutMillis;
    private final long maxRows;
    private final int fetchRows;

    /**
     * Settings of one execution.
     *
     * @param expect a constant of {@link io.gatehouse.jdbc.wire.Request.Execute}
     * @param timeoutMillis 0: none
     * @param maxRows 0: all
     * @param fetchRows 0: the broker's choice
     */
    public ExecuteSettings(int expect, int timeoutMillis, long maxRows, int fetchRows) {
        this.expect = expect;
        this.timeoutMillis = timeoutMillis;
        this.maxRows = maxRows;
        this.fetchRows = fetchRows;
    }

    int expect() {
        return expect;
    }

    int timeoutMillis() {
        return timeoutMillis;
    }

    long maxRows() {
        return maxRows;
    }

    int fetchRows() {
        return fetchRows;
    }
}
