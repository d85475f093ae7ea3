package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.pool.Pool;
import io.gatehouse.server.pool.VersionTask;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Finds the version of the server that a plain client is told at its login. */
final class VersionAtLogin implements VersionTask {
    private static final Logger LOG = LoggerFactory.getLogger(VersionAtLogin.class);

    private final Client client;
    private final Consumer<String> onKnown;
    private final Consumer<Fault> onRefused;

    private VersionAtLogin(Client client, Consumer<String> onKnown, Consumer<Fault> onRefused) {
        this.client = client;
        this.onKnown = onKnown;
        this.onRefused = onRefused;
    }

    /**
     * Calls one of the two on the client's event loop: before it returns, unless the backend has to
     * be reached first. Called there.
     */
    static void find(
            Opening opening,
            SessionContext context,
            Consumer<String> onKnown,
            Consumer<Fault> onRefused) {
        if (context.kind().dialect() != Dialect.POSTGRESQL) {
            onKnown.accept(own(opening.version(), context.kind().name()));
            return;
        }
        Pool pool = context.pool(opening.target());
        Optional<String> version = pool.serverVersion();
        if (version.isPresent()) {
            onKnown.accept(version.get());
        } else {
            pool.serverVersion(new VersionAtLogin(opening.client(), onKnown, onRefused));
        }
    }

    /**
     * For kinds other than PostgreSQL. Tools read the number in front and expect the catalogues and
     * messages of that version; what follows tells people what is behind it.
     */
    private static String own(String version, String kind) {
        return "17.0 (Gatehouse " + version + "; " + kind + ")";
    }

    @Override
    public void known(String version) {
        onLoop(() -> onKnown.accept(version));
    }

    @Override
    public void refused(Fault fault) {
        onLoop(() -> onRefused.accept(fault));
    }

    private void onLoop(Runnable work) {
        try {
            client.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("the broker went down before client {} was greeted", client.address());
        }
    }
}
