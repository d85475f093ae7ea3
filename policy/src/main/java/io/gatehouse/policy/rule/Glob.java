package io.gatehouse.policy.rule;

import java.util.List;
import java.util.Locale;

/** A pattern in which {@code *} stands for any characters; letters match in either case. */
public final class Glob {
    private final String pattern;
    private final boolean everything;

    /** A pattern as written in a rule. */
    public Glob(String pattern) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
        this.everything = pattern.equals("*");
    }

    /** Whether the pattern takes every text. */
    public boolean everything() {
        return everything;
    }

    /** Whether {@code text} has the form of the pattern. */
    public boolean matches(String text) {
        if (everything) {
            return true;
        }
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == lower(text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether one of the patterns takes the text. */
    static boolean any(List<Glob> patterns, String text) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every text of the other's form has this one's too. */
    boolean covers(Glob other) {
        // A star of the other's is taken by a star of this one's only, whatever it stands for.
        return everything || matches(other.pattern);
    }

    private static char lower(char c) {
        return Character.toLowerCase(c);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
