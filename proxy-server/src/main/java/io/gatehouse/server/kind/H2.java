package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** H2, in memory ({@code mem:NAME}), in a file, or behind its own TCP server (with a host). */
final class H2 implements Kind {
    private static final Carrying CARRYING = new SetterCarrying(true);
    private static final TwoPhase TWO_PHASE = new H2TwoPhase();
    private static final Remains REMAINS =
            new Remains(
                    """
                    SELECT 'TEMPORARY_TABLE' FROM INFORMATION_SCHEMA.TABLES
                        WHERE TABLE_TYPE = 'LOCAL TEMPORARY'
                    UNION ALL SELECT 'USER_VARIABLE' FROM INFORMATION_SCHEMA.SESSION_STATE
                        WHERE STATE_KEY LIKE '@%'
                    """,
                    Set.of(PinReason.TEMPORARY_TABLE, PinReason.USER_VARIABLE));

    @Override
    public String name() {
        return "h2";
    }

    @Override
    public Dialect dialect() {
        return Dialect.H2;
    }

    @Override
    public int defaultPort() {
        return 9092;
    }

    @Override
    public String driverClass() {
        return "org.h2.Driver";
    }

    @Override
    public String url(Target target) {
        // A semicolon would add settings to the URL, such as INIT, which runs SQL.
        String database = Escapes.plain(target.database(), name(), ";");
        if (!target.host().isEmpty()) {
            String scheme = target.encryption() == Encryption.OFF ? "tcp" : "ssl";
            return "jdbc:h2:"
                    + scheme
                    + "://"
                    + Escapes.authority(target, defaultPort())
                    + "/"
                    + database;
        }
        return "jdbc:h2:" + (database.startsWith("mem:") ? "" : "file:") + database;
    }

    @Override
    public Map<String, String> properties(Target target, Duration connectTimeout) {
        Map<String, String> all = new HashMap<>();
        if (target.database().startsWith("mem:")) {
            // The pool may close its last connection; the data must outlive that.
            all.put("DB_CLOSE_DELAY", "-1");
        }
        all.put("DB_CLOSE_ON_EXIT", "FALSE");
        all.putAll(target.properties());
        return Map.copyOf(all);
    }

    @Override
    public boolean hasCredentials() {
        return true;
    }

    @Override
    public Streaming streaming() {
        return new Streaming(Streaming.Recipe.AS_IS, false);
    }

    @Override
    public boolean hasRowTap(Target target) {
        return false;
    }

    @Override
    public boolean abortWaitsForReader() {
        return false;
    }

    @Override
    public Reset reset() {
        return new Reset.Close();
    }

    @Override
    public Remains remains() {
        return REMAINS;
    }

    @Override
    public Carrying carrying() {
        return CARRYING;
    }

    @Override
    public Optional<TwoPhase> twoPhase() {
        return Optional.of(TWO_PHASE);
    }

    @Override
    public boolean errorAbortsTransaction() {
        return false;
    }

    @Override
    public Set<String> retryableStates() {
        return Set.of("40001");
    }

    @Override
    public boolean columnDetailIsFree() {
        return true;
    }

    @Override
    public Trouble trouble(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            // database closed, connection broken, closed by shutdown, out of memory
            case 90098, 90067, 90121, 90108 -> Trouble.CONNECTION_LOST;
            case 57014 -> Trouble.CANCELLED;
            default -> sqlState.startsWith("08") ? Trouble.CONNECTION_LOST : Trouble.NONE;
        };
    }
}
