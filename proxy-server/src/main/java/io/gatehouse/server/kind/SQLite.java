package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SQLite, in a file or in memory ({@code mem:NAME}, shared by the pool's connections). */
final class SQLite implements Kind {
    private static final Carrying CARRYING = new SetterCarrying(false);
    private static final Remains REMAINS =
            new Remains(
                    """
                    SELECT 'TEMPORARY_TABLE' FROM sqlite_temp_master
                    UNION ALL SELECT 'ATTACHED_DATABASE' FROM pragma_database_list
                        WHERE name NOT IN ('main', 'temp')
                    """,
                    Set.of(PinReason.TEMPORARY_TABLE, PinReason.ATTACHED_DATABASE));

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public int defaultPort() {
        return 0;
    }

    @Override
    public String driverClass() {
        return "org.sqlite.JDBC";
    }

    @Override
    public String url(Target target) {
        String database = target.database();
        // A colon in front is for :memory:, which no two connections share, and for :resource:,
        // which downloads from an address.
        if (database.startsWith(":")) {
            throw new IllegalArgumentException(
                    "the name of an SQLite database starts with no colon; in memory it is"
                            + " mem:NAME");
        }
        if (database.startsWith("mem:")) {
            String name = Escapes.plain(database.substring(4), name(), "?&#%");
            return "jdbc:sqlite:file:" + name + "?mode=memory&cache=shared";
        }
        // A question mark would add pragmas to the URL.
        return "jdbc:sqlite:" + Escapes.plain(database, name(), "?");
    }

    @Override
    public Map<String, String> properties(Target target, Duration connectTimeout) {
        Map<String, String> all = new HashMap<>();
        all.put("enable_load_extension", "false");
        all.put("foreign_keys", "true");
        all.put("busy_timeout", Long.toString(connectTimeout.toMillis()));
        all.putAll(target.properties());
        return Map.copyOf(all);
    }

    @Override
    public boolean hasCredentials() {
        return false;
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
        return Optional.empty();
    }

    @Override
    public boolean errorAbortsTransaction() {
        return false;
    }

    @Override
    public Set<String> retryableStates() {
        return Set.of();
    }

    @Override
    public boolean columnDetailIsFree() {
        return true;
    }

    @Override
    public Trouble trouble(String sqlState, int vendorCode) {
        // SQLITE_INTERRUPT; SQLITE_CORRUPT and SQLITE_NOTADB
        return switch (vendorCode) {
            case 9 -> Trouble.CANCELLED;
            case 11, 26 -> Trouble.CONNECTION_LOST;
            default -> Trouble.NONE;
        };
    }
}
