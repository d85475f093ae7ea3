package io.gatehouse.jdbc.wire;

/** A message from the broker: a {@link Reply} to a request or a {@link Greeting}. Immutable. */
public abstract class BackendMessage {
    BackendMessage() {}

    /** The kind of the message only: it may hold values. */
    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}
