package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PostgreSQL through pgjdbc. */
final class PostgreSQL implements Kind {
    private static final Carrying CARRYING = new PostgreSQLCarrying();
    private static final TwoPhase TWO_PHASE = new PostgreSQLTwoPhase();
    private static final Remains REMAINS =
            new Remains(
                    """
                    SELECT 'TEMPORARY_TABLE' WHERE pg_my_temp_schema() <> 0 AND (
                        EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema())
                        OR EXISTS (SELECT FROM pg_type WHERE typnamespace = pg_my_temp_schema())
                        OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = pg_my_temp_schema()))
                    UNION ALL SELECT 'SESSION_LOCK' WHERE EXISTS (SELECT FROM pg_locks
                        WHERE locktype = 'advisory' AND pid = pg_backend_pid())
                    UNION ALL SELECT 'LISTEN' WHERE EXISTS (SELECT FROM pg_listening_channels())
                    UNION ALL SELECT 'HELD_CURSOR' WHERE EXISTS (SELECT FROM pg_cursors
                        WHERE is_holdable)
                    UNION ALL SELECT 'PREPARED_STATEMENT' WHERE EXISTS (SELECT
                        FROM pg_prepared_statements WHERE from_sql)
                    """,
                    Set.of(
                            PinReason.TEMPORARY_TABLE,
                            PinReason.SESSION_LOCK,
                            PinReason.LISTEN,
                            PinReason.HELD_CURSOR,
                            PinReason.PREPARED_STATEMENT));

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public int defaultPort() {
        return 5432;
    }

    @Override
    public String driverClass() {
        return "org.postgresql.Driver";
    }

    @Override
    public String url(Target target) {
        return "jdbc:postgresql://"
                + Escapes.authority(target, defaultPort())
                + "/"
                + Escapes.percent(target.database());
    }

    @Override
    public Map<String, String> properties(Target target, Duration connectTimeout) {
        Map<String, String> all = new HashMap<>();
        String seconds = Long.toString(Math.max(1, connectTimeout.toSeconds()));
        all.put("connectTimeout", seconds);
        all.put("loginTimeout", seconds);
        all.put("cancelSignalTimeout", seconds);
        all.put("tcpKeepAlive", "true");
        all.put("gssEncMode", "disable");
        // Sends its settings with the start-up, where a reset returns to, and saves a round trip.
        all.put("assumeMinServerVersion", "12");
        all.put("channelBinding", "prefer");
        all.put("prepareThreshold", "5");
        all.put("preparedStatementCacheQueries", "256");
        all.put("preparedStatementCacheSizeMiB", "4");
        // A cached plan that DDL made stale fails once; in a transaction the client must decide.
        all.put("autosave", "never");
        // Rows that are tapped are read as text: their format is then the same in every execution.
        all.put("binaryTransfer", "false");
        // That leaves these two, for which the driver has classes that read both.
        all.put("binaryTransferDisable", "POINT,BOX");
        all.put("ApplicationName", "gatehouse");
        switch (target.encryption()) {
            case OFF -> all.put("sslmode", "disable");
            case REQUIRE -> all.put("sslmode", "require");
            case VERIFY -> {
                all.put("sslmode", "verify-full");
                if (!target.rootCertificate().isEmpty()) {
                    all.put("sslrootcert", target.rootCertificate());
                } else {
                    all.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
                }
            }
        }
        all.putAll(target.properties());
        return Map.copyOf(all);
    }

    @Override
    public boolean hasCredentials() {
        return true;
    }

    @Override
    public Streaming streaming() {
        return new Streaming(Streaming.Recipe.CURSOR_IN_TRANSACTION, false);
    }

    @Override
    public boolean hasRowTap(Target target) {
        // Above TLS of pgjdbc's own there is no socket to tap.
        return target.encryption() == Encryption.OFF;
    }

    @Override
    public boolean abortWaitsForReader() {
        return false;
    }

    @Override
    public Reset reset() {
        return new Reset.Statement("DISCARD ALL");
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
        return true;
    }

    @Override
    public Set<String> retryableStates() {
        return Set.of("40001", "40P01");
    }

    @Override
    public boolean columnDetailIsFree() {
        return false;
    }

    @Override
    public Trouble trouble(String sqlState, int vendorCode) {
        return switch (sqlState) {
            case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04", "XX001", "XX002" ->
                    Trouble.CONNECTION_LOST;
            case "57014" -> Trouble.CANCELLED;
            case "53300" -> Trouble.BACKEND_FULL;
            default -> sqlState.startsWith("08") ? Trouble.CONNECTION_LOST : Trouble.NONE;
        };
    }
}
