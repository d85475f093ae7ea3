package io.gatehouse.server.containers;

import org.testcontainers.DockerClientFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Whether there is a Docker engine; found out once, and in bounded time. */
final class DockerEngine {
    private static final long PATIENCE_SECONDS = 20;
    private static final boolean THERE = mayBeThere() && answers();

    private DockerEngine() {}

    static boolean isThere() {
        return THERE;
    }

    /** Without any sign of an engine, Testcontainers' own slow search is not started. */
    private static boolean mayBeThere() {
        String home = System.getProperty("user.home", "");
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run/user/none");
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of(home, ".testcontainers.properties"))
                || List.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(runtime, "docker.sock"),
                                Path.of(home, ".docker/run/docker.sock"),
                                Path.of(home, ".docker/desktop/docker.sock"))
                        .stream()
                        .anyMatch(Files::exists);
    }

    private static boolean answers() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        // A daemon: a search that hangs must not keep the test run from ending.
        Thread.ofPlatform()
                .daemon()
                .name("docker-search")
                .start(() -> {
                    try {
                        answer.complete(DockerClientFactory.instance().isDockerAvailable());
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
        try {
            return answer.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return false;
        }
    }
}
