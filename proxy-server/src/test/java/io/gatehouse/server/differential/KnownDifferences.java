package io.gatehouse.server.differential;

import java.util.List;
import java.util.regex.Pattern;

/** What cannot be the same, each with the heading in docs/jdbc-compatibility.md that says why. */
final class KnownDifferences {
    private static final List<Known> ALL = List.of();

    private KnownDifferences() {}

    /** A difference: where, as a pattern over kind, program and observation. */
    record Known(String documented, Pattern where) {
        static Known of(String documented, String where) {
            return new Known(documented, Pattern.compile(where));
        }
    }

    static boolean isKnown(String where) {
        return ALL.stream().anyMatch(known -> known.where().matcher(where).matches());
    }

    static List<String> documented() {
        return ALL.stream().map(Known::documented).distinct().toList();
    }
}
