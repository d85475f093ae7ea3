package io.gatehouse.server.boot;

import picocli.CommandLine.Command;

/** Groups the commands of {@code gatehouse user}. */
@Command(name = "user", description = "Who may log in.", mixinStandardHelpOptions = true)
final class UserCommand {}
