package io.gatehouse.server.boot;

import io.gatehouse.server.config.Configuration;
import io.gatehouse.server.config.Environment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** Runs a broker from a configuration directory until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the broker until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private final Environment environment;
    private final FrontDoor.Opener opener;

    @Mixin private final ConfPath conf = new ConfPath();

    ServeCommand(Environment environment, FrontDoor.Opener opener) {
        this.environment = environment;
        this.opener = opener;
    }

    @Override
    public Integer call() throws Exception {
        Broker broker = Broker.start(conf.path(), environment, opener, System.out);
        Configuration now = broker.configuration().current();
        // Not a static field: every command makes this object, and logging takes long to start.
        Logger log = LoggerFactory.getLogger(ServeCommand.class);
        log.info(
                "gatehouse listens on {}:{}, admin port {}, {}",
                now.server().listen().address(),
                broker.port(),
                broker.adminPort(),
                Summary.of(now));
        return Shutdown.untilToldTo(broker);
    }
}
