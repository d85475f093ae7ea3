package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.Argument;

import java.util.List;

/** A question to the backend's metadata, asked when this was made. */
public final class Question {
    private final CatalogMemory memory;
    private final String method;
    private final List<Argument> arguments;
    private final long changes = CatalogMemory.changes();
    private final long askedNanos = System.nanoTime();

    Question(CatalogMemory memory, String method, List<Argument> arguments) {
        this.memory = memory;
        this.method = method;
        this.arguments = arguments;
    }

    /** Remembers the answer, if all of it is here and nothing has changed meanwhile. */
    public void answered(RowCursor rows) {
        memory.keep(method, arguments, rows, changes, askedNanos);
    }
}
