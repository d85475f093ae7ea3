package io.gatehouse.server.admin;

import java.util.List;

/** Where people see what waits for approval, and decide. Thread-safe. */
public interface ApprovalDesk {
    /**
     * Who says so; not proven yet.
     *
     * @param password wiped by whoever proves it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Claim(String user, char[] password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Claim[" + user + "]";
        }
    }

    /** What came of it. */
    sealed interface Outcome {
        /** Those that the person may decide, oldest first. */
        record Shown(List<ApprovalView> approvals) implements Outcome {}

        record Decided(ApprovalView approval) implements Outcome {}

        /** Nobody has that name and password. */
        record NotProven() implements Outcome {}

        /** Too many wrong passwords came lately: none is looked at now. */
        record NotNow() implements Outcome {}

        record NotAllowed(String why) implements Outcome {}

        record Unknown() implements Outcome {}

        /** Somebody was faster. */
        record TooLate(ApprovalView approval) implements Outcome {}
    }

    Outcome show(Claim claim);

    Outcome decide(Claim claim, String id, boolean approves);
}
