package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.wire.BackendMessage;
import io.gatehouse.jdbc.wire.FrameWriter;
import io.gatehouse.jdbc.wire.Greeting;
import io.gatehouse.jdbc.wire.Greeting.Authentication;
import io.gatehouse.jdbc.wire.Opening;
import io.gatehouse.jdbc.wire.ProtocolFault;
import io.gatehouse.jdbc.wire.Reply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;

/** The start-up of one connection. Used once. */
final class Handshake {
    private static final String EXTENSION = "_pq_.gatehouse";

    private final Link link;
    private final ConnectOptions options;
    private final String password;
    private final FrameWriter out = new FrameWriter();
    private final Map<String, String> facts = new HashMap<>();
    private boolean authenticated;

    Handshake(Link link, ConnectOptions options, String password) {
        this.link = link;
        this.options = options;
        this.password = password;
    }

    Welcome perform() throws IOException, SQLException {
        Scram scram = new Scram(options.user(), password);
        // A broker has one way in: the first step need not wait until it is offered.
        new Opening.Startup(parameters()).write(out);
        send(new Opening.SaslFirst(Scram.MECHANISM, scram.first()));
        while (true) {
            BackendMessage message = link.read();
            if (message instanceof Authentication) {
                authenticate((Authentication) message, scram);
            } else if (message instanceof Greeting.ReadyForQuery) {
                return welcome();
            } else {
                take(message);
            }
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", options.user());
        if (!options.database().isEmpty()) {
            parameters.put("database", options.database());
        }
        if (!options.applicationName().isEmpty()) {
            parameters.put("application_name", options.applicationName());
        }
        parameters.put("client_encoding", "UTF8");
        parameters.put("TimeZone", TimeZone.getDefault().getID());
        parameters.put(EXTENSION, "1");
        return parameters;
    }

    private void send(Opening message) throws IOException {
        message.write(out);
        link.write(out);
    }

    private void take(BackendMessage message) throws ProtocolFault, SQLException {
        if (message instanceof Greeting.ParameterStatus) {
            Greeting.ParameterStatus fact = (Greeting.ParameterStatus) message;
            facts.put(fact.name(), fact.value());
        } else if (message instanceof Greeting.NegotiateProtocolVersion) {
            if (((Greeting.NegotiateProtocolVersion) message).unsupported().contains(EXTENSION)) {
                throw notGatehouse();
            }
        } else if (message instanceof Greeting.Report) {
            Greeting.Report report = (Greeting.Report) message;
            if (report.isError()) {
                throw Faults.refused(report.sqlState(), report.message());
            }
        } else if (message instanceof Reply.Failed) {
            throw Faults.exception(((Reply.Failed) message).faults());
        } else if (!(message instanceof Greeting.BackendKeyData)) {
            throw new ProtocolFault("A message came that has no place in a start-up.");
        }
    }

    private void authenticate(Authentication asked, Scram scram) throws IOException, SQLException {
        switch (asked.code()) {
            case Authentication.OK:
                if (!scram.isServerProven()) {
                    throw Faults.refused(
                            "28000",
                            "The server asks for no proof of the password or gives none that it"
                                    + " knows it; the driver does not trust it.");
                }
                authenticated = true;
                return;
            case Authentication.SASL:
                if (!mechanisms(asked.data()).contains(Scram.MECHANISM)) {
                    throw Faults.refused("28000", "The server does not offer SCRAM-SHA-256.");
                }
                return;
            case Authentication.SASL_CONTINUE:
                send(new Opening.SaslNext(scram.answer(asked.data())));
                return;
            case Authentication.SASL_FINAL:
                scram.finish(asked.data());
                return;
            default:
                throw Faults.refused(
                        "28000",
                        "The server asks for a kind of authentication that Gatehouse does not"
                                + " have.");
        }
    }

    private static java.util.List<String> mechanisms(byte[] data) {
        return Arrays.asList(new String(data, StandardCharsets.UTF_8).split("\0"));
    }

    private Welcome welcome() throws SQLException, ProtocolFault {
        if (!authenticated) {
            throw new ProtocolFault("The server is ready before anybody is authenticated.");
        }
        if (!"1".equals(facts.get("gatehouse.extension"))) {
            throw notGatehouse();
        }
        return new Welcome(link, facts);
    }

    private SQLException notGatehouse() {
        return Faults.refused(
                "08004",
                "The server at "
                        + link.host()
                        + " is not a Gatehouse broker (or too old): it does not know the Gatehouse"
                        + " protocol. Check the address, or use the database's own driver.");
    }
}
