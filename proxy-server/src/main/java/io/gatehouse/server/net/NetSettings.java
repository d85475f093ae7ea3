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
 * @param loginsPerAddress the most sockets of one address before the end of their login
 * @param loginTimeout from the accepted socket to the end of the login
 * @param refusalDelay how long a wrong password waits for its answer; zero for not at all
 * @param loginFrame the largest message before the end of the login, in bytes
 * @param frame the largest message of a session, in bytes
 * @param lowWater outbound bytes of one client below which it is writable again
 * @param highWater outbound bytes of one client above which it is not writable
 */
public record NetSettings(
        InetSocketAddress address,
        Predicate<InetAddress> plainText,
        int clients,
        int loginsPerAddress,
        Duration loginTimeout,
        Duration refusalDelay,
        int loginFrame,
        int frame,
        int lowWater,
        int highWater) {

    /** Sensible settings for an address: plain text from loopback only. */
    public static NetSettings at(InetSocketAddress address) {
        return new NetSettings(
                address,
                InetAddress::isLoopbackAddress,
                10_000,
                1_000,
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                10 * 1024,
                64 * 1024 * 1024,
                64 * 1024,
                256 * 1024);
    }

    public NetSettings withPlainText(Predicate<InetAddress> from) {
        return new NetSettings(
                address,
                from,
                clients,
                loginsPerAddress,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater);
    }

    public NetSettings withClients(int most) {
        return new NetSettings(
                address,
                plainText,
                most,
                loginsPerAddress,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater);
    }

    public NetSettings withLoginsPerAddress(int most) {
        return new NetSettings(
                address,
                plainText,
                clients,
                most,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater);
    }

    /**
     * @param frame the largest message of a session, in bytes
     */
    public NetSettings withFrames(int loginFrame, int frame) {
        return new NetSettings(
                address,
                plainText,
                clients,
                loginsPerAddress,
                loginTimeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater);
    }

    public NetSettings withLogin(Duration timeout, Duration refusalDelay) {
        return new NetSettings(
                address,
                plainText,
                clients,
                loginsPerAddress,
                timeout,
                refusalDelay,
                loginFrame,
                frame,
                lowWater,
                highWater);
    }
}
