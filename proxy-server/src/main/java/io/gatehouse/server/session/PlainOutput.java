package io.gatehouse.server.session;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.wire.Backend;

import java.util.ArrayList;
import java.util.List;

/** What a plain client is told, gathered until it is worth sending. Owned by the event loop. */
final class PlainOutput {
    /** Messages that may gather before they are sent although nobody asked for it. */
    private static final int GATHERED = 256;

    private final Client client;
    private List<Backend> gathered = new ArrayList<>();

    PlainOutput(Client client) {
        this.client = client;
    }

    void say(Backend message) {
        gathered.add(message);
        if (gathered.size() >= GATHERED) {
            send();
        }
    }

    void sayError(Fault fault) {
        say(new Backend.ErrorResponse("ERROR", fault));
    }

    void add(List<? extends Backend> messages) {
        gathered.addAll(messages);
    }

    /** Sends all that was said. */
    void send() {
        if (!gathered.isEmpty()) {
            client.send(take());
        }
    }

    /** What was said and is not sent yet, for whoever has to say more first. */
    List<Backend> take() {
        List<Backend> messages = gathered;
        gathered = new ArrayList<>();
        return messages;
    }
}
