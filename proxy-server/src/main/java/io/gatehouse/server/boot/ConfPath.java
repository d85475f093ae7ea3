package io.gatehouse.server.boot;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** What commands about a whole configuration have in common: where it is. */
final class ConfPath {
    @Option(
            names = "--conf",
            paramLabel = "DIR",
            defaultValue = "conf",
            description = "The configuration directory (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of("conf");

    Path path() {
        return path;
    }
}
