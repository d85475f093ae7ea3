package io.gatehouse.policy.sql;

/** Says that a text, or a part of it, cannot be read with certainty. Never leaves the room. */
final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String why) {
        // Analysis meets hostile text at full speed: a stack trace would be most of the cost.
        super(why, null, false, false);
    }

    String why() {
        String message = getMessage();
        return message == null ? "unknown" : message;
    }
}
