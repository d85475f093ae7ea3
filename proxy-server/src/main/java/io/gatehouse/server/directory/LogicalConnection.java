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
 * @param replicas what may answer reads in its place
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
        Set<String> labels,
        Replicas replicas) {
    public LogicalConnection {
        labels = Set.copyOf(labels);
    }

    /** One without replicas. */
    public LogicalConnection(
            String name,
            Kind kind,
            Target target,
            String backendUser,
            Secret password,
            PoolSettings pool,
            Timeouts timeouts,
            Grants grants,
            Set<String> labels) {
        this(
                name,
                kind,
                target,
                backendUser,
                password,
                pool,
                timeouts,
                grants,
                labels,
                Replicas.NONE);
    }

    /** Whether both lead to the same place with the same credential and the same bounds. */
    public boolean sameAs(LogicalConnection other) {
        return equals(other.with(password, replicas))
                && password.matches(other.password)
                && replicas.sameAs(other.replicas);
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

    /** The same with replicas. */
    public LogicalConnection with(Replicas others) {
        return with(password, others);
    }

    private LogicalConnection with(Secret secret, Replicas others) {
        return new LogicalConnection(
                name, kind, target, backendUser, secret, pool, timeouts, grants, labels, others);
    }
}
