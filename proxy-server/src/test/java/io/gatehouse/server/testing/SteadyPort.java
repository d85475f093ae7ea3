package io.gatehouse.server.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that are started later than their port is chosen. */
public final class SteadyPort {
    private SteadyPort() {}

    /**
     * A free port that no outgoing connection of this machine is given: one of those could take it
     * while the server is down.
     */
    public static int free() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException e) {
                // Somebody else's.
            }
        }
        throw new IOException("no free port");
    }
}
