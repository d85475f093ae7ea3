package io.gatehouse.server.gate;

import io.gatehouse.policy.Demand;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.PolicyFaults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tokens by which somebody confirms a statement. A token holds for one text, one user and one
 * connection, until the time that stands in it; the broker keeps nothing. Thread-safe.
 */
final class Confirmations {
    private static final int CODE_BYTES = 10;
    private static final int DIGITS = 36;

    private final Signer signer;
    private final InstantSource clock;

    Confirmations(Signer signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** Whether the text comes with a token that holds for all demands. */
    boolean confirmed(List<Demand> demands, Asker asker, TextHash text) {
        String token = text.token();
        int dash = token.indexOf('-');
        if (dash < 0) {
            return false;
        }
        String until = token.substring(0, dash);
        byte[] given = token.getBytes(StandardCharsets.US_ASCII);
        byte[] right = token(until, demands, asker, text).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(given, right) && !over(until);
    }

    private boolean over(String until) {
        try {
            long end = Long.parseLong(until, DIGITS);
            return clock.instant().isAfter(Instant.ofEpochSecond(end));
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** What the asker is told: the token with which to ask again. */
    Fault needed(List<Demand> demands, Asker asker, TextHash text) {
        Demand first = demands.getFirst();
        Duration validFor =
                demands.stream()
                        .map(d -> d.terms().validFor())
                        .min(Duration::compareTo)
                        .orElseThrow();
        long end = clock.instant().plus(validFor).getEpochSecond();
        return PolicyFaults.confirmNeeded(
                first.rule(),
                demands.stream().map(Demand::reason).collect(Collectors.joining("; ")),
                first.wayForward(),
                token(Long.toString(end, DIGITS), demands, asker, text),
                validFor);
    }

    private String token(String until, List<Demand> demands, Asker asker, TextHash text) {
        String rules = demands.stream().map(Demand::rule).collect(Collectors.joining("\0"));
        String signed =
                String.join(
                        "\0",
                        "confirm",
                        until,
                        asker.user(),
                        asker.connection(),
                        text.hash(),
                        rules);
        return until + "-" + HexFormat.of().formatHex(signer.sign(signed), 0, CODE_BYTES);
    }
}
