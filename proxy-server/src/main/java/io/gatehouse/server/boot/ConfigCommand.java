package io.gatehouse.server.boot;

import picocli.CommandLine.Command;

/** Groups the commands of {@code gatehouse config}. */
@Command(
        name = "config",
        description = "The configuration directory.",
        mixinStandardHelpOptions = true)
final class ConfigCommand {}
