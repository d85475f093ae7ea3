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
import java.util.stream.Stream;

/**
 * The admin port: {@code /health}, {@code /ready}, {@code /metrics}, {@code /sessions} and {@code
 * /pools}, each by GET or HEAD, and {@code /approvals}. All but the last ask for no password, so it
 * listens on loopback only unless told otherwise. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService workers;
    private final Map<String, Supplier<Answer>> pages;

    /** Makes the answer to a request. */
    private interface Page {
        Answer answer(HttpExchange exchange) throws IOException;
    }

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
            Supplier<List<PoolReading>> pools,
            ApprovalDesk desk)
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
                        "/health", () -> Answer.json(200, JsonViews.health(pools.get())),
                        "/ready", () -> ready(readiness),
                        "/metrics", () -> Answer.metrics(meter.scrape()),
                        "/sessions", () -> Answer.json(200, JsonViews.sessions(sessions.get())),
                        "/pools", () -> Answer.json(200, JsonViews.pools(pools.get())));
        AdminServer admin = new AdminServer(server, workers, pages);
        server.createContext("/", exchange -> handle(exchange, admin::answer));
        ApprovalPages approvals = new ApprovalPages(desk);
        server.createContext(ApprovalPages.PATH, exchange -> handle(exchange, approvals::answer));
        server.setExecutor(workers);
        server.start();
        return admin;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange, Page page) {
        try (exchange) {
            Answer answer = safely(exchange, page);
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
            return Answer.error(404, "there is nothing here; there are " + sorted());
        }
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.error(405, "only GET and HEAD are taken here");
        }
        return page.get();
    }

    private static Answer safely(HttpExchange exchange, Page page) throws IOException {
        try {
            return page.answer(exchange);
        } catch (RuntimeException e) {
            log.error("{} of the admin port failed", exchange.getRequestURI().getPath(), e);
            return Answer.error(500, "the page could not be made; the broker's log says why");
        }
    }

    private String sorted() {
        return String.join(
                ", ",
                Stream.concat(pages.keySet().stream(), Stream.of(ApprovalPages.PATH))
                        .sorted()
                        .toList());
    }

    private static Answer ready(Readiness readiness) {
        List<String> obstacles = readiness.obstacles();
        int status = obstacles.isEmpty() ? 200 : 503;
        return Answer.json(status, JsonViews.readiness(obstacles));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
