package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.differential.Transcript.Line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares two transcripts; what may differ is in {@link KnownDifferences} and documented. */
final class Comparison {
    private Comparison() {}

    /**
     * Fails with each line that differs and is not known to.
     *
     * @param where how the known differences call this program, e.g. {@code mariadb/errors}
     */
    static void same(String where, List<Line> direct, List<Line> through) {
        assertThat(differences(where, direct, through)).as("differences of %s", where).isEmpty();
    }

    /** Each line that differs and is not known to. */
    static List<String> differences(String where, List<Line> direct, List<Line> through) {
        Map<String, String> expected = byName(direct);
        Map<String, String> actual = byName(through);
        List<String> differences = new ArrayList<>();
        expected.forEach((what, value) -> {
            String other = actual.getOrDefault(what, "(nothing)");
            if (!isSame(value, other)
                    && !KnownDifferences.isKnown(where + "/" + what, value, other)) {
                differences.add(what + "\n    direct:  " + value + "\n    through: " + other);
            }
        });
        actual.forEach((what, value) -> {
            if (!expected.containsKey(what)
                    && !KnownDifferences.isKnown(where + "/" + what, "(nothing)", value)) {
                differences.add(what + "\n    direct:  (nothing)\n    through: " + value);
            }
        });
        return differences;
    }

    /** What a vendor's driver refuses or stumbles over may work; a plain class may be narrower. */
    private static boolean isSame(String direct, String through) {
        return through.equals(direct)
                || direct.equals(Transcript.REFUSED)
                || direct.startsWith(Transcript.STUMBLED)
                || direct.endsWith(" SQLFeatureNotSupportedException")
                || (direct.startsWith("error null ") && through.startsWith("error "))
                || (direct.startsWith("error ")
                        && direct.endsWith(" SQLException")
                        && through.startsWith(direct.substring(0, direct.lastIndexOf(' ') + 1)));
    }

    /** The same observation may come several times. */
    private static Map<String, String> byName(List<Line> lines) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (Line line : lines) {
            String what = line.what();
            for (int n = 2; byName.containsKey(what); n++) {
                what = line.what() + " #" + n;
            }
            byName.put(what, line.value());
        }
        return byName;
    }
}
