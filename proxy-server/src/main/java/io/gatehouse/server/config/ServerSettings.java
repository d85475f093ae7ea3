package io.gatehouse.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code gatehouse.yaml} says; read once at start.
 *
 * @param listen where clients connect
 * @param admin the port for health, metrics and figures
 * @param limits what clients may use up
 * @param audit where audit records go
 * @param traces where spans go
 * @param threads how event loops serve sockets
 * @param drain the longest that a stopping broker waits for open transactions; zero for not at all
 */
public record ServerSettings(
        Listen listen,
        Admin admin,
        Limits limits,
        Audit audit,
        Traces traces,
        Threads threads,
        Duration drain) {

    /** Who may connect without TLS. */
    public enum PlainText {
        NEVER,
        LOOPBACK,
        EVERYWHERE
    }

    /**
     * @param address a name or address of this machine; {@code 0.0.0.0} or {@code ::} for all
     * @param port 0 to 65535; 0 for any free one
     * @param certificate the certificate of the configuration; empty for the self-signed one
     */
    public record Listen(
            String address,
            int port,
            PlainText plainText,
            Optional<CertificateFiles> certificate) {}

    /** PEM files of a TLS certificate with its chain, and of its private key. */
    public record CertificateFiles(Path certificate, Path key) {}

    /**
     * @param port 0 to 65535; 0 for any free one
     * @param allowRemote whether an address off loopback is taken, although the port asks for no
     *     password
     */
    public record Admin(boolean enabled, String address, int port, boolean allowRemote) {}

    /**
     * @param clients the most connections of clients at once
     * @param clientsPerUser the most of them that belong to one user who has no limit of its own
     * @param loginsPerAddress the most connections from one address whose login has not ended
     * @param loginTimeout the longest from connecting to the end of the login
     * @param loginFrame the largest message before the end of the login, in bytes
     * @param frame the largest message after it, in bytes
     * @param row the largest row of a result, in bytes, as far as it is held as a whole
     * @param wholeValue a value of a result above it goes to a Gatehouse driver in pieces
     * @param streamedValue the largest parameter that comes in pieces, in bytes
     * @param streamedPause how long a client may take for such a piece
     * @param approvals the most statements that wait for somebody's approval, or have it, at once
     * @param policyCache most bytes that policy remembers of texts
     * @param resultCache most bytes of answers that are kept; 0 for none
     * @param resultCacheEntry most bytes of one of them
     */
    public record Limits(
            int clients,
            int clientsPerUser,
            int loginsPerAddress,
            Duration loginTimeout,
            int loginFrame,
            int frame,
            int row,
            int wholeValue,
            long streamedValue,
            Duration streamedPause,
            int approvals,
            long policyCache,
            long resultCache,
            int resultCacheEntry) {}

    /**
     * @param eventLoops 0 for one for every two processors
     * @param busyPoll how long a loop that expects a backend's answer stays awake; zero for not
     */
    public record Threads(int eventLoops, Duration busyPoll) {}

    /**
     * @param collector what takes spans of statements by OTLP over HTTP; empty for none
     */
    public record Traces(Optional<URI> collector) {}

    /** Where audit records go. */
    public sealed interface Audit {
        /** Whether texts are on record as they were sent, beside their literal-free form. */
        boolean literals();

        record StandardOutput(boolean literals) implements Audit {}

        /**
         * @param file the current file
         * @param rotateBytes a file above this many bytes is set aside and a new one begun
         * @param keep how many files set aside are kept; at least 1
         */
        record File(boolean literals, Path file, long rotateBytes, int keep) implements Audit {}
    }
}
