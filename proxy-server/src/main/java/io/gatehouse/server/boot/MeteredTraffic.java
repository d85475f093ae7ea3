package io.gatehouse.server.boot;

import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.meter.Meter.Refusal;
import io.gatehouse.server.net.Traffic;

/** Counts what happens on the clients' port. Thread-safe. */
final class MeteredTraffic implements Traffic {
    private final Meter meter;

    MeteredTraffic(Meter meter) {
        this.meter = meter;
    }

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
        // Sessions are counted by logical connection, when they open.
    }

    @Override
    public void loginFailed(String sqlState) {
        meter.clientRefused(
                switch (sqlState) {
                    case "53300" -> Refusal.TOO_MANY_CLIENTS;
                    case "08006" -> Refusal.LOGIN_TIMEOUT;
                    case "28P01" -> Refusal.WRONG_PASSWORD;
                    case "42501" -> Refusal.NO_GRANT;
                    case "3D000" -> Refusal.UNKNOWN_CONNECTION;
                    case "28000" -> Refusal.TLS_REQUIRED;
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
