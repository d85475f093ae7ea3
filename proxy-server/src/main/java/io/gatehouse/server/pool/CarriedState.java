package io.gatehouse.server.pool;

import com.github.benmanes.caffeine.cache.Interner;

import io.gatehouse.server.kind.Isolation;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Session state that travels from one backend connection to the next. Immutable.
 *
 * @param isolation null for the backend's default
 * @param catalog null for the connection's own
 * @param schema null for the connection's own
 * @param applicationName empty for the broker's own
 * @param timeZone an IANA id; null for the backend's default
 * @param settings name in lower case to SQL text of the value
 */
public record CarriedState(
        @Nullable Isolation isolation,
        boolean readOnly,
        @Nullable String catalog,
        @Nullable String schema,
        String applicationName,
        @Nullable String timeZone,
        Map<String, String> settings) {
    private static final Interner<CarriedState> ONES = Interner.newWeakInterner();

    /** What a new connection has. */
    public static final CarriedState PRISTINE =
            new CarriedState(null, false, null, null, "", null, Map.of()).theOne();

    public CarriedState {
        settings = Map.copyOf(settings);
    }

    /**
     * The one object for all that are equal to this one. Sessions mostly carry the same, and what
     * they carry is compared before each statement: it is quick between two of those.
     */
    public CarriedState theOne() {
        return ONES.intern(this);
    }

    public CarriedState withIsolation(@Nullable Isolation value) {
        return new CarriedState(
                value, readOnly, catalog, schema, applicationName, timeZone, settings);
    }

    public CarriedState withReadOnly(boolean value) {
        return value == readOnly
                ? this
                : new CarriedState(
                        isolation, value, catalog, schema, applicationName, timeZone, settings);
    }

    public CarriedState withCatalog(@Nullable String value) {
        return new CarriedState(
                isolation, readOnly, value, schema, applicationName, timeZone, settings);
    }

    public CarriedState withSchema(@Nullable String value) {
        return new CarriedState(
                isolation, readOnly, catalog, value, applicationName, timeZone, settings);
    }

    public CarriedState withApplicationName(String value) {
        return new CarriedState(isolation, readOnly, catalog, schema, value, timeZone, settings);
    }

    public CarriedState withTimeZone(@Nullable String value) {
        return new CarriedState(
                isolation, readOnly, catalog, schema, applicationName, value, settings);
    }

    /**
     * @param valueText null takes the setting away
     */
    public CarriedState withSetting(String name, @Nullable String valueText) {
        Map<String, String> changed = new HashMap<>(settings);
        if (valueText == null) {
            changed.remove(name);
        } else {
            changed.put(name, valueText);
        }
        return withSettings(changed);
    }

    public CarriedState withSettings(Map<String, String> value) {
        return new CarriedState(
                isolation, readOnly, catalog, schema, applicationName, timeZone, value);
    }
}
