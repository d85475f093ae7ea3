package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.ParameterDescription;

import java.util.List;

/** What the backend says of a statement before it runs. Immutable. */
final class Description {
    private final List<ParameterDescription> parameters;
    private final List<Column> columns;

    Description(List<ParameterDescription> parameters, List<Column> columns) {
        this.parameters = parameters;
        this.columns = columns;
    }

    List<ParameterDescription> parameters() {
        return parameters;
    }

    /** The columns with all their fields; empty if the statement returns no rows. */
    List<Column> columns() {
        return columns;
    }
}
