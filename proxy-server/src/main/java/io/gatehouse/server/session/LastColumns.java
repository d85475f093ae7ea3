package io.gatehouse.server.session;

import io.gatehouse.server.execute.Column;

import java.util.List;

/**
 * The columns that were last sent for a statement, so that an execution that has the same ones need
 * not send them again. Thread-safe: executions of one statement may overlap while an earlier one
 * waits for its client.
 */
final class LastColumns {
    private List<Column> sent = List.of();

    /**
     * Remembers the columns of one result of the statement.
     *
     * @param result the number of the result in its execution, from 0
     * @return whether the client has them already
     */
    synchronized boolean known(int result, List<Column> columns, boolean fullDetail) {
        if (result > 0 || fullDetail) {
            return false;
        }
        boolean same = sent.equals(columns);
        sent = columns;
        return same && !columns.isEmpty();
    }
}
