package io.gatehouse.server.session;

import io.gatehouse.server.execute.Call;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** The driver's open statements, bounded in number and size. Owned by the event loop. */
final class DriverStatements {
    private final int most;
    private final long mostCharacters;
    private final Map<Integer, Prepared> statements = new HashMap<>();
    private long characters;

    DriverStatements(int most, long mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    /** A statement of the client's, and what it was last told of its columns. */
    record Prepared(Frontend.ExtPrepare as, LastColumns columns) {}

    @Nullable Prepared find(int id) {
        return statements.get(id);
    }

    /** Keeps a statement in the place of the one of its id; why not, or null. */
    @Nullable Fault put(Frontend.ExtPrepare prepare) {
        remove(prepare.statement());
        if (statements.size() >= most || characters + prepare.sql().length() > mostCharacters) {
            return Faults.tooManyStatements(most, mostCharacters);
        }
        statements.put(prepare.statement(), new Prepared(prepare, new LastColumns()));
        characters += prepare.sql().length();
        return null;
    }

    void remove(int id) {
        Prepared old = statements.remove(id);
        characters -= old == null ? 0 : old.as().sql().length();
    }

    /** Which generated keys a statement was prepared to give. */
    static Call.Keys keys(Frontend.ExtPrepare prepare) {
        return switch (prepare.keys()) {
            case NONE -> Call.Keys.NONE;
            case ANY -> Call.Keys.ANY;
            case NAMED -> Call.Keys.NAMED;
            case NUMBERED -> Call.Keys.NUMBERED;
        };
    }
}
