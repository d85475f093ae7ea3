package io.gatehouse.server.session;

import io.gatehouse.policy.Obligations;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.gate.Permitted;

import java.time.Duration;
import java.util.Optional;

/** The time that a request may take. */
final class Limits {
    private Limits() {}

    /** The strictest of the client's, the connection's and the policy's limit; zero for none. */
    static Duration strictest(Request request, LogicalConnection target) {
        Duration limit = stricter(request.timeout, target.timeouts().statement());
        for (Permitted permitted : request.permitted) {
            limit = stricter(limit, permitted.obligations().timeout());
        }
        return limit;
    }

    /** The obligations with the smallest limit of bytes, if there is any. */
    static Optional<Obligations> largest(Request request) {
        Obligations least = null;
        for (Permitted permitted : request.permitted) {
            Obligations own = permitted.obligations();
            if (own.maxBytes() > 0 && (least == null || own.maxBytes() < least.maxBytes())) {
                least = own;
            }
        }
        return Optional.ofNullable(least);
    }

    private static Duration stricter(Duration one, Duration other) {
        if (one.isZero()) {
            return other;
        }
        return other.isZero() || one.compareTo(other) < 0 ? one : other;
    }
}
