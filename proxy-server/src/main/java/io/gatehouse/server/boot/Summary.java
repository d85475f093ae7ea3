package io.gatehouse.server.boot;

import io.gatehouse.server.config.Configuration;

/** A configuration in a few words. */
final class Summary {
    private Summary() {}

    static String of(Configuration configuration) {
        return count(configuration.users().size(), "user")
                + ", "
                + count(configuration.connections().size(), "connection")
                + ", policy "
                + configuration.policy().version();
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
