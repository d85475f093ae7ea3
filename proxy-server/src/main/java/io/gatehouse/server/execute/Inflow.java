package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;

/** A parameter's value that arrives while its statement runs. Read once, by the worker. */
public interface Inflow {
    /** Bytes that come in all; -1 where that is not known. */
    long length();

    /** The value; reading blocks for what is not here and fails where no more will come. */
    InputStream open();

    /** Whether it was opened, so that its statement cannot run a second time. */
    boolean begun();

    /** Bytes of the largest value that may be held as a whole, for drivers that need it so. */
    int largestWhole();

    /** Why the broker ended it before its end; null where it did not. */
    @Nullable Fault broken();
}
