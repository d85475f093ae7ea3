package io.gatehouse.server.session;

import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.TransactionStatus;

import java.util.List;

/** What the Gatehouse driver is told first (docs/protocol/PROTOCOL.md, section 3). */
final class DriverWelcome {
    private DriverWelcome() {}

    static List<Backend> of(Opening opening, SessionContext session) {
        return List.of(
                new Backend.ParameterStatus("gatehouse.extension", "1"),
                new Backend.ParameterStatus("gatehouse.version", opening.version()),
                new Backend.ParameterStatus("gatehouse.kind", session.kind().name()),
                new Backend.ParameterStatus(
                        "gatehouse.max_frame", Integer.toString(session.limits().frame())),
                new Backend.BackendKeyData(opening.id(), opening.key()),
                new Backend.ReadyForQuery(TransactionStatus.NONE));
    }
}
