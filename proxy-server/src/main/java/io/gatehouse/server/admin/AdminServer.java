package io.gatehouse.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.meter.PoolReading;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The admin port: {@code /health}, {@code /ready}, {@code /metrics}, {@code /sessions} and {@code
 * /pools}, each by GET or HEAD. It asks for no password, so it listens on loopback only unless told
 * otherwise. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService workers;
    private final Map<String, Supplier<Answer>> pages;

    private record Answer(int status, String type, String body) {}

    private AdminServer(
            HttpServer server, ExecutorService workers, Map<String, Supplier<Answer>> pages) {
        this.server = server;
        this.workers = workers;
        this.pages = pages;
    }

    /**
     * Starts to listen.
     *
     * @param address where; loopback unless {@code allowRemote}
     * @param port 0 for any free one
     * @throws IllegalArgumentException when the address is off loopback and not allowed
     * @throws IOException when the address or port cannot be had
     */
    public static AdminServer start(
            String address,
            int port,
            boolean allowRemote,
            Readiness readiness,
            Meter meter,
            Supplier<List<SessionView>> sessions,
            Supplier<List<PoolReading>> pools)
            throws IOException {
        InetAddress host = InetAddress.getByName(address);
        if (!host.isLoopbackAddress()) {
            if (!allowRemote) {
                throw new IllegalArgumentException(
                        "the admin port asks for no password, so it listens on loopback only; set"
                            + " admin.allow-remote: true if the network in front of it is trusted");
            }
            log.warn("the admin port asks for no password and listens on {}", address);
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        ExecutorService workers =
                Executors.newFixedThreadPool(
                        THREADS,
                        Thread.ofPlatform().daemon().name("gatehouse-admin-", 0).factory());
        Map<String, Supplier<Answer>> pages =
                Map.of(
                        "/health", () -> new Answer(200, JSON, JsonViews.health(pools.get())),
                        "/ready", () -> ready(readiness),
                        "/metrics", () -> new Answer(200, PROMETHEUS, meter.scrape()),
                        "/sessions",
                                () -> new Answer(200, JSON, JsonViews.sessions(sessions.get())),
                        "/pools", () -> new Answer(200, JSON, JsonViews.pools(pools.get())));
        AdminServer admin = new AdminServer(server, workers, pages);
        server.createContext("/", admin::handle);
        server.setExecutor(workers);
        server.start();
        return admin;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean bodyless = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : body.length);
            if (!bodyless) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        } catch (IOException e) {
            log.debug("a client of the admin port went away", e);
        }
    }

    private Answer answer(HttpExchange exchange) {
        Supplier<Answer> page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return error(404, "there is nothing here; there are " + sorted());
        }
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return error(405, "only GET and HEAD are taken here");
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            log.error("{} of the admin port failed", exchange.getRequestURI().getPath(), e);
            return error(500, "the page could not be made; the broker's log says why");
        }
    }

    private String sorted() {
        return String.join(", ", pages.keySet().stream().sorted().toList());
    }

    private static Answer ready(Readiness readiness) {
        List<String> obstacles = readiness.obstacles();
        int status = obstacles.isEmpty() ? 200 : 503;
        return new Answer(status, JSON, JsonViews.readiness(obstacles));
    }

    private static Answer error(int status, String message) {
        return new Answer(status, JSON, JsonViews.error(message));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
