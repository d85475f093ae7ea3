package io.gatehouse.server.auth;

import java.util.Optional;

/** Where users are found. Thread-safe; answers from memory, for event loops ask it. */
@FunctionalInterface
public interface UserStore {
    Optional<UserRecord> find(String user);
}
