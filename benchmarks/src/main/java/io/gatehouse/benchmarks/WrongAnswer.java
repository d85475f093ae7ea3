package io.gatehouse.benchmarks;

/** A target answered, and the answer was not the right one. */
final class WrongAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private WrongAnswer(String message) {
        super(message);
    }

    static void unless(boolean right, String message) throws WrongAnswer {
        if (!right) {
            throw new WrongAnswer(message);
        }
    }

    static void unlessEqual(long wanted, long got, String what) throws WrongAnswer {
        if (wanted != got) {
            throw new WrongAnswer(what + ": expected " + wanted + ", got " + got);
        }
    }
}
