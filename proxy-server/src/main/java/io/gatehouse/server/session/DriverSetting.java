package io.gatehouse.server.session;

import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.kind.Isolation;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * A setting of the session that the Gatehouse driver sends as a message. It takes the place of what
 * a statement set for the same thing before.
 */
final class DriverSetting {
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private DriverSetting() {}

    /**
     * Sets it.
     *
     * @param value null for the default
     * @return why that is not possible, or null
     */
    static @Nullable Fault apply(SessionState state, String name, @Nullable String value) {
        if (name.equals("autocommit")) {
            if (state.transaction() != TransactionState.NONE || state.failedForClient()) {
                return Faults.protocolViolation("autocommit was set inside a transaction");
            }
            state.autocommit(!"false".equals(value));
            return null;
        }
        if (name.equals("traceparent")) {
            if (value != null && !TRACEPARENT.matcher(value).matches()) {
                return Faults.protocolViolation("malformed traceparent");
            }
            state.traceparent(value == null ? "" : value);
            return null;
        }
        if (name.equals("trace_comments")) {
            state.traceComments("true".equals(value));
            return null;
        }
        try {
            state.carryForGood(carried -> of(carried, name, value));
            return null;
        } catch (GatehouseException e) {
            return e.fault();
        }
    }

    /**
     * @param value null for the default
     * @throws GatehouseException where name or value is unknown
     */
    private static CarriedState of(CarriedState carried, String name, @Nullable String value)
            throws GatehouseException {
        return switch (name) {
            case "isolation" ->
                    carried.withIsolation(isolation(value))
                            .withSetting("default_transaction_isolation", null);
            case "readonly" ->
                    carried.withReadOnly("true".equals(value))
                            .withSetting("default_transaction_read_only", null);
            case "catalog" -> carried.withCatalog(value);
            case "schema" -> carried.withSchema(value).withSetting("search_path", null);
            case "application_name" ->
                    carried.withApplicationName(value == null ? "" : value).withSetting(name, null);
            case "timezone" -> carried.withTimeZone(value).withSetting(name, null);
            default ->
                    throw new GatehouseException(
                            Faults.protocolViolation("unknown setting \"" + name + "\""));
        };
    }

    private static @Nullable Isolation isolation(@Nullable String value) throws GatehouseException {
        if (value == null) {
            return null;
        }
        return Isolation.parse(value)
                .orElseThrow(() ->
                        new GatehouseException(
                                Faults.protocolViolation("unknown isolation level")));
    }
}
