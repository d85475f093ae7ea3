package io.gatehouse.frameworks;

import java.util.List;

/**
 * Questions to the catalogs themselves, in the manner of DBeaver: whole rows, by name and by
 * number.
 */
final class CatalogQueries {
    /** With the number of a schema. */
    static final List<String> BY_SCHEMA =
            List.of(
                    "select c.oid, c.*, d.description, pg_catalog.pg_get_expr(c.relpartbound,"
                            + " c.oid) as partition_expr, pg_catalog.pg_get_partkeydef(c.oid) as"
                            + " partition_key from pg_catalog.pg_class c left outer join"
                            + " pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0"
                            + " and d.classoid = 'pg_class'::regclass where c.relnamespace = ? and"
                            + " c.relkind not in ('i', 'I', 'c') order by c.oid",
                    "select c.relname, a.*, pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true)"
                            + " as def_value, dsc.description, dep.objid from"
                            + " pg_catalog.pg_attribute a inner join pg_catalog.pg_class c on"
                            + " (a.attrelid = c.oid) left outer join pg_catalog.pg_attrdef ad on"
                            + " (a.attrelid = ad.adrelid and a.attnum = ad.adnum) left outer join"
                            + " pg_catalog.pg_description dsc on (c.oid = dsc.objoid and a.attnum ="
                            + " dsc.objsubid) left outer join pg_catalog.pg_depend dep on"
                            + " dep.refobjid = a.attrelid and dep.deptype = 'i' and dep.refobjsubid"
                            + " = a.attnum where not a.attisdropped and c.relkind not in ('i', 'I',"
                            + " 'c') and c.relnamespace = ? order by a.attrelid, a.attnum,"
                            + " dep.objid",
                    "select c.oid, c.*, t.relname as tabrelname, rt.relnamespace as"
                            + " refnamespace, d.description, pg_catalog.pg_get_constraintdef(c.oid)"
                            + " as definition from pg_catalog.pg_constraint c inner join"
                            + " pg_catalog.pg_class t on t.oid = c.conrelid left outer join"
                            + " pg_catalog.pg_class rt on rt.oid = c.confrelid left outer join"
                            + " pg_catalog.pg_description d on d.objoid = c.oid where"
                            + " t.relnamespace = ? order by c.oid",
                    "select i.*, i.indkey as keys, c.relname, c.relnamespace, c.relam,"
                            + " tc.relname as tabrelname, dsc.description,"
                            + " pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) as expr from"
                            + " pg_catalog.pg_index i inner join pg_catalog.pg_class c on c.oid ="
                            + " i.indexrelid inner join pg_catalog.pg_class tc on tc.oid ="
                            + " i.indrelid left outer join pg_catalog.pg_description dsc on"
                            + " i.indexrelid = dsc.objoid where c.relnamespace = ? order by"
                            + " c.relname",
                    "select t.oid, t.*, c.relkind, pg_catalog.format_type(nullif(t.typbasetype,"
                            + " 0), t.typtypmod) as base_type_name, d.description from"
                            + " pg_catalog.pg_type t left outer join pg_catalog.pg_class c on c.oid"
                            + " = t.typrelid left outer join pg_catalog.pg_description d on t.oid ="
                            + " d.objoid where t.typname is not null and t.typnamespace = ? order"
                            + " by t.oid",
                    "select p.oid, p.*, d.description from pg_catalog.pg_proc p left outer join"
                            + " pg_catalog.pg_description d on d.objoid = p.oid where"
                            + " p.pronamespace = ? order by p.proname");

    static final List<String> POSTGRESQL =
            List.of(
                    "select version()",
                    "show search_path",
                    "select current_schema(), session_user",
                    "select db.oid, db.* from pg_catalog.pg_database db where datallowconn and not"
                            + " datistemplate and datname = current_database()",
                    "select n.oid, n.*, d.description from pg_catalog.pg_namespace n left outer"
                        + " join pg_catalog.pg_description d on d.objoid = n.oid and d.objsubid = 0"
                        + " and d.classoid = 'pg_namespace'::regclass where nspname not like"
                        + " 'pg_t%' order by nspname",
                    "select e.enumlabel from pg_catalog.pg_enum e order by e.enumsortorder",
                    "select am.oid, am.* from pg_catalog.pg_am am order by am.oid",
                    "select e.oid, cfg.tbls, n.nspname as schema_name, e.* from"
                        + " pg_catalog.pg_extension e join pg_namespace n on n.oid = e.extnamespace"
                        + " left join (select ext_con_cfg.oid, string_agg(ext_con_cfg.c, ',') as"
                        + " tbls from (select oid, unnest(extconfig)::text as c from"
                        + " pg_catalog.pg_extension) ext_con_cfg group by ext_con_cfg.oid) cfg on"
                        + " cfg.oid = e.oid order by e.oid",
                    "select l.oid, l.* from pg_catalog.pg_language l order by l.oid",
                    "select a.oid, a.rolname, a.rolsuper from pg_catalog.pg_roles a order by"
                            + " a.rolname",
                    "select * from pg_catalog.pg_settings where name in"
                        + " ('standard_conforming_strings', 'server_version_num') order by name",
                    "select x.oid, x.* from pg_catalog.pg_tablespace x order by x.oid");

    static final List<String> MARIADB =
            List.of(
                    "select version()",
                    "select database()",
                    "show engines",
                    "show charset",
                    "show collation like 'utf8mb4_g%'",
                    "show variables like 'lower_case_table_names'",
                    "show session variables like 'sql_mode'",
                    "select @@global.character_set_server, @@global.collation_server",
                    "select * from information_schema.schemata where schema_name = 'application'",
                    "show full tables from `application`",
                    "show create table `application`.`child`",
                    "show create view `application`.`shown`",
                    "select * from information_schema.columns where table_schema = 'application'"
                            + " order by table_name, ordinal_position",
                    "select cc.constraint_name, cc.check_clause, tc.table_name from"
                            + " information_schema.check_constraints cc join"
                            + " information_schema.table_constraints tc on tc.constraint_name ="
                            + " cc.constraint_name and tc.table_schema = 'application' where"
                            + " cc.constraint_schema = 'application'",
                    "select table_name, non_unique, index_name, seq_in_index, column_name,"
                            + " collation, nullable, index_type from information_schema.statistics"
                            + " where table_schema = 'application' order by table_name, index_name,"
                            + " seq_in_index",
                    "select * from information_schema.key_column_usage where table_schema ="
                        + " 'application' order by constraint_name, table_name, ordinal_position",
                    "select * from information_schema.referential_constraints where"
                            + " constraint_schema = 'application'",
                    "select * from information_schema.routines where routine_schema ="
                            + " 'application'",
                    "select * from information_schema.triggers where trigger_schema ="
                            + " 'application'",
                    "select * from information_schema.views where table_schema = 'application'",
                    "show grants",
                    "show privileges");

    private CatalogQueries() {}
}
