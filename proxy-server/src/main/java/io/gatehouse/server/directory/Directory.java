package io.gatehouse.server.directory;

import java.util.List;
import java.util.Optional;

/**
 * The logical connections, as of now: what is found may be another one after a reload. Thread-safe.
 */
public interface Directory {
    /** The logical connection of that name; names are case-sensitive. */
    Optional<LogicalConnection> find(String name);

    /** All names, sorted. */
    List<String> names();
}
