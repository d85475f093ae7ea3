package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The functions that reach outside the data, and those known to be harmless. */
final class FunctionLists {
    private static final Set<String> DANGEROUS = read("dangerous.txt");
    private static final Set<String> KNOWN = read("known.txt");
    private static final Set<String> REACHING = read("any-table.txt");
    private static final Set<String> SINGLE = read("single-row.txt");
    private static final Set<String> LOCAL = read("local.txt");
    private static final Set<String> MOMENTARY = read("momentary.txt");

    private static final String[] DANGEROUS_STARTS = {
        "dblink", "lo_", "pg_read_", "pg_ls_", "pg_file_", "pg_logical_", "pg_replication_",
        "pg_create_", "pg_drop_", "xp_", "sp_oa", "pg_stat_file", "pg_wal_replay_", "pg_backup_",
        "group_replication_", "asynchronous_connection_failover_", "keyring_key_", "audit_log_",
    };

    /** Nearly all functions of these names look at the server. */
    private static final String[] LOCAL_STARTS = {"pg_", "txid_", "has_", "to_reg"};

    private static final Set<String> NOT_LOCAL =
            Set.of("pg_typeof", "pg_size_pretty", "pg_size_bytes", "pg_column_size");

    private static final String[] ORACLE_PACKAGES = {
        "utl_",
        "dbms_",
        "owa_",
        "apex_",
        "wwv_",
        "urifactory",
        "kupp",
        "htp",
        "ctxsys",
        "httpuritype",
        "sys_eval",
        "ordsys",
    };
    private static final Set<String> ORACLE_HARMLESS =
            Set.of(
                    "dbms_random",
                    "dbms_lob",
                    "dbms_utility",
                    "dbms_metadata",
                    "utl_raw",
                    "utl_encode",
                    "utl_match",
                    "dbms_xplan");

    private FunctionLists() {}

    private static Set<String> read(String name) {
        try (InputStream in = FunctionLists.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            Set<String> words = new HashSet<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> words.addAll(List.of(line.trim().split("\\s+"))));
            words.remove("");
            return Set.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a call of a function with this last name part reaches outside the data. */
    static boolean dangerous(String name) {
        if (DANGEROUS.contains(name)) {
            return true;
        }
        for (String start : DANGEROUS_STARTS) {
            if (name.startsWith(start)) {
                return !KNOWN.contains(name);
            }
        }
        return false;
    }

    /** Whether the function runs text as SQL, or reads tables whose names are values. */
    static boolean reachesAnyTable(String name) {
        return REACHING.contains(name) || name.startsWith("dblink");
    }

    /** Whether a qualifier is a package that reaches outside the data. */
    static boolean dangerousPackage(Dialect dialect, String name) {
        if (dialect != Dialect.ORACLE) {
            return false;
        }
        for (String start : ORACLE_PACKAGES) {
            if (name.startsWith(start)) {
                return !ORACLE_HARMLESS.contains(name);
            }
        }
        return false;
    }

    /** Whether the name is a built-in without side effects in some dialect. */
    static boolean known(String name) {
        return KNOWN.contains(name) || SINGLE.contains(name);
    }

    /** Whether the name is a built-in that gives one value, not a set of rows. */
    static boolean single(String name) {
        return SINGLE.contains(name);
    }

    /** Whether the function asks about the server or the session rather than the data. */
    static boolean local(String name) {
        if (LOCAL.contains(name)) {
            return true;
        }
        for (String start : LOCAL_STARTS) {
            if (name.startsWith(start)) {
                return !NOT_LOCAL.contains(name);
            }
        }
        return false;
    }

    /** Whether the function may answer otherwise although no data has changed. */
    static boolean momentary(String name) {
        return MOMENTARY.contains(name);
    }

    static boolean aggregate(String name) {
        return switch (name) {
            case "count", "sum", "min", "max", "avg" -> true;
            default -> false;
        };
    }
}
