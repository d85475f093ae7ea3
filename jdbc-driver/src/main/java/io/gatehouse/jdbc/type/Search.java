package io.gatehouse.jdbc.type;

import java.io.IOException;

/**
 * Looks for a pattern in what comes one unit after the other, and holds nothing but the pattern.
 */
final class Search {
    private final int[] pattern;
    private final int[] borders;

    Search(int[] pattern) {
        this.pattern = pattern;
        this.borders = new int[pattern.length + 1];
        borders[0] = -1;
        int border = -1;
        for (int i = 0; i < pattern.length; i++) {
            while (border >= 0 && pattern[i] != pattern[border]) {
                border = borders[border];
            }
            border++;
            borders[i + 1] = border;
        }
    }

    /** Gives the next unit, -1 at the end. */
    interface Units {
        int next() throws IOException;
    }

    /** How many units come before the pattern; -1 where it is not there. */
    long in(Units units) throws IOException {
        int matched = 0;
        long read = 0;
        while (matched < pattern.length) {
            int unit = units.next();
            if (unit < 0) {
                return -1;
            }
            read++;
            while (matched >= 0 && pattern[matched] != unit) {
                matched = borders[matched];
            }
            matched++;
        }
        return read - pattern.length;
    }
}
