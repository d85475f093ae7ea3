package io.gatehouse.server.boot;

import io.gatehouse.server.config.YamlFiles;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What commands about policy files have in common: which files, and how to say what is found. */
final class PolicyPath {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = "conf/policies",
            description = "A policy file or a folder of them (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of("conf/policies");

    @Option(names = "--json", description = "Says it as JSON.")
    private boolean json;

    Path path() {
        return path;
    }

    List<Path> files() throws IOException {
        return YamlFiles.of(path);
    }

    boolean json() {
        return json;
    }
}
