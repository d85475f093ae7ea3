package io.gatehouse.server.session;

import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Parameter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * One execution of a statement.
 *
 * @param maxRows 0 for all
 * @param alone whether it is a transaction of its own where none is open
 * @param portal what is executed, or null in a simple query
 * @param byBroker whether the broker answers by itself once the gate has let the text pass
 */
record PlainTask(
        PlainStatement statement,
        List<Parameter> parameters,
        PlainReply.Shape shape,
        int maxRows,
        boolean alone,
        @Nullable Portal portal,
        boolean byBroker) {

    PlainTask {
        parameters = List.copyOf(parameters);
    }

    /** The same, answered by the broker itself. */
    PlainTask answered() {
        return new PlainTask(statement, parameters, shape, maxRows, alone, portal, true);
    }

    /** In a transaction a limited portal stays open for more; in autocommit there is no more. */
    Request.Plan plan(Duration timeout) {
        return (permitted, in) ->
                new Call.Run(
                        statement.text(permitted.get(0)),
                        parameters,
                        Call.Expect.ANYTHING,
                        in,
                        in ? 0 : maxRows,
                        maxRows,
                        timeout);
    }
}
