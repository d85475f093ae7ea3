package io.gatehouse.server.pool;

import io.gatehouse.server.fault.Fault;

/**
 * What somebody does who asked for the server's version. Exactly one of the methods is called,
 * once, on any thread, possibly before {@link Pool#serverVersion(VersionTask)} returns. Must not
 * block.
 */
public interface VersionTask {
    /** The version as the server itself names it; more than a number, e.g. with the packager. */
    void known(String version);

    /** The server could not be asked. */
    void refused(Fault fault);
}
