package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Relation;

import java.util.Locale;
import java.util.Set;

/** Tables of the servers themselves that hold no value of any column. */
final class SystemTables {
    /** Names that a statement may leave without a schema, and that PostgreSQL finds first. */
    private static final Set<String> POSTGRESQL =
            Set.of(
                    "pg_aggregate",
                    "pg_am",
                    "pg_amop",
                    "pg_amproc",
                    "pg_attrdef",
                    "pg_attribute",
                    "pg_auth_members",
                    "pg_authid",
                    "pg_available_extension_versions",
                    "pg_available_extensions",
                    "pg_cast",
                    "pg_class",
                    "pg_collation",
                    "pg_constraint",
                    "pg_conversion",
                    "pg_database",
                    "pg_db_role_setting",
                    "pg_default_acl",
                    "pg_depend",
                    "pg_description",
                    "pg_enum",
                    "pg_event_trigger",
                    "pg_extension",
                    "pg_foreign_data_wrapper",
                    "pg_foreign_server",
                    "pg_foreign_table",
                    "pg_group",
                    "pg_index",
                    "pg_indexes",
                    "pg_inherits",
                    "pg_init_privs",
                    "pg_language",
                    "pg_largeobject_metadata",
                    "pg_locks",
                    "pg_matviews",
                    "pg_namespace",
                    "pg_opclass",
                    "pg_operator",
                    "pg_opfamily",
                    "pg_parameter_acl",
                    "pg_partitioned_table",
                    "pg_policies",
                    "pg_policy",
                    "pg_proc",
                    "pg_publication",
                    "pg_publication_namespace",
                    "pg_publication_rel",
                    "pg_publication_tables",
                    "pg_range",
                    "pg_replication_origin",
                    "pg_rewrite",
                    "pg_roles",
                    "pg_rules",
                    "pg_seclabel",
                    "pg_seclabels",
                    "pg_sequence",
                    "pg_sequences",
                    "pg_settings",
                    "pg_shadow",
                    "pg_shdepend",
                    "pg_shdescription",
                    "pg_shseclabel",
                    "pg_statistic_ext",
                    "pg_subscription",
                    "pg_subscription_rel",
                    "pg_tables",
                    "pg_tablespace",
                    "pg_timezone_abbrevs",
                    "pg_timezone_names",
                    "pg_transform",
                    "pg_trigger",
                    "pg_ts_config",
                    "pg_ts_config_map",
                    "pg_ts_dict",
                    "pg_ts_parser",
                    "pg_ts_template",
                    "pg_type",
                    "pg_user",
                    "pg_user_mapping",
                    "pg_user_mappings",
                    "pg_views");

    /** Views of the standard's schema that hold samples of values, or other people's statements. */
    private static final Set<String> TELLING =
            Set.of(
                    "column_statistics",
                    "processlist",
                    "innodb_trx",
                    "optimizer_trace",
                    "profiling",
                    "sessions",
                    "query_statistics",
                    "in_doubt",
                    "locks",
                    "session_state",
                    "settings",
                    "global_variables",
                    "session_variables",
                    "user_variables",
                    "innodb_buffer_page",
                    "innodb_ft_index_table",
                    "innodb_ft_index_cache");

    private static final Set<String> SQLITE =
            Set.of("sqlite_master", "sqlite_schema", "sqlite_sequence", "sqlite_temp_master");

    private SystemTables() {}

    static boolean harmless(Dialect dialect, Relation relation) {
        String schema = relation.schema().toLowerCase(Locale.ROOT);
        String name = relation.name().toLowerCase(Locale.ROOT);
        return switch (dialect) {
            case POSTGRESQL ->
                    schema.equals("information_schema")
                            || ((schema.isEmpty() || schema.equals("pg_catalog"))
                                    && POSTGRESQL.contains(name));
            case MYSQL, MARIADB, H2, SQLSERVER ->
                    schema.equals("information_schema") && !TELLING.contains(name);
            case SQLITE -> SQLITE.contains(name);
            case ORACLE -> name.equals("dual");
        };
    }
}
