package io.gatehouse.server.config;

import org.jspecify.annotations.Nullable;

/** The process environment, given by the room that may read it. */
public interface Environment {
    /** The variable's value, or null where it is not set. */
    @Nullable String get(String variable);
}
