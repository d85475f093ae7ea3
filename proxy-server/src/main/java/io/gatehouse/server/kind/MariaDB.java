package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MariaDB through its own driver. */
final class MariaDB implements Kind {
    private static final Carrying CARRYING = new MySqlCarrying();
    private static final TwoPhase TWO_PHASE = new MySqlTwoPhase();

    // From 11.2 on the server lists the temporary tables of a session; before, it does not tell.
    private static final Remains REMAINS =
            new Remains(
                    """
                    SELECT 'USER_VARIABLE' FROM information_schema.USER_VARIABLES
                        WHERE VARIABLE_VALUE IS NOT NULL
                    UNION ALL SELECT 'TEMPORARY_TABLE' WHERE SUBSTRING_INDEX(VERSION(), '.', 1) * 100
                        + SUBSTRING_INDEX(SUBSTRING_INDEX(VERSION(), '.', 2), '.', -1) < 1102
                        OR EXISTS (SELECT 1 FROM information_schema.TABLES
                        WHERE TABLE_TYPE = 'TEMPORARY')
                    """,
                    Set.of(PinReason.USER_VARIABLE, PinReason.TEMPORARY_TABLE));

    /**
     * A reset leaves the server's own character set, which may be latin1, where the driver had
     * asked for one at its login: the server's if that is utf8mb4, else utf8mb4 with this
     * collation.
     */
    private static final String CHARACTER_SET =
            "SET character_set_client = utf8mb4, character_set_results = utf8mb4,"
                    + " collation_connection = IF(@@collation_server LIKE 'utf8mb4%',"
                    + " @@collation_server, 'utf8mb4_general_ci')";

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public Dialect dialect() {
        return Dialect.MARIADB;
    }

    @Override
    public int defaultPort() {
        return 3306;
    }

    @Override
    public String driverClass() {
        return "org.mariadb.jdbc.Driver";
    }

    @Override
    public String url(Target target) {
        return "jdbc:mariadb://"
                + Escapes.authority(target, defaultPort())
                + "/"
                + Escapes.plain(target.database(), name(), "/?");
    }

    @Override
    public Map<String, String> properties(Target target, Duration connectTimeout) {
        Map<String, String> all = new HashMap<>();
        all.put("connectTimeout", Long.toString(connectTimeout.toMillis()));
        all.put("tcpKeepAlive", "true");
        all.put("allowMultiQueries", "false");
        all.put("allowLocalInfile", "false");
        all.put("cachePrepStmts", "true");
        all.put("prepStmtCacheSize", "256");
        all.put("useServerPrepStmts", "true");
        all.put("useResetConnection", "true");
        all.put("connectionAttributes", "program_name:gatehouse");
        switch (target.encryption()) {
            case OFF -> {
                all.put("sslMode", "disable");
                all.put("allowPublicKeyRetrieval", "true");
            }
            case REQUIRE -> all.put("sslMode", "trust");
            case VERIFY -> {
                all.put("sslMode", "verify-full");
                if (!target.rootCertificate().isEmpty()) {
                    all.put("serverSslCert", target.rootCertificate());
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
        return new Streaming(Streaming.Recipe.FETCH_SIZE, true);
    }

    @Override
    public boolean hasRowTap(Target target) {
        return false;
    }

    @Override
    public boolean abortWaitsForReader() {
        return true;
    }

    @Override
    public Reset reset() {
        return new Reset.DriverMethod("org.mariadb.jdbc.Connection", "reset", CHARACTER_SET);
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
        return Set.of("40001", "41000");
    }

    @Override
    public boolean columnDetailIsFree() {
        return true;
    }

    @Override
    public Trouble trouble(String sqlState, int vendorCode) {
        return MySqlErrors.trouble(sqlState, vendorCode);
    }
}
