package io.gatehouse.server.wire;

/** The transaction state of a session as messages tell it. */
public enum TransactionStatus {
    NONE('I'),
    OPEN('T'),
    FAILED('E');

    private final char letter;

    TransactionStatus(char letter) {
        this.letter = letter;
    }

    /** The byte on the wire. */
    public char letter() {
        return letter;
    }
}
