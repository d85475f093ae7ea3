package io.gatehouse.server.pool;

/** A place in a pool's queue. */
public interface Waiting {
    /**
     * Leaves the queue. Neither method of the task is called any more when this returns true; false
     * says that the task was answered, or is about to be.
     */
    boolean giveUp();
}
