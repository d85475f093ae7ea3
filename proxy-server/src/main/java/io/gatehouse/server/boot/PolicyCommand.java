package io.gatehouse.server.boot;

import picocli.CommandLine.Command;

/** Groups the commands of {@code gatehouse policy}. */
@Command(
        name = "policy",
        description = "Policy files: check, test, explain and replay them before they are live.",
        mixinStandardHelpOptions = true)
final class PolicyCommand {}
