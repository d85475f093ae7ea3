package io.gatehouse.server.auth;

import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.PlainFaults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The broker's side of one SCRAM-SHA-256 exchange without channel binding (RFC 5802, section 5; RFC
 * 7677). {@link #first}, then {@link #last}, each once. For one thread.
 */
public final class ScramServer {
    /** How an exchange ends. */
    public sealed interface Verdict {
        /**
         * @param serverFinal proves the broker to the client
         */
        record Proved(Principal principal, String serverFinal) implements Verdict {}

        /** A wrong password or an unknown user: nobody is told which. */
        record Refused() implements Verdict {}
    }

    private final UserRecord user;
    private final boolean known;
    private final String nonce;
    private String gs2Header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String fullNonce = "";

    /**
     * @param known false: every proof is refused
     * @param nonce printable, without a comma, never used before
     */
    ScramServer(UserRecord user, boolean known, String nonce) {
        this.user = user;
        this.known = known;
        this.nonce = nonce;
    }

    /**
     * Answers the client's first message.
     *
     * @throws GatehouseException 08P01 when it is malformed, 0A000 when it asks for what is not
     *     offered
     */
    public String first(byte[] message) {
        String text = utf8(message);
        int flagEnd = text.indexOf(',');
        int headerEnd = text.indexOf(',', flagEnd + 1);
        if (flagEnd < 0 || headerEnd < 0) {
            throw malformed();
        }
        String flag = text.substring(0, flagEnd);
        if (flag.startsWith("p=")) {
            throw new GatehouseException(Faults.notSupported("SCRAM channel binding"));
        }
        if (!flag.equals("n") && !flag.equals("y")) {
            throw malformed();
        }
        if (headerEnd != flagEnd + 1) {
            throw new GatehouseException(Faults.notSupported("a SCRAM authorization identity"));
        }
        gs2Header = text.substring(0, headerEnd + 1);
        clientFirstBare = text.substring(headerEnd + 1);
        fullNonce = clientNonce(clientFirstBare) + nonce;
        ScramVerifier verifier = user.verifier();
        serverFirst =
                "r="
                        + fullNonce
                        + ",s="
                        + Base64.getEncoder().encodeToString(verifier.salt())
                        + ",i="
                        + verifier.iterations();
        return serverFirst;
    }

    /** The user name in the message is ignored, as in PostgreSQL: the start-up named the user. */
    private static String clientNonce(String bare) {
        String[] parts = bare.split(",", -1);
        if (parts.length < 2 || !parts[0].startsWith("n=") || !parts[1].startsWith("r=")) {
            throw malformed();
        }
        String clientNonce = parts[1].substring(2);
        if (clientNonce.isEmpty() || !clientNonce.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw malformed();
        }
        return clientNonce;
    }

    /**
     * Checks the client's proof.
     *
     * @throws GatehouseException 08P01 when the message is malformed
     */
    public Verdict last(byte[] message) {
        String text = utf8(message);
        int proofAt = text.lastIndexOf(",p=");
        if (fullNonce.isEmpty() || proofAt < 0) {
            throw malformed();
        }
        String withoutProof = text.substring(0, proofAt);
        String[] parts = withoutProof.split(",", -1);
        String binding =
                "c="
                        + Base64.getEncoder()
                                .encodeToString(gs2Header.getBytes(StandardCharsets.US_ASCII));
        if (parts.length < 2 || !parts[0].equals(binding) || !parts[1].equals("r=" + fullNonce)) {
            throw malformed();
        }
        byte[] proof = base64(text.substring(proofAt + 3));
        String authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
        ScramVerifier verifier = user.verifier();
        byte[] clientKey = Sha256.hmac(verifier.storedKey(), authMessage);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        boolean proved = MessageDigest.isEqual(Sha256.hash(clientKey), verifier.storedKey());
        if (!proved || !known) {
            return new Verdict.Refused();
        }
        byte[] signature = Sha256.hmac(verifier.serverKey(), authMessage);
        return new Verdict.Proved(
                new Principal(user.name(), user.groups()),
                "v=" + Base64.getEncoder().encodeToString(signature));
    }

    private static byte[] base64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (bytes.length != Sha256.BYTES) {
            throw malformed();
        }
        return bytes;
    }

    /** The signed texts are UTF-8; bytes that are not make a text that no proof fits. */
    private static String utf8(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }

    private static GatehouseException malformed() {
        return new GatehouseException(PlainFaults.malformedScram());
    }
}
