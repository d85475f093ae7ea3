package io.gatehouse.server.boot;

import java.io.IOException;

/** Wires pools, sessions and listener. */
final class Rooms {
    private Rooms() {}

    static FrontDoor open(FrontDoor.Parts parts) throws IOException {
        throw new IOException(
                "the rooms between clients and backends are not part of this build (parts: "
                        + parts.configuration().names().size()
                        + " connections)");
    }
}
