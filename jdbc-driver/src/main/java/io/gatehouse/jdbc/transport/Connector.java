package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.SslMode;
import io.gatehouse.jdbc.wire.ProtocolFault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Reaches a broker: socket, TLS, proof of the password. */
public final class Connector {
    /** Frames before the session exists are small. */
    private static final int GREETING_LIMIT = 64 * 1024;

    private Connector() {}

    /**
     * A link whose start-up is over.
     *
     * @param loginSeconds how long all of it may take; 0: no limit
     */
    public static Welcome connect(ConnectOptions options, int loginSeconds) throws SQLException {
        Deadline deadline = new Deadline(loginSeconds);
        InetAddress[] addresses = resolve(options);
        SQLException first = null;
        for (InetAddress address : addresses) {
            try {
                return connect(options, address, deadline);
            } catch (SQLException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
                if (!(e.getCause() instanceof java.net.ConnectException)) {
                    throw first;
                }
            }
        }
        throw first == null ? Faults.noConnection("The host has no address.", null) : first;
    }

    private static InetAddress[] resolve(ConnectOptions options) throws SQLException {
        try {
            return InetAddress.getAllByName(options.host());
        } catch (UnknownHostException e) {
            throw Faults.noConnection("The host " + options.host() + " is unknown.", e);
        }
    }

    private static Welcome connect(ConnectOptions options, InetAddress address, Deadline deadline)
            throws SQLException {
        Socket raw = new Socket();
        String step = "reach";
        try {
            raw.setTcpNoDelay(true);
            raw.setKeepAlive(true);
            int wait = deadline.millisLeft(options.connectTimeout());
            raw.connect(new InetSocketAddress(address, options.port()), wait);
            raw.setSoTimeout(deadline.millisLeft());
            Socket socket = raw;
            SslMode mode = mode(options, address);
            if (mode != SslMode.DISABLE) {
                step = "set up TLS with";
                socket = Tls.over(raw, options, mode);
            }
            step = "log in to";
            Link link = new Link(raw, socket, GREETING_LIMIT);
            Welcome welcome = new Handshake(link, options, deadline).perform();
            link.limit(options.maxFrame());
            link.timeout((int) Math.min(Integer.MAX_VALUE, options.socketTimeout() * 1000L));
            return welcome;
        } catch (SQLException e) {
            closeBehind(raw, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            closeBehind(raw, e);
            throw failure(options, step, e);
        }
    }

    private static SslMode mode(ConnectOptions options, InetAddress address) {
        if (options.sslMode() != SslMode.AUTOMATIC) {
            return options.sslMode();
        }
        return address.isLoopbackAddress() ? SslMode.DISABLE : SslMode.VERIFY_FULL;
    }

    private static SQLException failure(ConnectOptions options, String step, Exception e) {
        String where = options.host() + ":" + options.port();
        if (e instanceof ProtocolFault) {
            return Faults.noConnection(
                    "What answers at " + where + " is not a Gatehouse broker. " + e.getMessage(),
                    e);
        }
        String why = e instanceof SocketTimeoutException ? "It took too long." : e.getMessage();
        String hint =
                step.startsWith("set up TLS")
                        ? " Check the broker's certificate, sslrootcert and sslmode."
                        : "";
        return Faults.noConnection("Could not " + step + " " + where + ": " + why + hint, e);
    }

    private static void closeBehind(Socket raw, Exception e) {
        try {
            raw.close();
        } catch (IOException close) {
            e.addSuppressed(close);
        }
    }
}
