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
 * @param loginTimeout from the accepted socket to the end of the login
 * @param refusalDelay how long a wrong password waits for its answer; zero for not at all
 * @param loginFrame the largest message before the end of the login, in bytes
 * @param frame the largest message of a session, in bytes
 * @param lowWater outbound bytes of one client below which it is writable again
 * @param highWater outbound bytes of one client above which it is not writable
 * @param eventLoops threads; 0 for one for every two processors
 */
public record NetSettings(
        InetSocketAddress address,
        Predicate<InetAddress> plainText,
        int clients,
        Duration loginTimeout,
        Duration refusalDelay,
        int loginFrame,
        int frame,
        int lowWater,
        int highWater,
        int eventLoops) {

    /** Sensible settings for an address: plain text from loopback only. */
    public static NetSettings at(InetSocketAddress address) {
        return new NetSettings(
                address,
                InetAddress::isLoopbackAddress,
                10_000,
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                10 * 1024,
                64 * 1024 * 1024,
                64 * 1024,
                256 * 1024,
                0);
    }

    public NetSettings withPlainText(Predicate<InetAddress> from) {
        return new NetSettings(
                address,
                from,
                clients,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater,
                eventLoops);
    }

    public NetSettings withClients(int most) {
        return new NetSettings(
                address,
                plainText,
                most,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater,
                eventLoops);
    }

    /**
     * @param frame the largest message of a session, in bytes
     */
    public NetSettings withFrames(int loginFrame, int frame) {
        return new NetSettings(
                address,
                plainText,
                clients,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater,
                eventLoops);
    }

    public NetSettings withLogin(Duration timeout, Duration refusalDelay) {
        return new NetSettings(
                address,
                plainText,
                clients,
                timeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater,
                eventLoops);
    }
}
