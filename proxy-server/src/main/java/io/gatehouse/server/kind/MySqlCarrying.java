package io.gatehouse.server.kind;

import java.util.List;

/** MySQL and MariaDB: one SET statement carries what the drivers have no setter for. */
final class MySqlCarrying implements Carrying {
    private static final List<String> SETTINGS =
            List.of(
                    "sql_mode",
                    "sql_safe_updates",
                    "sql_select_limit",
                    "group_concat_max_len",
                    "lock_wait_timeout",
                    "innodb_lock_wait_timeout",
                    "max_execution_time",
                    "max_statement_time",
                    "foreign_key_checks",
                    "unique_checks",
                    "optimizer_switch",
                    "sort_buffer_size",
                    "join_buffer_size",
                    "lc_time_names",
                    "lc_messages");

    @Override
    public String readOnly(boolean readOnly) {
        return "SET SESSION TRANSACTION READ " + (readOnly ? "ONLY" : "WRITE");
    }

    @Override
    public String timeZone(String zone) {
        // Zone names need the server's zone tables, which are often not loaded. The drivers
        // convert by the zone of the client's values, so that nothing is lost.
        return "";
    }

    @Override
    public String setting(String name, String valueText) {
        return "SET SESSION " + name + " = " + valueText;
    }

    @Override
    public String pristineSetting(String name) {
        return "SET SESSION " + name + " = DEFAULT";
    }

    @Override
    public String forgetKeys() {
        return "DO LAST_INSERT_ID(0)";
    }

    @Override
    public List<String> settings() {
        return SETTINGS;
    }
}
