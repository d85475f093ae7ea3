package io.gatehouse.server.net;

import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.auth.ScramServer;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.session.Session;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Bytes;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.Phase;
import io.gatehouse.server.wire.ProtocolViolation;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start-up packet to the proof of who it is. */
final class LoginHandler extends ChannelInboundHandlerAdapter {
    private static final String EXTENSION = "_pq_.gatehouse";
    private static final String EXTENSION_VERSION = "1";

    private final ClientChannels broker;
    private final Connection connection;
    private final Frontend.Startup startup;
    private final String user;
    private final ScramServer scram;
    private final Runnable loginTimeout;

    LoginHandler(
            ClientChannels broker,
            Connection connection,
            Frontend.Startup startup,
            String user,
            Runnable loginTimeout) {
        this.broker = broker;
        this.connection = connection;
        this.startup = startup;
        this.user = user;
        this.scram = broker.authenticator().begin(user);
        this.loginTimeout = loginTimeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        List<Backend> answer = new ArrayList<>(2);
        List<String> unsupported = unsupported(startup.parameters());
        if (startup.minorVersion() > 0 || !unsupported.isEmpty()) {
            answer.add(new Backend.NegotiateProtocolVersion(unsupported));
        }
        answer.add(new Backend.AuthenticationSasl(List.of(Authenticator.MECHANISM)));
        connection.send(answer);
    }

    private static List<String> unsupported(Map<String, String> parameters) {
        return parameters.keySet().stream()
                .filter(name -> name.startsWith("_pq_."))
                .filter(name -> !name.equals(EXTENSION) || !extended(parameters))
                .toList();
    }

    private static boolean extended(Map<String, String> parameters) {
        return EXTENSION_VERSION.equals(parameters.get(EXTENSION));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch ((Frontend) message) {
            case Frontend.SaslInitial initial -> first(initial);
            case Frontend.SaslResponse response -> last(ctx, response);
            default -> throw new ProtocolViolation("a message that is no part of the login");
        }
    }

    private void first(Frontend.SaslInitial initial) {
        Bytes data = initial.data();
        if (!initial.mechanism().equals(Authenticator.MECHANISM) || data == null) {
            throw new ProtocolViolation("a SASL mechanism that was not offered");
        }
        String answer = scram.first(data.array());
        connection.decoder().enter(Phase.SASL_RESPONSE, broker.settings().logins().frame());
        connection.send(List.of(new Backend.AuthenticationSaslContinue(utf8(answer))));
    }

    private void last(ChannelHandlerContext ctx, Frontend.SaslResponse response) {
        switch (scram.last(response.data().array())) {
            case ScramServer.Verdict.Refused refused -> refuse();
            case ScramServer.Verdict.Proved proved ->
                    open(ctx, proved.principal(), proved.serverFinal());
        }
    }

    /** The delay slows guessing down; it is the same whether the user exists. */
    private void refuse() {
        connection.pauseReading(true);
        connection.schedule(
                () -> broker.refuse(connection, Faults.wrongPassword(user)),
                broker.settings().logins().refusalDelay());
    }

    private void open(ChannelHandlerContext ctx, Principal principal, String serverFinal) {
        loginTimeout.run();
        broker.traffic().loginSucceeded();
        connection.send(
                List.of(
                        new Backend.AuthenticationSaslFinal(utf8(serverFinal)),
                        new Backend.AuthenticationOk()));
        Phase phase = extended(startup.parameters()) ? Phase.EXTENDED : Phase.PLAIN;
        connection.decoder().enter(phase, broker.settings().frame());
        Session session = broker.opener().open(connection, principal, startup);
        ctx.pipeline().replace(this, null, new SessionHandler(connection, session, broker));
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broker.refuse(connection, cause);
    }
}
