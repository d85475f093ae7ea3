package io.gatehouse.server.kind;

import java.util.List;

/** PostgreSQL: everything is a parameter of the session, and one message carries them all. */
final class PostgreSQLCarrying implements Carrying {
    private static final List<String> SETTINGS =
            List.of(
                    "search_path",
                    "intervalstyle",
                    "extra_float_digits",
                    "bytea_output",
                    "xmloption",
                    "lock_timeout",
                    "statement_timeout",
                    "work_mem",
                    "maintenance_work_mem",
                    "client_min_messages",
                    "synchronous_commit",
                    "default_tablespace",
                    "row_security",
                    "jit",
                    "plan_cache_mode",
                    "standard_conforming_strings",
                    "enable_seqscan",
                    "enable_indexscan",
                    "enable_hashjoin",
                    "enable_nestloop",
                    "random_page_cost");

    @Override
    public boolean joined() {
        return true;
    }

    @Override
    public String isolation(Isolation level) {
        return "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level.sql();
    }

    @Override
    public String pristineIsolation() {
        return "RESET default_transaction_isolation";
    }

    @Override
    public String readOnly(boolean readOnly) {
        return readOnly
                ? "SET SESSION default_transaction_read_only TO on"
                : "RESET default_transaction_read_only";
    }

    @Override
    public String catalog(String catalog) {
        // A connection stays in its database; pgjdbc's setCatalog does nothing either.
        return "";
    }

    @Override
    public String schema(String schema) {
        return "SET SESSION search_path TO " + (schema.isEmpty() ? "''" : identifier(schema));
    }

    @Override
    public String pristineSchema() {
        return "RESET search_path";
    }

    @Override
    public String applicationName(String name) {
        return "SET SESSION application_name = " + literal(name);
    }

    @Override
    public String pristineApplicationName() {
        return "RESET application_name";
    }

    @Override
    public String timeZone(String zone) {
        return "SET SESSION TIME ZONE " + literal(zone);
    }

    @Override
    public String pristineTimeZone() {
        return "RESET TIME ZONE";
    }

    @Override
    public String setting(String name, String valueText) {
        return "SET SESSION " + name + " TO " + valueText;
    }

    @Override
    public String pristineSetting(String name) {
        return "RESET " + name;
    }

    @Override
    public String forgetKeys() {
        return "DISCARD SEQUENCES";
    }

    @Override
    public List<String> settings() {
        return SETTINGS;
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') >= 0 ? "E" + quoted : quoted;
    }
}
