package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.kind.Isolation;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.wire.Backend;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a PostgreSQL server that clients set and show. Behind a backend of another kind
 * the broker has them itself; behind PostgreSQL it only follows those that clients are told of.
 * Owned by the event loop.
 */
final class ServerParameters {
    /** What a client is told of at start-up and whenever it changes. */
    private static final List<String> REPORTED =
            List.of(
                    "server_version",
                    "server_encoding",
                    "client_encoding",
                    "DateStyle",
                    "IntervalStyle",
                    "integer_datetimes",
                    "standard_conforming_strings",
                    "TimeZone",
                    "is_superuser",
                    "session_authorization",
                    "application_name",
                    "in_hot_standby",
                    "default_transaction_read_only");

    private static final Set<String> FIXED =
            Set.of(
                    "server_version",
                    "server_version_num",
                    "server_encoding",
                    "integer_datetimes",
                    "is_superuser",
                    "session_authorization",
                    "in_hot_standby",
                    "max_identifier_length",
                    "transaction_read_only");

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("server_version_num", "170000"),
                    Map.entry("server_encoding", "UTF8"),
                    Map.entry("client_encoding", "UTF8"),
                    Map.entry("datestyle", "ISO, MDY"),
                    Map.entry("intervalstyle", "postgres"),
                    Map.entry("integer_datetimes", "on"),
                    Map.entry("standard_conforming_strings", "on"),
                    Map.entry("is_superuser", "off"),
                    Map.entry("in_hot_standby", "off"),
                    Map.entry("max_identifier_length", "63"),
                    Map.entry("extra_float_digits", "1"),
                    Map.entry("client_min_messages", "notice"),
                    Map.entry("bytea_output", "hex"),
                    Map.entry("statement_timeout", "0"));

    /** Answered from the session's state. */
    private static final Set<String> OF_STATE =
            Set.of(
                    "server_version",
                    "session_authorization",
                    "timezone",
                    "application_name",
                    "default_transaction_isolation",
                    "default_transaction_read_only",
                    "transaction_isolation",
                    "transaction_read_only");

    private static final Set<String> KNOWN = known();

    private final SessionState state;
    private final Dialect dialect;
    private String version = "";
    private final String user;
    private final Map<String, String> assigned = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();

    ServerParameters(SessionState state, Dialect dialect, String user) {
        this.state = state;
        this.dialect = dialect;
        this.user = user;
    }

    /** What clients are told from now on; before the first {@link #changes}. */
    void serverVersion(String own) {
        version = own;
    }

    private static Set<String> known() {
        java.util.HashSet<String> names = new java.util.HashSet<>(OF_STATE);
        names.addAll(DEFAULTS.keySet());
        return Set.copyOf(names);
    }

    /** The names, in lower case, that {@link #show} and {@link #assign} take. */
    static Set<String> names() {
        return KNOWN;
    }

    /** Every reported parameter that differs from what the client was last told. */
    List<Backend> changes() {
        List<Backend> changes = new ArrayList<>();
        for (String name : REPORTED) {
            String now = show(name.toLowerCase(Locale.ROOT));
            if (!now.equals(told.put(name, now))) {
                changes.add(new Backend.ParameterStatus(name, now));
            }
        }
        return changes;
    }

    /**
     * The value as SHOW gives it.
     *
     * @param name one of {@link #names}
     */
    String show(String name) {
        CarriedState carried = state.carried();
        String carriedValue = carried.settings().get(name);
        return switch (name) {
            case "server_version" -> version;
            case "session_authorization" -> user;
            case "timezone" -> zoneName();
            case "application_name" -> application(carried);
            case "default_transaction_isolation" -> isolation(carried.isolation());
            case "transaction_isolation" -> isolation(state.wanted().isolation());
            case "default_transaction_read_only" -> onOff(carried.readOnly());
            case "transaction_read_only" -> onOff(state.wanted().readOnly());
            case "datestyle" -> dateStyle(carriedValue == null ? "" : unquoted(carriedValue));
            default -> {
                String standard = DEFAULTS.getOrDefault(name, "");
                yield carriedValue == null
                        ? assigned.getOrDefault(name, standard)
                        : unquoted(carriedValue);
            }
        };
    }

    /** What the client calls itself, in whichever way it said so. */
    static String application(CarriedState carried) {
        String said = carried.settings().get("application_name");
        return said == null ? carried.applicationName() : unquoted(said);
    }

    private String dateStyle(String carriedValue) {
        String style = carriedValue.isEmpty() ? assigned.get("datestyle") : carriedValue;
        String upper = style == null ? "" : style.toUpperCase(Locale.ROOT);
        for (String order : List.of("DMY", "YMD")) {
            if (upper.contains(order)) {
                return "ISO, " + order;
            }
        }
        return DEFAULTS.getOrDefault("datestyle", "");
    }

    /** The level that holds where none was asked for is the vendor's default. */
    private String isolation(@Nullable Isolation level) {
        Isolation now = level;
        if (now == null) {
            now =
                    switch (dialect) {
                        case MYSQL, MARIADB -> Isolation.REPEATABLE_READ;
                        case SQLITE -> Isolation.SERIALIZABLE;
                        case POSTGRESQL, SQLSERVER, ORACLE, H2 -> Isolation.READ_COMMITTED;
                    };
        }
        return now.sql().toLowerCase(Locale.ROOT);
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private String zoneName() {
        CarriedState carried = state.carried();
        String set = carried.settings().get("timezone");
        String zone = set == null ? carried.timeZone() : unquoted(set);
        return zone == null ? "UTC" : zone;
    }

    /** The zone that timestamps with time zone are written in; UTC where its name is not known. */
    ZoneId zone() {
        return zone(zoneName()).orElse(ZoneOffset.UTC);
    }

    /**
     * The zone that a statement has set and that has the same name in Java; empty for none. In
     * PostgreSQL's other names the signs are those of POSIX.
     */
    static String zoneSet(CarriedState carried) {
        String set = carried.settings().get("timezone");
        if (set == null) {
            return "";
        }
        String name = unquoted(set);
        boolean same = name.contains("/") || name.equals("UTC") || name.equals("GMT");
        return same && zone(name).isPresent() ? name : "";
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            if (name.matches("[+-]?\\d{1,2}")) {
                return Optional.of(ZoneOffset.ofHours(Integer.parseInt(name)));
            }
            return Optional.of(ZoneId.of(name, ZoneId.SHORT_IDS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The longest that a statement may take by the client's own wish; zero for no limit. */
    Duration statementTimeout() {
        return duration(assigned.getOrDefault("statement_timeout", "0")).orElse(Duration.ZERO);
    }

    /** Returns a parameter, or {@code all}, to what it was at the start. */
    @Nullable Fault reset(String name) {
        if (!name.equals("all")) {
            return assign(name, null);
        }
        assigned.clear();
        state.carry(state.pristine());
        return null;
    }

    /**
     * Changes a parameter.
     *
     * @param name one of {@link #names}
     * @param value null for the default
     * @return why it is not changed, or null
     */
    @Nullable Fault assign(String name, @Nullable String value) {
        if (FIXED.contains(name)) {
            return PlainFaults.fixedParameter(name);
        }
        if (value != null) {
            Fault fault = refuse(name, value);
            if (fault != null) {
                return fault;
            }
        }
        CarriedState carried = state.carried();
        switch (name) {
            case "timezone" ->
                    state.carry(
                            carried.withTimeZone(
                                    value == null ? state.pristine().timeZone() : value));
            case "application_name" ->
                    state.carry(
                            carried.withApplicationName(
                                    value == null ? state.pristine().applicationName() : value));
            case "default_transaction_isolation" ->
                    state.carry(carried.withIsolation(level(value)));
            case "transaction_isolation" -> state.blockMode(level(value), null);
            case "default_transaction_read_only" ->
                    state.carry(carried.withReadOnly(value != null && isOn(value)));
            default -> {
                if (value == null) {
                    assigned.remove(name);
                } else {
                    assigned.put(name, value);
                }
            }
        }
        return null;
    }

    private static @Nullable Isolation level(@Nullable String value) {
        return value == null ? null : Isolation.parse(value).orElse(null);
    }

    private static boolean isOn(String value) {
        return Set.of("on", "true", "yes", "1").contains(value.toLowerCase(Locale.ROOT));
    }

    /** Why a value is not taken, on any kind of backend; null when it may be. */
    static @Nullable Fault refuse(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "client_encoding" ->
                    Set.of("utf8", "utf-8", "unicode", "'utf8'").contains(lower)
                            ? null
                            : PlainFaults.invalidSetting(
                                    name, value, "The broker speaks UTF8 only.");
            case "datestyle" ->
                    lower.contains("iso") || Set.of("dmy", "mdy", "ymd").contains(lower)
                            ? null
                            : Faults.notSupported("a DateStyle other than ISO");
            case "bytea_output" ->
                    lower.equals("hex") ? null : Faults.notSupported("bytea_output other than hex");
            case "standard_conforming_strings" ->
                    isOn(value)
                            ? null
                            : Faults.notSupported("standard_conforming_strings other than on");
            case "timezone" ->
                    zone(value).isPresent() ? null : PlainFaults.invalidSetting(name, value, "");
            case "default_transaction_isolation", "transaction_isolation" ->
                    Isolation.parse(value).isPresent()
                            ? null
                            : PlainFaults.invalidSetting(name, value, "");
            case "statement_timeout" ->
                    duration(value).isPresent()
                            ? null
                            : PlainFaults.invalidSetting(name, value, "");
            default -> null;
        };
    }

    private static Optional<Duration> duration(String value) {
        String text = value.strip();
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits).strip()) {
            case "", "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "min" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            case "d" -> Optional.of(Duration.ofDays(number));
            default -> Optional.empty();
        };
    }

    /** The value behind the SQL text of one. */
    static String unquoted(String valueText) {
        String text = valueText.strip();
        boolean quoted =
                text.length() >= 2
                        && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                        && text.charAt(text.length() - 1) == text.charAt(0);
        if (!quoted) {
            return text;
        }
        String quote = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }
}
