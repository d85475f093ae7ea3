package io.gatehouse.server.boot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Asks a running broker whether it is well, for health checks where there is no curl. */
@Command(
        name = "health",
        description = "Asks a running broker whether it is up; the exit status is the answer.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Terminal terminal;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7480",
            description = "The broker's admin port (default: ${DEFAULT-VALUE}).")
    private URI admin = URI.create("http://127.0.0.1:7480");

    @Option(
            names = "--ready",
            description = "Asks whether it takes new work too: not while it drains.")
    private boolean ready;

    HealthCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws BootException, InterruptedException {
        URI page = page();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).GET().build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new BootException(page + " answers with status " + answer.statusCode());
            }
            terminal.out().println(answer.body());
            return Main.OK;
        } catch (IOException e) {
            throw new BootException("no healthy broker answers at " + page + ": " + e, e);
        }
    }

    private URI page() throws BootException {
        if (!"http".equals(admin.getScheme()) || admin.getHost() == null) {
            throw new BootException("--admin takes an address such as http://127.0.0.1:7480");
        }
        return admin.resolve(ready ? "/ready" : "/health");
    }
}
