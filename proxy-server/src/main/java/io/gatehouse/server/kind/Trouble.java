package io.gatehouse.server.kind;

/** What an error means for the connection it came from. */
public enum Trouble {
    /** Nothing: the connection is good. */
    NONE,
    /** The connection is gone or unusable. */
    CONNECTION_LOST,
    /** The statement was cancelled on request. */
    CANCELLED,
    /** The backend's own time limit ended the statement. */
    TIMED_OUT,
    /** The backend accepts no further connection now. */
    BACKEND_FULL
}
