package io.gatehouse.server.boot;

import picocli.CommandLine.Command;

/** Groups the commands of {@code gatehouse secret}. */
@Command(
        name = "secret",
        description = "Keys and sealed passwords.",
        mixinStandardHelpOptions = true)
final class SecretCommand {}
