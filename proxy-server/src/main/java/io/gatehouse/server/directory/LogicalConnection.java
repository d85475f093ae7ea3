package io.gatehouse.server.directory;

import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.secret.Secret;

import java.util.Set;

/**
 * One database as clients know it. Immutable.
 *
 * @param name what clients ask for
 * @param kind the kind of database behind it
 * @param target where it is
 * @param backendUser who the broker is there; empty where the kind knows no users
 * @param password the broker's password there; empty where none is needed
 * @param pool the bounds of its pool
 * @param timeouts how long work may take
 * @param grants who may use it
 * @param labels free words for policy and people
 */
public record LogicalConnection(
        String name,
        Kind kind,
        Target target,
        String backendUser,
        Secret password,
        PoolSettings pool,
        Timeouts timeouts,
        Grants grants,
        Set<String> labels) {
    public LogicalConnection {
        labels = Set.copyOf(labels);
    }

    /** Whether both lead to the same place with the same credential and the same bounds. */
    public boolean sameAs(LogicalConnection other) {
        return equals(other.withPassword(password)) && password.matches(other.password);
    }

    /** Whether backend connections opened for one serve the other too: grants may differ. */
    public boolean samePoolAs(LogicalConnection other) {
        return name.equals(other.name)
                && kind.name().equals(other.kind.name())
                && target.equals(other.target)
                && backendUser.equals(other.backendUser)
                && pool.equals(other.pool)
                && password.matches(other.password);
    }

    private LogicalConnection withPassword(Secret same) {
        return new LogicalConnection(
                name, kind, target, backendUser, same, pool, timeouts, grants, labels);
    }
}
