package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect.Setting;
import io.gatehouse.policy.fact.Trait;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows the settings that change how texts are read, or what a session may do. */
final class SettingGuard {
    private static final Set<String> H2_SESSION =
            Set.of(
                    "schema",
                    "schema_search_path",
                    "lock_timeout",
                    "query_timeout",
                    "timezone",
                    "variable_binary",
                    "throttle",
                    "truncate_large_length");
    private static final Set<String> READ_ONLY =
            Set.of(
                    "transaction_read_only",
                    "default_transaction_read_only",
                    "tx_read_only",
                    "query_only");
    private static final Set<String> SAFE_CHARSETS =
            Set.of(
                    "utf8",
                    "utf-8",
                    "utf8mb3",
                    "utf8mb4",
                    "unicode",
                    "latin1",
                    "ascii",
                    "binary",
                    "sql_ascii",
                    "us-ascii",
                    "default",
                    "null",
                    "iso-8859-1");

    /** What drivers say to add a mode: all of it is there to see, as one string. */
    private static final Pattern ADDED_MODES =
            Pattern.compile("(?i)concat\\(\\s*@@sql_mode\\s*,\\s*'(,[a-z_,]+)'\\s*\\)");

    private SettingGuard() {}

    /** Whether the setting of PostgreSQL says in whose name a session acts. */
    static boolean role(String name) {
        return name.equals("role") || name.equals("session_authorization");
    }

    static boolean h2Session(String name) {
        return H2_SESSION.contains(name);
    }

    static void check(Dialect dialect, Setting setting, Draft draft) {
        String value = Letters.lower(setting.valueText()).replaceAll("['\"`]", "").trim();
        switch (setting.name()) {
            case "standard_conforming_strings", "quoted_identifier" -> {
                if (!value.equals("on") && !value.equals("true") && !value.equals("1")) {
                    changesReading(setting, draft);
                }
            }
            case "sql_mode" -> {
                Matcher added = ADDED_MODES.matcher(setting.valueText());
                sqlMode(setting, added.matches() ? Letters.lower(added.group(1)) : value, draft);
            }
            case "names", "client_encoding", "character_set", "character_set_client" -> {
                String charset = value.split("\\s+", 2)[0];
                if (!SAFE_CHARSETS.contains(charset)) {
                    changesReading(setting, draft);
                }
            }
            case "mode" -> {
                if (dialect == Dialect.H2) {
                    changesReading(setting, draft);
                }
            }
            default -> {
                if (READ_ONLY.contains(setting.name())) {
                    if (!value.equals("on") && !value.equals("true") && !value.equals("1")) {
                        draft.traits.add(Trait.LEAVES_READ_ONLY);
                    }
                }
            }
        }
    }

    private static void sqlMode(Setting setting, String value, Draft draft) {
        boolean plain = value.matches("[a-z_, ]*") && !value.contains("concat");
        boolean quoting =
                value.contains("ansi")
                        || value.contains("backslash")
                        || value.matches(".*(oracle|mssql|postgresql|db2|maxdb).*");
        if (!plain || quoting) {
            changesReading(setting, draft);
        }
    }

    private static void changesReading(Setting setting, Draft draft) {
        draft.notUnderstood("setting " + setting.name() + " changes how later texts are read");
    }
}
