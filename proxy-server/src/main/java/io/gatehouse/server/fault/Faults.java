package io.gatehouse.server.fault;

import java.time.Duration;
import java.util.Locale;

/** The catalogue: every fault that the broker itself raises. One factory each. */
public final class Faults {
    private Faults() {}

    public static Fault protocolViolation(String what) {
        return Fault.of(
                "08P01",
                "protocol violation: " + what,
                "Check that client and broker versions fit; the connection is closed.");
    }

    public static Fault frameTooLarge(long size, long limit) {
        return Fault.of(
                "08P01",
                "a message of " + size + " bytes is above the limit of " + limit + " bytes",
                "Send less at once, or ask the administrator to raise limits.frame.");
    }

    public static Fault tlsRequired() {
        return Fault.of(
                "28000",
                "this broker accepts plain text from loopback addresses only",
                "Connect with TLS (sslmode=verify-full, or require).");
    }

    public static Fault wrongPassword(String user) {
        return Fault.of(
                "28P01",
                "password authentication failed for user \"" + user + "\"",
                "Check user and password; an administrator adds users with bin/gatehouse user"
                        + " add.");
    }

    public static Fault loginTimeout() {
        return Fault.of(
                "08006", "the login did not finish in time", "Connect again; check the network.");
    }

    public static Fault tooManyClients(int limit) {
        return Fault.of(
                "53300",
                "the broker already serves its " + limit + " clients",
                "Try again later, or ask the administrator to raise limits.clients.");
    }

    public static Fault unknownConnection(String name) {
        return Fault.of(
                "3D000",
                "logical connection \"" + name + "\" does not exist",
                "Use a name from the administrator; each is a file in conf/connections.");
    }

    public static Fault noGrant(String user, String name) {
        return Fault.of(
                "42501",
                "user \"" + user + "\" may not use logical connection \"" + name + "\"",
                "Ask the administrator for a grant in conf/connections.");
    }

    public static Fault tooManyClientsOfUser(String user, int limit) {
        return Fault.of(
                "53300",
                "user \"" + user + "\" already has the " + limit + " connections it may have",
                "Close some, or ask the administrator to raise limits.clients-per-user or the"
                        + " user's clients in users.yaml.");
    }

    /** There may be room in a moment. */
    private static Fault noRoom(String message, String hint) {
        return Fault.of("53300", message, hint).as(FaultClass.TRANSIENT_CONNECTION);
    }

    public static Fault poolFull(String name, int size, int waiting, int users) {
        return noRoom(
                "all "
                        + size
                        + " backend connections of \""
                        + name
                        + "\" are in use and "
                        + waiting
                        + " requests wait already (users: "
                        + users
                        + ")",
                "Try again later, or ask the administrator to raise pool.size or pool.waiting.");
    }

    public static Fault userQueueFull(String name, int limit) {
        return noRoom(
                limit
                        + " requests of yours wait for a backend connection of \""
                        + name
                        + "\" already, the most that one user may have",
                "Send fewer at once, or ask the administrator to raise pool.per-user.waiting.");
    }

    /**
     * @param after when it may be worth trying again
     */
    public static Fault poolTooSlow(
            String name, int waiting, Duration expected, Duration patience, Duration after) {
        return noRoom(
                "a backend connection of \""
                        + name
                        + "\" would become free in about "
                        + expected.toMillis()
                        + " ms, later than the "
                        + patience.toMillis()
                        + " ms that a request waits ("
                        + waiting
                        + " wait already)",
                "Try again in " + Math.max(1, after.toMillis()) + " ms.");
    }

    public static Fault poolTimeout(String name, int size, Duration waited, int waiting) {
        return noRoom(
                "no backend connection of \""
                        + name
                        + "\" became free within "
                        + waited.toMillis()
                        + " ms (all "
                        + size
                        + " are in use, "
                        + waiting
                        + " more requests wait)",
                "Try again later; look for long transactions on the admin port under /sessions.");
    }

    public static Fault userBusy(String name, int limit, Duration waited) {
        return noRoom(
                noneFree(name, limit, "one user", waited),
                "Run fewer statements and transactions at once, or ask the administrator to raise"
                        + " pool.per-user.connections.");
    }

    public static Fault slowBusy(String name, int limit, Duration waited) {
        return noRoom(
                noneFree(name, limit, "slow statements", waited),
                "Try again later, make the statement faster, or ask the administrator to raise"
                        + " pool.slow.connections.");
    }

    private static String noneFree(String name, int limit, String whose, Duration waited) {
        return "none of the "
                + limit
                + " backend connections of \""
                + name
                + "\" that "
                + whose
                + " may have became free within "
                + waited.toMillis()
                + " ms";
    }

    /**
     * @param since for how long it could not be reached
     * @param probe until the next attempt; zero where it is under way
     */
    public static Fault circuitOpen(String name, Duration since, Duration probe, String why) {
        String next =
                probe.isZero()
                        ? "The broker is trying to connect now; try again in a moment."
                        : "The broker connects again in " + probe.toMillis() + " ms; try then.";
        return Fault.of(
                        "08001",
                        "the database behind \""
                                + name
                                + "\" could not be reached for the last "
                                + since.toMillis()
                                + " ms: "
                                + why,
                        next)
                .as(FaultClass.TRANSIENT_CONNECTION);
    }

    public static Fault backendUnavailable(String name, String why) {
        return Fault.of(
                        "08001",
                        "the database behind \"" + name + "\" cannot be reached: " + why,
                        "Try again later; an administrator checks host, port and password in"
                                + " conf/connections.")
                .as(FaultClass.TRANSIENT_CONNECTION);
    }

    public static Fault backendLost(String name, String why) {
        return Fault.of(
                "08006",
                "the connection to the database behind \"" + name + "\" was lost: " + why,
                "Open work on it is gone; begin the transaction again.");
    }

    public static Fault commitUnknown(String name, String why) {
        return Fault.of(
                "08007",
                "the connection to the database behind \""
                        + name
                        + "\" was lost during COMMIT: "
                        + why,
                "Whether the transaction was committed is unknown; check before you repeat it.");
    }

    public static Fault changeUnknown(String name, String why) {
        return Fault.of(
                "08007",
                "the connection to the database behind \""
                        + name
                        + "\" was lost during a change in autocommit: "
                        + why,
                "Whether the change was made is unknown; check before you repeat it.");
    }

    public static Fault changeUnanswered(String name, String why) {
        return Fault.of(
                "08007",
                "a change in autocommit at the database behind \""
                        + name
                        + "\" was made, or may have been, but its answer was lost: "
                        + why,
                "Check before you repeat it.");
    }

    public static Fault transactionLost() {
        return Fault.of(
                "40000",
                "the transaction was rolled back: its connection to the database was lost",
                "Begin the transaction again.");
    }

    public static Fault denied(String rule, String reason, String wayForward) {
        return Fault.of(
                "42501",
                "refused by policy rule \"" + rule + "\": " + reason,
                sentence(wayForward));
    }

    /** Policies write a way forward as they like; behind the reason it begins a sentence. */
    static String sentence(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    public static Fault statementTimeout(Duration limit) {
        return Fault.of(
                        "57014",
                        "the statement was cancelled after its limit of "
                                + limit.toMillis()
                                + " ms",
                        "Make it cheaper, or raise its query timeout or the administrator's limit.")
                .as(FaultClass.TIMEOUT);
    }

    public static Fault cancelled() {
        return Fault.of("57014", "the statement was cancelled at the client's request", "");
    }

    public static Fault idleInTransaction(Duration limit) {
        return Fault.of(
                "25P03",
                "the transaction was rolled back: idle for more than " + limit.toMillis() + " ms",
                "Commit sooner, or ask the administrator to raise timeouts.idle-in-transaction.");
    }

    public static Fault shuttingDown() {
        return Fault.of("57P01", "the broker is shutting down", "Connect again in a moment.");
    }

    public static Fault failedTransaction() {
        return Fault.of(
                "25P02",
                "current transaction is aborted, commands ignored until end of transaction block",
                "Roll back.");
    }

    public static Fault failedBranch() {
        return Fault.of("25P02", "the branch had failed before; it is rolled back", "");
    }

    public static Fault lastStatementGone() {
        return Fault.of(
                "55000",
                "what an earlier statement left (a generated key, a row count, warnings) is on a"
                        + " backend connection that this session does not have any more",
                "Ask for it in the same transaction, or use RETURNING or generated keys.");
    }

    public static Fault notSupported(String what) {
        return Fault.of("0A000", what + " is not supported", "");
    }

    public static Fault branchByText() {
        return Fault.of(
                "0A000",
                "two-phase commit by statements is not supported",
                "Use the XADataSource of the Gatehouse driver.");
    }

    public static Fault branchInTransaction() {
        return Fault.of(
                "25001",
                "a transaction is open on this session",
                "Commit it or roll it back before the step of another.");
    }

    public static Fault otherBranch() {
        return Fault.of(
                "25P01",
                "the session is not in this branch of a distributed transaction",
                "Take the step on the connection that started the branch.");
    }

    public static Fault inBranch() {
        return Fault.of(
                "2D000",
                "the session is in a branch of a distributed transaction",
                "Leave its end to the transaction manager.");
    }

    public static Fault unknownStatement(String name) {
        return Fault.of("26000", "prepared statement \"" + name + "\" does not exist", "");
    }

    public static Fault tooManyResults(int limit) {
        return Fault.of(
                "53000",
                "a session may have " + limit + " results that wait to be read",
                "Read results to their end, or close them.");
    }

    public static Fault tooManyStatements(int limit, long characters) {
        return Fault.of(
                "53000",
                "a session may have "
                        + limit
                        + " open statements of "
                        + characters
                        + " characters together",
                "Close statements that are no longer used.");
    }

    public static Fault unknownPortal(String name) {
        return Fault.of("34000", "portal \"" + name + "\" does not exist", "");
    }

    public static Fault badParameter(int index, String why) {
        return Fault.of("22023", "parameter " + index + ": " + why, "");
    }

    public static Fault rowTooLarge(long size, long limit) {
        return Fault.of(
                "54000",
                "a row of " + size + " bytes is above the limit of " + limit + " bytes",
                "Select less of it, or ask the administrator to raise limits.row.");
    }

    public static Fault parameterTooLarge(int index, long limit) {
        return Fault.of(
                "54000",
                "parameter " + index + " has more than the " + limit + " bytes that are allowed",
                "Send less of it, or ask the administrator to raise limits.streamed-value, or"
                        + " limits.frame where the backend's driver holds whole values.");
    }

    public static Fault pieceOverdue(int index, Duration limit) {
        return Fault.of(
                "57014",
                "the statement was cancelled: nothing came of parameter "
                        + index
                        + " for more than "
                        + limit.toMillis()
                        + " ms",
                "Send it faster, or ask the administrator to raise limits.streamed-pause.");
    }

    public static Fault internal(String reference) {
        return Fault.of(
                "XX000",
                "internal error of the broker (reference " + reference + ")",
                "Tell the administrator the reference; the broker's log has it.");
    }
}
