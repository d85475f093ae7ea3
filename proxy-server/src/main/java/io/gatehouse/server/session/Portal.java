package io.gatehouse.server.session;

import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.wire.Formats;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A statement with its values, from Bind to the end of its transaction. Owned by the event loop.
 */
final class Portal {
    final PlainStatement statement;
    final List<Parameter> parameters;
    final Formats formats;
    boolean describe;
    State state = State.BOUND;
    @Nullable Request request;
    @Nullable PlainReply reply;

    /** Why its rows came to an end while nobody asked for them. */
    @Nullable Fault failure;

    /** How far it is. */
    enum State {
        BOUND,
        RUNNING,
        SUSPENDED,
        ENDED
    }

    Portal(PlainStatement statement, List<Parameter> parameters, Formats formats) {
        this.statement = statement;
        this.parameters = parameters;
        this.formats = formats;
    }
}
