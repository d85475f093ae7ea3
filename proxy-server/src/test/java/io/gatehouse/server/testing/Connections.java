package io.gatehouse.server.testing;

import io.gatehouse.server.directory.Grants;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.kind.Kinds;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.secret.Secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Logical connections to the servers of {@link Databases}. */
public final class Connections {
    private Connections() {}

    public static LogicalConnection postgres(int size) {
        return to("postgresql", Databases.postgres(), size);
    }

    public static LogicalConnection mariadb(int size) {
        return to("mariadb", Databases.mariadb(), size);
    }

    public static LogicalConnection h2(int size) {
        return of("h2", Target.of("", 0, Databases.h2()), "sa", "", size);
    }

    public static LogicalConnection sqlite(int size) {
        return of("sqlite", Target.of("", 0, Databases.sqlite()), "", "", size);
    }

    /** The same for others. */
    static LogicalConnection granted(LogicalConnection c, Grants grants) {
        return new LogicalConnection(
                c.name(),
                c.kind(),
                c.target(),
                c.backendUser(),
                c.password(),
                c.pool(),
                c.timeouts(),
                grants,
                c.labels(),
                c.replicas());
    }

    /** As the primary, but for where they are. */
    static List<LogicalConnection> replicas(
            LogicalConnection primary, TestBroker.Database... replicas) {
        List<LogicalConnection> servers = new ArrayList<>();
        for (TestBroker.Database replica : replicas) {
            servers.add(
                    new LogicalConnection(
                            Replicas.name(primary.name(), servers.size() + 1),
                            primary.kind(),
                            Target.of(replica.host(), replica.port(), replica.name()),
                            replica.user(),
                            Secret.of(replica.password().toCharArray()),
                            primary.pool(),
                            primary.timeouts(),
                            primary.grants(),
                            primary.labels()));
        }
        return servers;
    }

    /** By another port, e.g. a forwarder's. */
    public static LogicalConnection to(String kind, Databases.Server server, int size) {
        Target target = Target.of(server.host(), server.port(), server.database());
        return of(kind, target, server.user(), server.password(), size);
    }

    public static LogicalConnection of(
            String kind, Target target, String user, String password, int size) {
        return new LogicalConnection(
                kind,
                Kinds.find(kind).orElseThrow(),
                target,
                user,
                Secret.of(password.toCharArray()),
                PoolBounds.of(size).settings(),
                Timeouts.DEFAULT,
                Grants.NONE,
                Set.of());
    }
}
