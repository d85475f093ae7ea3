package io.gatehouse.server.session;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.Warnings;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

/** Carries out the commands that are the broker's own. Owned by the event loop. */
final class BrokerCommands {
    private final SessionState state;
    private final ServerParameters parameters;

    BrokerCommands(SessionState state, ServerParameters parameters) {
        this.state = state;
        this.parameters = parameters;
    }

    /**
     * Carries a command out.
     *
     * @param reply gets rows and warnings; its end is the caller's
     * @return why it failed, or null
     */
    @Nullable Fault apply(BrokerCommand command, PlainReply reply) {
        return switch (command) {
            case BrokerCommand.Assign m -> parameters.assign(m.name(), m.value());
            case BrokerCommand.Reset m -> parameters.reset(m.name());
            case BrokerCommand.Show m -> {
                reply.answer(m.name(), parameters.show(m.name()));
                yield null;
            }
            case BrokerCommand.Mode m -> mode(m);
            case BrokerCommand.Begin m -> begin(m, reply);
            case BrokerCommand.End m -> {
                reply.warning(Warnings.noTransaction());
                yield null;
            }
        };
    }

    private @Nullable Fault mode(BrokerCommand.Mode mode) {
        TransactionOptions parsed = TransactionOptions.parse(mode.options());
        if (parsed.unsupported() != null) {
            return Faults.notSupported(parsed.unsupported());
        }
        if (!mode.session()) {
            state.blockMode(parsed.isolation(), parsed.readOnly());
            return null;
        }
        CarriedState carried = state.carried();
        carried = parsed.isolation() == null ? carried : carried.withIsolation(parsed.isolation());
        carried = parsed.readOnly() == null ? carried : carried.withReadOnly(parsed.readOnly());
        state.carry(carried);
        return null;
    }

    private @Nullable Fault begin(BrokerCommand.Begin begin, PlainReply reply) {
        TransactionOptions modes = TransactionOptions.parse(begin.options());
        if (modes.unsupported() != null) {
            return Faults.notSupported(modes.unsupported());
        }
        if (state.block()) {
            reply.warning(Warnings.alreadyInTransaction());
        } else {
            state.begin(modes.isolation(), modes.readOnly());
        }
        return null;
    }
}
