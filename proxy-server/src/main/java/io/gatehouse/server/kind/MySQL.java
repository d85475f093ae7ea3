package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MySQL through Connector/J. */
final class MySQL implements Kind {
    private static final Carrying CARRYING = new MySqlCarrying();
    private static final TwoPhase TWO_PHASE = new MySqlTwoPhase();

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public Dialect dialect() {
        return Dialect.MYSQL;
    }

    @Override
    public int defaultPort() {
        return 3306;
    }

    @Override
    public String driverClass() {
        return "com.mysql.cj.jdbc.Driver";
    }

    @Override
    public String url(Target target) {
        return "jdbc:mysql://"
                + Escapes.authority(target, defaultPort())
                + "/"
                + Escapes.percent(target.database());
    }

    @Override
    public Map<String, String> properties(Target target, Duration connectTimeout) {
        Map<String, String> all = new HashMap<>();
        all.put("connectTimeout", Long.toString(connectTimeout.toMillis()));
        all.put("tcpKeepAlive", "true");
        all.put("tcpNoDelay", "true");
        all.put("allowMultiQueries", "false");
        all.put("allowLoadLocalInfile", "false");
        all.put("allowUrlInLocalInfile", "false");
        all.put("cachePrepStmts", "true");
        all.put("prepStmtCacheSize", "256");
        all.put("prepStmtCacheSqlLimit", "8192");
        all.put("useServerPrepStmts", "true");
        all.put("cacheServerConfiguration", "true");
        all.put("useLocalSessionState", "true");
        all.put("elideSetAutoCommits", "true");
        // Row streaming (a fetch size of Integer.MIN_VALUE) and abandoning it without reading on.
        all.put("clobberStreamingResults", "false");
        all.put("tinyInt1isBit", "true");
        all.put("connectionAttributes", "program_name:gatehouse");
        switch (target.encryption()) {
            case OFF -> {
                all.put("sslMode", "DISABLED");
                all.put("allowPublicKeyRetrieval", "true");
            }
            case REQUIRE -> all.put("sslMode", "REQUIRED");
            case VERIFY -> {
                all.put("sslMode", "VERIFY_IDENTITY");
                if (!target.rootCertificate().isEmpty()) {
                    all.put(
                            "trustCertificateKeyStoreUrl",
                            TrustStore.of(target.rootCertificate()).toUri().toString());
                    all.put("trustCertificateKeyStoreType", TrustStore.TYPE);
                    all.put("fallbackToSystemTrustStore", "false");
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
        return new Streaming(Streaming.Recipe.ROW_BY_ROW, true);
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
        // Connector/J's resetServerState logs in again but keeps its cache of prepared statements,
        // which the server has forgotten by then.
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
