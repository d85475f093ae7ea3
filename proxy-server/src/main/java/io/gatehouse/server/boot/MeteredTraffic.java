package io.gatehouse.server.boot;

import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.meter.Meter.Refusal;
import io.gatehouse.server.net.Traffic;

/** What the network room counts, into the meter. */
record MeteredTraffic(Meter meter) implements Traffic {
    @Override
    public void clientOpened() {
        meter.clientOpened();
    }

    @Override
    public void clientClosed() {
        meter.clientClosed();
    }

    @Override
    public void loginSucceeded() {
        meter.loggedIn();
    }

    @Override
    public void loginFailed(String sqlState) {
        meter.clientRefused(
                switch (sqlState) {
                    case "53300" -> Refusal.TOO_MANY_CLIENTS;
                    case "08006" -> Refusal.LOGIN_TIMEOUT;
                    case "28P01" -> Refusal.WRONG_PASSWORD;
                    case "28000" -> Refusal.TLS_REQUIRED;
                    case "42501" -> Refusal.NO_GRANT;
                    case "3D000" -> Refusal.UNKNOWN_CONNECTION;
                    case "57P01" -> Refusal.SHUTTING_DOWN;
                    default -> Refusal.PROTOCOL;
                });
    }

    @Override
    public void violated() {
        meter.clientRefused(Refusal.PROTOCOL);
    }

    @Override
    public void bytesRead(long bytes) {
        meter.bytesIn(bytes);
    }

    @Override
    public void bytesWritten(long bytes) {
        meter.bytesOut(bytes);
    }
}
