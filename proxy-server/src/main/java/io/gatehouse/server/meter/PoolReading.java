package io.gatehouse.server.meter;

/**
 * One pool at one moment.
 *
 * @param connection the logical connection
 * @param size the most backend connections at once
 * @param open backend connections
 * @param inUse of these, lent to sessions
 * @param waiting requests that wait for one
 * @param pinned of those in use, held by sessions outside a transaction
 */
public record PoolReading(
        String connection, int size, int open, int inUse, int waiting, int pinned) {}
