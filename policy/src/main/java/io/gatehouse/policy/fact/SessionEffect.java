package io.gatehouse.policy.fact;

import java.util.List;

/** What a statement does to its session besides its work on data. */
public sealed interface SessionEffect {

    /** Nothing. */
    record None() implements SessionEffect {
        /** The one instance that analysis uses. */
        public static final None INSTANCE = new None();
    }

    /** Assigns session settings. */
    record Sets(List<Setting> settings) implements SessionEffect {
        public Sets {
            settings = List.copyOf(settings);
        }
    }

    /**
     * One assignment.
     *
     * @param name lower case, in the spelling of the server's parameter ("timezone" for TIME ZONE)
     * @param valueText the value as SQL text, as written
     * @param local whether it ends with the transaction
     * @param parameter the number of the parameter that is the value, from 1 on; 0 for none
     */
    record Setting(String name, String valueText, boolean local, int parameter) {

        /** One whose value the text itself has. */
        public Setting(String name, String valueText, boolean local) {
            this(name, valueText, local, 0);
        }

        /** Without the value, which may be anything. */
        @Override
        public String toString() {
            return "Setting[name=" + name + ", local=" + local + "]";
        }
    }

    /** Gives a setting its default; {@code "*"} stands for all. */
    record Resets(String name) implements SessionEffect {}

    /** USE x, SET SCHEMA x. */
    record ChangesSchema(String name) implements SessionEffect {}

    /** SET ROLE and SET SESSION AUTHORIZATION; the role as written. */
    record ChangesRole(String role) implements SessionEffect {}

    /** Begins a transaction; options in lower case, such as "isolation level serializable". */
    record Begins(String options) implements SessionEffect {}

    /** Ends the transaction; {@code chain} begins the next one at once. */
    record Ends(boolean commit, boolean chain) implements SessionEffect {}

    /** SAVEPOINT. */
    record Saves(String savepoint) implements SessionEffect {}

    /** RELEASE SAVEPOINT. */
    record Releases(String savepoint) implements SessionEffect {}

    /** ROLLBACK TO SAVEPOINT. */
    record RollsBackTo(String savepoint) implements SessionEffect {}

    /** SET TRANSACTION, or with {@code session} the characteristics of later transactions. */
    record TransactionMode(String options, boolean session) implements SessionEffect {}

    /** A step of a transaction over several databases. */
    record TwoPhase() implements SessionEffect {}

    /** Leaves state that cannot be carried to another backend connection. */
    record Pins(PinReason reason) implements SessionEffect {}
}
