package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Microsoft SQL Server through its own driver. */
final class SQLServer implements Kind {
    private static final Carrying CARRYING = new SetterCarrying(false);

    @Override
    public String name() {
        return "sqlserver";
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLSERVER;
    }

    @Override
    public int defaultPort() {
        return 1433;
    }

    @Override
    public String driverClass() {
        return "com.microsoft.sqlserver.jdbc.SQLServerDriver";
    }

    @Override
    public String url(Target target) {
        // The driver splits the authority at its first colon, inside an IPv6 address too.
        String server =
                Escapes.isIpv6(target)
                        ? ";serverName="
                                + Escapes.host(target)
                                + ";portNumber="
                                + Escapes.port(target, defaultPort())
                        : Escapes.authority(target, defaultPort());
        return "jdbc:sqlserver://" + server + ";databaseName=" + Escapes.braces(target.database());
    }

    @Override
    public Map<String, String> properties(Target target, Duration connectTimeout) {
        Map<String, String> all = new HashMap<>();
        all.put("loginTimeout", Long.toString(Math.max(1, connectTimeout.toSeconds())));
        all.put("applicationName", "gatehouse");
        all.put("responseBuffering", "adaptive");
        all.put("disableStatementPooling", "false");
        all.put("statementPoolingCacheSize", "256");
        // The driver retries lost connections by itself, and with them a lost session state.
        all.put("connectRetryCount", "0");
        switch (target.encryption()) {
            case OFF -> all.put("encrypt", "false");
            case REQUIRE -> {
                all.put("encrypt", "true");
                all.put("trustServerCertificate", "true");
            }
            case VERIFY -> {
                all.put("encrypt", "true");
                all.put("trustServerCertificate", "false");
                if (!target.rootCertificate().isEmpty()) {
                    // serverCertificate would take the server's own certificate only.
                    all.put("trustStore", TrustStore.of(target.rootCertificate()).toString());
                    all.put("trustStoreType", TrustStore.TYPE);
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
        return false;
    }

    @Override
    public Reset reset() {
        // sp_reset_connection can only be asked for by the driver's own pool, and leaves the
        // isolation level and an application role behind.
        return new Reset.Close();
    }

    @Override
    public Remains remains() {
        return Remains.UNKNOWN;
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
        return Set.of("40001");
    }

    @Override
    public boolean columnDetailIsFree() {
        return true;
    }

    @Override
    public Trouble trouble(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            // too many sessions or workers
            case 10928, 10929, 17809 -> Trouble.BACKEND_FULL;
            // killed; shutdown; severe errors end the connection
            case 596, 6005, 21, 4014 -> Trouble.CONNECTION_LOST;
            default -> {
                if (sqlState.startsWith("08")) {
                    yield Trouble.CONNECTION_LOST;
                }
                yield sqlState.equals("HY008") ? Trouble.CANCELLED : Trouble.NONE;
            }
        };
    }
}
