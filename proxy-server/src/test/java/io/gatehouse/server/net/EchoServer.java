package io.gatehouse.server.net;

import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.session.Client;
import io.gatehouse.server.session.Session;
import io.gatehouse.server.session.SessionOpener;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.DataRowWriter;
import io.gatehouse.server.wire.Frontend;
import io.gatehouse.server.wire.TransactionStatus;
import io.gatehouse.server.wire.Types;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The smallest server that a PostgreSQL client takes for one: every query returns its own text. */
final class EchoServer implements SessionOpener {
    static final String USER = "alice";
    static final String PASSWORD = "correct horse";

    final Queue<Client> clients = new ConcurrentLinkedQueue<>();
    final Queue<Integer> cancelled = new ConcurrentLinkedQueue<>();

    /** Run with what tells that a cancel is noted. */
    volatile Consumer<Runnable> noting = Runnable::run;

    final CountDownLatch disconnected = new CountDownLatch(1);

    static Authenticator authenticator() {
        UserRecord alice =
                new UserRecord(USER, ScramVerifier.of(PASSWORD.toCharArray()), Set.of("staff"));
        return new Authenticator(name -> name.equals(USER) ? Optional.of(alice) : Optional.empty());
    }

    @Override
    public Session open(Client client, Principal principal, Frontend.Startup startup) {
        clients.add(client);
        client.send(
                List.of(
                        new Backend.ParameterStatus("server_version", "17.0"),
                        new Backend.ParameterStatus("client_encoding", "UTF8"),
                        new Backend.ParameterStatus("standard_conforming_strings", "on"),
                        new Backend.ParameterStatus("DateStyle", "ISO, MDY"),
                        new Backend.BackendKeyData(4711, 42),
                        new Backend.ReadyForQuery(TransactionStatus.NONE)));
        return new Echo(client);
    }

    @Override
    public void cancel(int processId, int secretKey, Runnable noted) {
        cancelled.add(processId);
        noting.accept(noted);
    }

    private final class Echo implements Session {
        private final Client client;

        Echo(Client client) {
            this.client = client;
        }

        @Override
        public void on(Frontend message) {
            switch (message) {
                case Frontend.Query query -> answer(query.sql());
                case Frontend.Terminate terminate -> client.close();
                default -> throw new AssertionError("simple queries only");
            }
        }

        private void answer(String sql) {
            boolean[] text = {false};
            try (DataRowWriter writer =
                    new DataRowWriter(
                            new int[] {Types.TEXT}, text, ZoneOffset.UTC, 65536, 1 << 20)) {
                writer.startRow();
                writer.text(sql);
                writer.endRow();
                client.send(
                        List.of(
                                new Backend.RowDescription(
                                        List.of(
                                                new Backend.Field(
                                                        "echo",
                                                        0,
                                                        (short) 0,
                                                        Types.TEXT,
                                                        (short) -1,
                                                        -1,
                                                        false))),
                                writer.take(),
                                new Backend.CommandComplete("SELECT 1"),
                                new Backend.ReadyForQuery(TransactionStatus.NONE)));
            }
        }

        @Override
        public void writabilityChanged(boolean writable) {}

        @Override
        public void disconnected() {
            disconnected.countDown();
        }
    }
}
