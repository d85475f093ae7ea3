package io.gatehouse.server.boot;

import io.gatehouse.server.traffic.AuditFiles;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What commands about recorded traffic have in common: which records, and how to say it. */
final class AuditPath {
    @Parameters(
            arity = "1..*",
            paramLabel = "AUDIT",
            description = "Audit files, also .gz, or folders of them.")
    private List<Path> audit = List.of();

    @Option(names = "--json", description = "Says it as JSON.")
    private boolean json;

    AuditFiles files() throws IOException {
        return AuditFiles.of(audit);
    }

    boolean json() {
        return json;
    }
}
