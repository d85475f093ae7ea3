package io.gatehouse.server.boot;

import io.gatehouse.server.admin.AdminServer;
import io.gatehouse.server.audit.AuditLog;
import io.gatehouse.server.config.ConfigurationProblems;
import io.gatehouse.server.config.Environment;
import io.gatehouse.server.config.LiveConfiguration;
import io.gatehouse.server.config.ServerSettings;
import io.gatehouse.server.config.ServerSettings.Audit;
import io.gatehouse.server.config.ServerSettings.CertificateFiles;
import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.secret.SecretException;
import io.gatehouse.server.secret.SelfSigned;
import io.gatehouse.server.secret.TlsFiles;
import io.gatehouse.server.secret.TlsIdentity;
import io.gatehouse.server.trace.SpanLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A running broker. Starts configuration, certificate, audit, front door (pools, sessions,
 * listener) and admin port in this order, and stops them in the opposite one. Thread-safe.
 */
final class Broker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Broker.class);
    private static final Duration LOOK_FOR_CHANGES = Duration.ofSeconds(1);

    private interface Part {
        void close() throws Exception;
    }

    private final Deque<Part> parts = new ArrayDeque<>();
    private final LiveConfiguration configuration;
    private final FrontDoor door;
    private final Optional<AdminServer> admin;
    private boolean closed;

    private Broker(LiveConfiguration configuration, FrontDoor door, Optional<AdminServer> admin) {
        this.configuration = configuration;
        this.door = door;
        this.admin = admin;
    }

    /**
     * Starts a broker. When any part cannot be started, those before it are stopped again.
     *
     * @param dir the configuration directory
     * @param standardOutput for audit records, where the configuration sends them there
     */
    static Broker start(
            Path dir, Environment environment, FrontDoor.Opener opener, OutputStream standardOutput)
            throws ConfigurationProblems, SecretException, BootException {
        Deque<Part> started = new ArrayDeque<>();
        try {
            LiveConfiguration configuration = LiveConfiguration.open(dir, environment);
            started.push(configuration::close);
            ServerSettings settings = configuration.current().server();
            TlsIdentity tls = tls(dir, settings);
            Meter meter = new Meter();
            started.push(meter::close);
            AuditLog audit = audit(settings.audit(), standardOutput);
            started.push(audit::close);
            meter.gauge(
                    "audit.lost", "Audit records that could not be kept", audit, AuditLog::lost);
            Optional<SpanLog> spans =
                    settings.traces()
                            .collector()
                            .map(collector -> new SpanLog(collector, Main.Version.text()));
            spans.ifPresent(log -> {
                started.push(log::close);
                meter.gauge("spans.lost", "Spans that could not be sent", log, SpanLog::lost);
            });
            FrontDoor door =
                    door(
                            opener,
                            settings,
                            new FrontDoor.Parts(configuration, tls, audit, spans, meter));
            started.push(door::close);
            meter.pools(door::pools);
            Optional<AdminServer> admin = admin(settings.admin(), door, audit, meter);
            admin.ifPresent(server -> started.push(server::close));
            configuration.onChange(door::changed);
            configuration.watch(LOOK_FOR_CHANGES);
            Broker broker = new Broker(configuration, door, admin);
            broker.parts.addAll(started);
            return broker;
        } catch (ConfigurationProblems | SecretException | BootException | RuntimeException e) {
            stop(started);
            throw e;
        }
    }

    int port() {
        return door.port();
    }

    /** The admin port, or 0 where it is turned off. */
    int adminPort() {
        return admin.map(AdminServer::port).orElse(0);
    }

    LiveConfiguration configuration() {
        return configuration;
    }

    /** Takes no new client, lets open transactions end within the configured time, then stops. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        log.info("stopping: no new clients, open transactions may end");
        try {
            door.drain(configuration.current().server().drain());
        } catch (RuntimeException e) {
            log.error("draining failed; stopping at once", e);
        }
        stop(parts);
        log.info("stopped");
    }

    private static void stop(Deque<Part> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.error("a part of the broker could not be stopped", e);
            }
        }
    }

    private static FrontDoor door(
            FrontDoor.Opener opener, ServerSettings settings, FrontDoor.Parts parts)
            throws BootException {
        try {
            return opener.open(parts);
        } catch (IOException e) {
            ServerSettings.Listen listen = settings.listen();
            throw Ports.cannotListen("listen.port", "--port", listen.address(), listen.port(), e);
        }
    }

    private static Optional<AdminServer> admin(
            ServerSettings.Admin settings, FrontDoor door, AuditLog audit, Meter meter)
            throws BootException {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    AdminServer.start(
                            settings.address(),
                            settings.port(),
                            settings.allowRemote(),
                            () -> obstacles(door, audit),
                            meter,
                            door::sessions,
                            door::pools,
                            door.approvals()));
        } catch (IOException e) {
            throw Ports.cannotListen(
                    "admin.port", "--admin-port", settings.address(), settings.port(), e);
        }
    }

    private static List<String> obstacles(FrontDoor door, AuditLog audit) {
        List<String> obstacles = new ArrayList<>();
        if (!door.listening()) {
            obstacles.add("no new clients are taken");
        }
        if (!audit.healthy()) {
            obstacles.add("the audit log cannot be written");
        }
        return obstacles;
    }

    private static TlsIdentity tls(Path dir, ServerSettings settings) throws SecretException {
        Optional<CertificateFiles> files = settings.listen().certificate();
        return files.isPresent()
                ? TlsFiles.read(files.get().certificate(), files.get().key())
                : SelfSigned.readOrMake(dir.resolve("tls"), hostName(), InstantSource.system());
    }

    private static AuditLog audit(Audit settings, OutputStream standardOutput)
            throws BootException {
        return switch (settings) {
            case Audit.StandardOutput to -> AuditLog.toStream(standardOutput);
            case Audit.File file -> {
                try {
                    yield AuditLog.toFile(file.file(), file.rotateBytes(), file.keep());
                } catch (IOException e) {
                    throw new BootException("the audit file cannot be opened: " + e, e);
                }
            }
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
