package io.gatehouse.server.pool;

import io.gatehouse.server.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the server of a pool calls its version. However many ask before it is known, one of them
 * finds it out for all. Thread-safe.
 */
final class ServerVersion implements LeaseTask {
    private @Nullable String known;
    private List<VersionTask> asking = new ArrayList<>();

    /** A connection was opened to a server of this version. */
    void learn(String version) {
        List<VersionTask> told;
        synchronized (this) {
            known = version;
            told = takeAsking();
        }
        told.forEach(task -> task.known(version));
    }

    synchronized Optional<String> known() {
        return Optional.ofNullable(known);
    }

    /**
     * Answers as soon as the version is known.
     *
     * @param finding told to {@link #learn} or {@link #refused}, when nobody finds it out yet
     */
    void ask(VersionTask task, Runnable finding) {
        String version;
        boolean first;
        synchronized (this) {
            version = known;
            first = version == null && asking.isEmpty();
            if (version == null) {
                asking.add(task);
            }
        }
        if (version != null) {
            task.known(version);
        } else if (first) {
            finding.run();
        }
    }

    @Override
    public void run(Lease lease) {
        // Opening the connection told the version; see BackendSource.
        lease.release();
    }

    /** It could not be found out; who asks from now on has it tried again. */
    @Override
    public void refused(Fault fault) {
        List<VersionTask> told;
        synchronized (this) {
            told = takeAsking();
        }
        told.forEach(task -> task.refused(fault));
    }

    private List<VersionTask> takeAsking() {
        List<VersionTask> taken = asking;
        asking = new ArrayList<>();
        return taken;
    }
}
