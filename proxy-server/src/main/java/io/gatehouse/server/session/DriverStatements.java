package io.gatehouse.server.session;

import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Signature;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** The driver's open statements, bounded in number and size. Owned by the event loop. */
final class DriverStatements {
    /** What a parameter takes beside its names, about. */
    private static final int PER_SLOT = 24;

    private final int most;
    private final long mostCharacters;
    private final Map<Integer, Prepared> statements = new HashMap<>();
    private long characters;

    DriverStatements(int most, long mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    /**
     * A statement of the client's, and what it was last told of its columns.
     *
     * @param call the parameters of a callable statement; null where it is none
     */
    record Prepared(Frontend.ExtPrepare as, LastColumns columns, @Nullable Signature call) {
        /** The text to run, as the gate permits it. */
        Call.Text text(Permitted permitted, String trace) {
            return new Call.Text(
                    permitted, as.direct(), as.escapes(), keys(as), as.keyColumns(), call, trace);
        }

        /** What it counts against the limit, in characters. */
        long weight() {
            long weight = as.sql().length();
            if (call != null) {
                for (Signature.Slot slot : call.slots()) {
                    weight += PER_SLOT + slot.name().length() + slot.typeName().length();
                }
            }
            return weight;
        }
    }

    @Nullable Prepared find(int id) {
        return statements.get(id);
    }

    /** Keeps a statement in the place of the one of its id; why not, or null. */
    @Nullable Fault put(Frontend.ExtPrepare prepare) {
        remove(prepare.statement());
        Signature call = prepare.call() ? Signature.POSITIONAL : null;
        return put(prepare.statement(), new Prepared(prepare, new LastColumns(), call));
    }

    /** Notes what the parameters of a callable statement are; why not, or null. */
    @Nullable Fault sign(Frontend.ExtSignature signature) {
        Prepared prepared = statements.get(signature.statement());
        if (prepared == null) {
            // Its preparation was refused, which is the better reason.
            return null;
        }
        if (prepared.call() == null) {
            return Faults.notSupported("a signature of a statement that is not callable");
        }
        Signature call =
                new Signature(signature.parameters().stream().map(DriverStatements::slot).toList());
        remove(signature.statement());
        return put(signature.statement(), new Prepared(prepared.as(), prepared.columns(), call));
    }

    private static Signature.Slot slot(Frontend.CallParameter p) {
        return new Signature.Slot(
                p.in(), p.out(), p.index(), p.name(), p.jdbcType(), p.scale(), p.typeName());
    }

    private @Nullable Fault put(int id, Prepared prepared) {
        if (statements.size() >= most || characters + prepared.weight() > mostCharacters) {
            return Faults.tooManyStatements(most, mostCharacters);
        }
        statements.put(id, prepared);
        characters += prepared.weight();
        return null;
    }

    void remove(int id) {
        Prepared old = statements.remove(id);
        characters -= old == null ? 0 : old.weight();
    }

    /** Which generated keys a statement was prepared to give. */
    private static Call.Keys keys(Frontend.ExtPrepare prepare) {
        return switch (prepare.keys()) {
            case NONE -> Call.Keys.NONE;
            case ANY -> Call.Keys.ANY;
            case NAMED -> Call.Keys.NAMED;
            case NUMBERED -> Call.Keys.NUMBERED;
        };
    }

    /** As what a statement is called. */
    static Call.Expect expect(Frontend.Expect as) {
        return switch (as) {
            case ANYTHING -> Call.Expect.ANYTHING;
            case ROWS -> Call.Expect.ROWS;
            case COUNT -> Call.Expect.COUNT;
        };
    }
}
