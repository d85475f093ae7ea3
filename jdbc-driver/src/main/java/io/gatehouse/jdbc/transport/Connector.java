package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.Host;
import io.gatehouse.jdbc.url.SslMode;
import io.gatehouse.jdbc.wire.ProtocolFault;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Reaches one of the brokers: socket, TLS, proof of the password. Immutable. */
public final class Connector {
    private static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    /** Frames before the session exists are small. */
    private static final int GREETING_LIMIT = 64 * 1024;

    private final ConnectOptions options;

    /** A connector for what a URL says. */
    public Connector(ConnectOptions options) {
        this.options = options;
    }

    /** From now on, for a while, the whole process tries a broker after the others. */
    public void avoid(Host host) {
        Backoff.failed(host, options.hostBackoff());
    }

    /**
     * A link whose start-up is over, to the first broker that takes it. A broker's refusal that any
     * other would repeat, as of a wrong password, is final.
     *
     * @param seconds how long all of it may take; 0: no limit
     */
    public Welcome connect(int seconds) throws SQLException {
        Deadline deadline = Deadline.in(seconds);
        String password = Passwords.read(options, deadline);
        List<SQLException> failures = new ArrayList<>();
        for (Host host : Backoff.order(options)) {
            if (!failures.isEmpty() && deadline.isOver()) {
                break;
            }
            try {
                Welcome welcome = reach(host, password, deadline);
                Backoff.works(host);
                return welcome;
            } catch (SQLException e) {
                if (!isOfHost(e)) {
                    throw e;
                }
                LOG.log(Level.FINE, e, () -> "The broker at " + host + " could not be used.");
                avoid(host);
                failures.add(e);
            }
        }
        throw together(failures);
    }

    /** Whether another broker may do better. */
    public static boolean isOfHost(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
    }

    private static SQLException together(List<SQLException> failures) {
        SQLException first = failures.get(0);
        if (failures.size() == 1) {
            return first;
        }
        String all =
                failures.stream().map(SQLException::getMessage).collect(Collectors.joining(" "));
        boolean alike =
                failures.stream().allMatch(e -> e.getSQLState().equals(first.getSQLState()));
        SQLException whole =
                Faults.refused(
                        alike ? first.getSQLState() : "08001",
                        "None of " + failures.size() + " brokers could be used. " + all);
        whole.initCause(first);
        failures.subList(1, failures.size()).forEach(whole::addSuppressed);
        return whole;
    }

    private Welcome reach(Host host, String password, Deadline deadline) throws SQLException {
        SQLException first = null;
        for (InetAddress address : resolve(host)) {
            try {
                Deadline own = deadline.within(options.connectTimeout());
                return reach(host, address, password, own);
            } catch (SQLException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
                if (!(e.getCause() instanceof ConnectException)) {
                    throw first;
                }
            }
        }
        throw first == null ? Faults.noConnection("The host has no address.", null) : first;
    }

    private static InetAddress[] resolve(Host host) throws SQLException {
        try {
            return InetAddress.getAllByName(host.name());
        } catch (UnknownHostException e) {
            throw Faults.noConnection("The host " + host.name() + " is unknown.", e);
        }
    }

    private Welcome reach(Host host, InetAddress address, String password, Deadline deadline)
            throws SQLException {
        Socket raw = new Socket();
        String step = "reach";
        LoginWatch watch = LoginWatch.over(raw, deadline);
        try {
            raw.setTcpNoDelay(true);
            raw.setKeepAlive(true);
            raw.connect(new InetSocketAddress(address, host.port()));
            Socket socket = raw;
            SslMode mode = mode(options.sslMode(), address);
            if (mode != SslMode.DISABLE) {
                step = "set up TLS with";
                socket = Tls.over(raw, host, options, mode);
            }
            step = "log in to";
            Link link = new Link(host, raw, socket, GREETING_LIMIT);
            Welcome welcome = new Handshake(link, options, password).perform();
            if (!watch.end()) {
                throw new SocketTimeoutException("The login timeout is over.");
            }
            link.limit(options.maxFrame());
            return welcome;
        } catch (SQLException e) {
            watch.end();
            closeBehind(raw, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            boolean late = !watch.end();
            closeBehind(raw, e);
            throw failure(host, step, late, e);
        }
    }

    /** What is done at an address, by what was asked for. */
    static SslMode mode(SslMode asked, InetAddress address) {
        if (asked != SslMode.AUTOMATIC) {
            return asked;
        }
        return address.isLoopbackAddress() ? SslMode.DISABLE : SslMode.VERIFY_FULL;
    }

    private static SQLException failure(Host host, String step, boolean late, Exception e) {
        if (e instanceof ProtocolFault) {
            return Faults.noConnection(
                    "What answers at " + host + " is not a Gatehouse broker. " + e.getMessage(), e);
        }
        boolean tooLong = late || e instanceof SocketTimeoutException;
        String why = tooLong ? "It took too long." : e.getMessage();
        String hint =
                step.startsWith("set up TLS")
                        ? " Check the broker's certificate, sslrootcert and sslmode."
                        : "";
        return Faults.noConnection("Could not " + step + " " + host + ": " + why + hint, e);
    }

    private static void closeBehind(Socket raw, Exception e) {
        try {
            raw.close();
        } catch (IOException close) {
            e.addSuppressed(close);
        }
    }
}
