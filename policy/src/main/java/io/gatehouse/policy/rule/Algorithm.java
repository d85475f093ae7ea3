package io.gatehouse.policy.rule;

/** How the values of a masked column are shown. */
public sealed interface Algorithm {

    /** Not at all. */
    record Nothing() implements Algorithm {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public String word() {
            return "null";
        }
    }

    /** As the same text or number, whatever they are. */
    record Constant(String value) implements Algorithm {
        @Override
        public int rank() {
            return 1;
        }

        @Override
        public String word() {
            return "constant";
        }

        /** It tells nothing of the value, so that it may stand for any that is computed. */
        @Override
        public Algorithm computed() {
            return this;
        }
    }

    /** As a code that is the same for the same value. */
    record Hash(int length) implements Algorithm {
        @Override
        public int rank() {
            return 2;
        }

        @Override
        public String word() {
            return "hash";
        }
    }

    /** As the beginning and the end of the text. */
    record Partial(int first, int last) implements Algorithm {
        @Override
        public int rank() {
            return 3;
        }

        @Override
        public String word() {
            return "partial";
        }
    }

    /** As the beginning of the year, month or day. */
    record Truncate(Unit to) implements Algorithm {
        @Override
        public int rank() {
            return 4;
        }

        @Override
        public String word() {
            return "truncate";
        }
    }

    /** To what a date is cut, the coarsest first. */
    enum Unit {
        YEAR,
        MONTH,
        DAY
    }

    /** Shows nothing. */
    Algorithm NOTHING = new Nothing();

    /** The lower, the less is shown. */
    int rank();

    /** The word in policy files. */
    String word();

    /**
     * For a value that is computed from the column: a part of a text or a shifted date would show,
     * bit by bit, what the algorithm hides.
     */
    default Algorithm computed() {
        return NOTHING;
    }

    /** The one that shows less. */
    static Algorithm stricter(Algorithm a, Algorithm b) {
        if (a.rank() != b.rank()) {
            return a.rank() < b.rank() ? a : b;
        }
        if (a instanceof Hash one && b instanceof Hash other) {
            return one.length() <= other.length() ? a : b;
        }
        if (a instanceof Partial one && b instanceof Partial other) {
            return new Partial(
                    Math.min(one.first(), other.first()), Math.min(one.last(), other.last()));
        }
        if (a instanceof Truncate one && b instanceof Truncate other) {
            return one.to().compareTo(other.to()) <= 0 ? a : b;
        }
        return a;
    }
}
