package io.gatehouse.server.boot;

import java.io.IOException;
import java.net.BindException;
import java.util.Locale;

/** Why a port cannot be had, in words that name the way out. */
final class Ports {
    private Ports() {}

    static BootException cannotListen(
            String setting, String option, String address, int port, IOException cause) {
        String place = "port " + port + " on " + address;
        if (isInUse(cause)) {
            return new BootException(
                    place
                            + " is in use by another program; choose another with "
                            + option
                            + " (demo) or "
                            + setting
                            + " in gatehouse.yaml (serve)",
                    cause);
        }
        return new BootException("cannot listen on " + place + ": " + cause.getMessage(), cause);
    }

    /** Netty's native transport has an exception of its own for it. */
    private static boolean isInUse(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("address already in use")
                    || (e instanceof BindException && message.contains("in use"))) {
                return true;
            }
        }
        return false;
    }
}
