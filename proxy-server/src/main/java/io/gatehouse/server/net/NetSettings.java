package io.gatehouse.server.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How clients are accepted, and what each may use.
 *
 * @param address where to listen; port 0 takes a free one
 * @param plainText from which addresses a client may go on without TLS
 * @param clients the most clients past their start-up packet at once
 * @param logins what holds before the end of the login
 * @param frame the largest message of a session, in bytes
 * @param lowWater outbound bytes of one client below which it is writable again
 * @param highWater outbound bytes of one client above which it is not writable
 */
public record NetSettings(
        InetSocketAddress address,
        Predicate<InetAddress> plainText,
        int clients,
        Logins logins,
        int frame,
        int lowWater,
        int highWater) {

    /**
     * What whoever has not logged in yet may use.
     *
     * @param perAddress the most sockets of one address
     * @param timeout from the accepted socket to the end of the login
     * @param refusalDelay how long a wrong password waits for its answer; zero for not at all
     * @param frame the largest message, in bytes
     */
    public record Logins(int perAddress, Duration timeout, Duration refusalDelay, int frame) {
        /** Sensible ones. */
        public static final Logins DEFAULT =
                new Logins(1_000, Duration.ofSeconds(30), Duration.ofMillis(200), 10 * 1024);
    }

    /** Sensible settings for an address: plain text from loopback only. */
    public static NetSettings at(InetSocketAddress address) {
        return new NetSettings(
                address,
                InetAddress::isLoopbackAddress,
                10_000,
                Logins.DEFAULT,
                64 * 1024 * 1024,
                64 * 1024,
                256 * 1024);
    }

    public NetSettings withPlainText(Predicate<InetAddress> from) {
        return new NetSettings(address, from, clients, logins, frame, lowWater, highWater);
    }

    public NetSettings withClients(int most) {
        return new NetSettings(address, plainText, most, logins, frame, lowWater, highWater);
    }

    public NetSettings withLogins(Logins other) {
        return new NetSettings(address, plainText, clients, other, frame, lowWater, highWater);
    }

    /**
     * @param largest the largest message of a session, in bytes
     */
    public NetSettings withFrame(int largest) {
        return new NetSettings(address, plainText, clients, logins, largest, lowWater, highWater);
    }
}
