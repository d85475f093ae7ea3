package io.gatehouse.server.boot;

import io.gatehouse.server.config.ServerSettings;
import io.gatehouse.server.config.ServerSettings.Limits;
import io.gatehouse.server.config.ServerSettings.Listen;
import io.gatehouse.server.meter.PoolReading;
import io.gatehouse.server.meter.PoolReading.Circuit.State;
import io.gatehouse.server.net.NetSettings;
import io.gatehouse.server.net.NetSettings.Logins;
import io.gatehouse.server.pool.PoolFigures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What one room says in the words of another, where neither may know the other. */
final class Translation {
    private Translation() {}

    /** The listener's settings as the configuration gives them. */
    static NetSettings net(ServerSettings settings) throws IOException {
        Listen listen = settings.listen();
        Limits limits = settings.limits();
        InetAddress address = InetAddress.getByName(listen.address());
        Predicate<InetAddress> plainText =
                switch (listen.plainText()) {
                    case NEVER -> from -> false;
                    case LOOPBACK -> InetAddress::isLoopbackAddress;
                    case EVERYWHERE -> from -> true;
                };
        return NetSettings.at(new InetSocketAddress(address, listen.port()))
                .withPlainText(plainText)
                .withClients(limits.clients())
                .withLogins(
                        new Logins(
                                limits.loginsPerAddress(),
                                limits.loginTimeout(),
                                Logins.DEFAULT.refusalDelay(),
                                limits.loginFrame()))
                .withFrame(limits.frame());
    }

    /** The figures of pools as meter and admin port show them. */
    static List<PoolReading> pools(List<PoolFigures> figures) {
        return figures.stream()
                .map(one ->
                        new PoolReading(
                                one.name(),
                                one.size(),
                                one.busy() + one.idle(),
                                one.busy(),
                                one.waiting(),
                                one.pins().values().stream().mapToInt(Integer::intValue).sum(),
                                one.waitingByUser(),
                                new PoolReading.Slow(
                                        one.slow().most(), one.slow().busy(), one.slow().waiting()),
                                circuit(one.circuit())))
                .toList();
    }

    private static PoolReading.Circuit circuit(PoolFigures.Circuit circuit) {
        State state =
                switch (circuit.state()) {
                    case CLOSED -> State.CLOSED;
                    case HALF_OPEN -> State.HALF_OPEN;
                    case OPEN -> State.OPEN;
                };
        return new PoolReading.Circuit(
                state,
                Duration.ofNanos(circuit.sinceNanos()).toMillis(),
                Duration.ofNanos(circuit.probeNanos()).toMillis(),
                circuit.why());
    }
}
