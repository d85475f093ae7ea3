package io.gatehouse.server.attack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Statements of many shapes about one small schema, for a real server to judge. */
final class OracleStatements {
    /** What a name in the lists below stands for, made anew for each run. */
    static final List<String> POSTGRESQL_SCHEMA =
            List.of(
                    "drop schema if exists oracle cascade",
                    "create schema oracle",
                    "set search_path = oracle",
                    "create table t (id int primary key, a int, b text)",
                    "create table u (id int primary key, t_id int references t, n numeric)",
                    "create table parts (id int, k int) partition by range (k)",
                    "create table part1 partition of parts for values from (0) to (100)",
                    "create view v as select id, a from t where a > 0",
                    "create materialized view mv as select count(*) from t",
                    "create sequence seq",
                    "create type mood as enum ('good', 'bad')",
                    "create function adds(int) returns int language plpgsql as"
                            + " 'begin insert into t values ($1, $1, null); return $1; end'",
                    "create function counts() returns bigint language sql stable as"
                            + " 'select count(*) from oracle.t'",
                    "create procedure clears() language sql as 'delete from oracle.t'",
                    "insert into t select g, g % 7, 'row ' || g from generate_series(1, 20) g",
                    "insert into u select g, g, g * 1.5 from generate_series(1, 10) g");

    static final List<String> MARIADB_SCHEMA =
            List.of(
                    "drop table if exists o_u, o_t",
                    "drop view if exists o_v",
                    "drop function if exists o_adds",
                    "create table o_t (id int primary key, a int, b varchar(100)) engine=innodb",
                    "create table o_u (id int primary key, t_id int, n decimal(10,2))"
                            + " engine=innodb",
                    "create view o_v as select id, a from o_t",
                    "create function o_adds(x int) returns int begin"
                            + " insert into o_t values (x, x, null); return x; end",
                    "insert into o_t values (1, 1, 'x'), (2, 2, 'y'), (3, 3, 'z')",
                    "insert into o_u values (1, 1, 1.5), (2, 2, 2.5)");

    /** Each of these runs in a read-only transaction. */
    static final List<String> READS =
            List.of(
                    "select * from t",
                    "select a, count(*) from t group by a having count(*) > 1 order by 2 desc",
                    "select distinct on (a) a, b from t order by a, id",
                    "select t.id, u.n from t join u on u.t_id = t.id where n between 1 and 9",
                    "select * from t left join u using (id) where u.id is null",
                    "select id, row_number() over (partition by a order by id) from t",
                    "select sum(n) filter (where n > 2) over (order by id) from u",
                    "select * from t, lateral (select n from u where u.t_id = t.id limit 1) l",
                    "with recursive r(i) as (select 1 union all select i + 1 from r where i < 5)"
                            + " select * from r",
                    "with x as materialized (select * from t) select count(*) from x",
                    "select exists (select 1 from t where b like '%row%')",
                    "select array(select id from t order by id), (array[1, 2, 3])[2]",
                    "select case when a > 3 then 'delete from t' else 'drop' end from t",
                    "select coalesce(b, 'x') || ' update', upper(b), length(b) from t",
                    "select json_agg(t), to_jsonb(t) -> 'a' from t group by t.id",
                    "select * from generate_series(1, 3) with ordinality g(x, n)",
                    "select 1 union select 2 intersect select 2 except select 3",
                    "values (1, 'insert'), (2, 'into')",
                    "table t",
                    "(select 1) union all (select 2) order by 1 limit 1",
                    "select * from v",
                    "select * from mv",
                    "select * from parts",
                    "select counts()",
                    "select date_trunc('month', now()), extract(year from current_date)",
                    "select regexp_replace(b, 'r(.)w', '\\1') from t",
                    "select $$insert into t values (1)$$, e'\\'; delete from t; --'",
                    "select percentile_cont(0.5) within group (order by a) from t",
                    "select a from t group by rollup (a), cube (b)",
                    "select * from t tablesample system (50)",
                    "select * from t order by a fetch first 2 rows with ties",
                    "select * from t order by id limit 2 offset 1",
                    "select row(1, 2) = row(1, 2), (1, 2) < (3, 4)",
                    "select cast('1' as int), '2'::int, int '3'",
                    "select currval('seq') where false",
                    "select last_value from seq",
                    "show all",
                    "show server_version");

    private static final List<String> WRITES =
            List.of(
                    "insert into t values (100, 1, 'x')",
                    "insert into t (id, a) select id + 200, n from u",
                    "insert into t values (1, 1, 'x') on conflict (id) do nothing",
                    "insert into t values (1, 1, 'x') on conflict (id) do update set a = 5",
                    "insert into v values (300, 4)",
                    "insert into parts values (1, 5)",
                    "insert into t default values",
                    "update t set a = a + 1 where id = 1",
                    "update only t as x set (a, b) = (select 1, 'y') where x.id = 2",
                    "update t set a = u.n from u where u.t_id = t.id",
                    "update v set a = 2 where id = 3",
                    "delete from u where id = 1",
                    "delete from only u using t where u.t_id = t.id and t.a = 1",
                    "merge into t using u on t.id = u.id when matched then update set a = 1"
                            + " when not matched then insert values (u.id, 1, 'm')",
                    "merge into t using u on t.id = u.id when matched then delete");

    /** They stand where another statement cannot: by themselves. */
    private static final List<String> COMMANDS =
            List.of(
                    "truncate t cascade",
                    "truncate only u",
                    "create table made (id int)",
                    "create table made as select * from t",
                    "create unlogged table made (id int)",
                    "create temporary table made (id int)",
                    "create temp table made as select * from t",
                    "select * into made from t",
                    "select a, b into temp made from t where a > 1",
                    "select id into unlogged table made from t",
                    "create index on t (a)",
                    "create view made as select 1",
                    "create or replace temp view made as select 1",
                    "create materialized view made as select 1",
                    "refresh materialized view mv",
                    "create sequence made",
                    "create temp sequence made",
                    "create schema made",
                    "create type made as (a int)",
                    "create domain made as int",
                    "create function made() returns int language sql as 'select 1'",
                    "create trigger made before insert on t execute function nothing()",
                    "create rule made as on insert to t do instead nothing",
                    "create role made",
                    "create statistics made on id, a from t",
                    "create policy made on t",
                    "create extension if not exists plpgsql",
                    "create cast (int as text) with inout",
                    "create aggregate made (int) (sfunc = int4pl, stype = int)",
                    "alter table t add column c int",
                    "alter table t rename to made",
                    "alter sequence seq restart",
                    "alter view v set schema public",
                    "alter type mood add value 'so so'",
                    "alter role postgres set work_mem = '4MB'",
                    "alter default privileges grant select on tables to public",
                    "alter function counts() stable",
                    "drop table u",
                    "drop view v",
                    "drop function adds(int)",
                    "drop owned by nobody",
                    "reassign owned by postgres to postgres",
                    "grant select on t to public",
                    "revoke all on t from public",
                    "comment on table t is 'x'",
                    "security label on table t is 'x'",
                    "reindex table t",
                    "cluster t using t_pkey",
                    "analyze t",
                    "checkpoint",
                    "call clears()",
                    "do 'begin delete from oracle.t; end'",
                    "do $x$ begin insert into oracle.t values (500); end $x$ language plpgsql",
                    "copy t from stdin",
                    "copy t (id, a) from stdin with (format csv)",
                    "copy t from program 'true'",
                    "copy t from '/dev/null'",
                    "lock table t in row exclusive mode",
                    "lock table t in access share mode",
                    "lock t",
                    "select * from t for update",
                    "select * from t for no key update skip locked",
                    "select * from t for share",
                    "select * from (select * from t for key share) q",
                    "notify oracle, 'x'",
                    "listen oracle",
                    "unlisten *",
                    "discard temp",
                    "reset all",
                    "load 'plpgsql'",
                    "import foreign schema x from server y into oracle",
                    "set constraints all immediate",
                    "prepare transaction 'x'");

    /** Calls, most of which some read-only transaction stops. */
    private static final List<String> CALLS =
            List.of(
                    "nextval('seq')",
                    "setval('seq', 5)",
                    "setval('oracle.seq'::regclass, 7, false)",
                    "pg_catalog.nextval('seq')",
                    "adds(600)",
                    "oracle.adds(601)",
                    "lo_create(0)",
                    "lo_creat(-1)",
                    "lo_from_bytea(0, 'x')",
                    "lo_unlink(1)",
                    "lo_put(1, 0, 'x')",
                    "lo_truncate(1, 0)",
                    "lo_open(1, 131072)",
                    "txid_current()",
                    "pg_current_xact_id()",
                    "counts()",
                    "abs(-1)",
                    "pg_notify('oracle', 'x')",
                    "query_to_xml('delete from oracle.t', true, false, '')",
                    "query_to_xml('select nextval(''oracle.seq'')', true, false, '')",
                    "pg_export_snapshot()",
                    "pg_advisory_xact_lock(1)");

    /** Everywhere a call can stand. */
    private static final List<String> PLACES =
            List.of(
                    "select %s",
                    "select id, %s from t limit 1",
                    "select * from %s",
                    "select * from %s as f(x)",
                    "select * from t, lateral (select %s) q limit 1",
                    "select * from t join lateral %s as f(x) on true limit 1",
                    "select * from rows from (%s, generate_series(1, 2))",
                    "select id from t where (%s)::text is not null limit 1",
                    "select a from t group by a having (%s)::text <> 'x' limit 1",
                    "select id from t order by (%s)::text limit 1",
                    "select id from t limit (select length((%s)::text))",
                    "with x as (select %s) select * from x",
                    "with x as materialized (select (%s)::text c) select 1 from x",
                    "select case when id > 0 then (%s)::text end from t limit 1",
                    "select array[(%s)::text]",
                    "select (select (%s)::text)",
                    "select exists (select %s)",
                    "select 1 union all select length((%s)::text)",
                    "values ((%s)::text)",
                    "select coalesce((%s)::text, 'x')",
                    "select count(*) filter (where (%s)::text is not null) from t",
                    "select max((%s)::text) over () from t limit 1",
                    "select * from t where id in (select length((%s)::text))",
                    "select row((%s)::text, 1)",
                    "select * from unnest(array[(%s)::text]) q",
                    "select * from (values ((%s)::text)) q");

    private static final List<String> MARIADB_WRITES =
            List.of(
                    "insert into o_t values (100, 1, 'x')",
                    "insert ignore into o_t set id = 1, a = 2",
                    "insert into o_t (id) select id + 50 from o_u",
                    "insert into o_t values (1, 1, 'x') on duplicate key update a = 5",
                    "replace into o_t values (1, 2, 'x')",
                    "replace o_t set id = 2, a = 3",
                    "update o_t set a = 1 where id = 1",
                    "update o_t join o_u on o_t.id = o_u.t_id set o_t.a = o_u.n",
                    "update low_priority o_t set a = 2 order by id limit 1",
                    "delete from o_u where id = 1",
                    "delete o_u from o_u join o_t on o_t.id = o_u.t_id",
                    "delete quick from o_u order by id limit 1",
                    "update o_v set a = 3",
                    "truncate table o_u",
                    "truncate o_u",
                    "select * from o_t for update",
                    "select * from o_t lock in share mode",
                    "create table o_made (id int)",
                    "create table o_made select * from o_t",
                    "create index o_i on o_t (a)",
                    "alter table o_t add column c int",
                    "drop table o_u",
                    "rename table o_u to o_w",
                    "create view o_made as select 1",
                    "select o_adds(700)",
                    "select * from o_t where o_adds(701) > 0",
                    "(select o_adds(702)) union (select 1)",
                    "insert into o_t (id) values (o_adds(703))",
                    "with x as (select o_adds(704)) select * from x",
                    "select id from o_t order by o_adds(705)",
                    "grant select on o_t to 'nobody'@'%'",
                    "optimize table o_t",
                    "analyze table o_t",
                    "do o_adds(706)",
                    "handler o_t open",
                    "lock tables o_t write",
                    "flush tables",
                    "select 1 union all select o_adds(707)",
                    "call o_missing()",
                    "insert into o_t (id) values (800) returning id",
                    "delete from o_u where id = 2 returning *",
                    "replace into o_t (id) values (3) returning id",
                    "set statement max_statement_time = 5 for delete from o_u",
                    "analyze delete from o_u where id = 1",
                    "analyze format=json update o_t set a = 9",
                    "explain delete from o_u",
                    "execute immediate 'delete from o_u'",
                    "select * from o_t",
                    "select count(*) from o_t join o_u on o_t.id = o_u.t_id",
                    "show tables");

    private OracleStatements() {}

    static Set<String> postgresql() {
        List<String> plain = new ArrayList<>(READS);
        plain.addAll(WRITES);
        for (String place : PLACES) {
            for (String call : CALLS) {
                plain.add(place.replace("%s", call));
            }
        }
        Set<String> all = new LinkedHashSet<>(COMMANDS);
        all.addAll(plain);
        for (String statement : plain) {
            all.add("explain analyze " + statement);
            all.add("explain (analyze true, costs off) " + statement);
            all.add("explain (costs off) " + statement);
            all.add("prepare o as " + statement);
            all.add("declare c cursor with hold for " + statement);
            all.add("create temp table made as " + statement);
        }
        for (String write : WRITES) {
            String returning = write.startsWith("merge") ? write : write + " returning *";
            all.add(returning);
            all.add("with w as (" + returning + ") select * from w");
            all.add("with r as (select 1), w as (" + write + ") select 1 from r");
            all.add("with w as (" + write + ") update t set a = 1 where id = 3");
            all.add("with w as materialized (" + returning + ") table w");
            all.add("explain analyze with w as (" + returning + ") select count(*) from w");
            all.add("copy (" + returning + ") to stdout");
        }
        for (String read : READS) {
            all.add("copy (" + read + ") to stdout");
            all.add("select * from (" + read + ") q");
        }
        return dressed(all);
    }

    static Set<String> mariadb() {
        Set<String> all = new LinkedHashSet<>(MARIADB_WRITES);
        for (String statement : MARIADB_WRITES) {
            all.add("/*!50000 " + statement + " */");
            all.add("/*M!100000 " + statement + " */");
            all.add("analyze " + statement);
            all.add("explain " + statement);
            all.add("# " + "select 1\n" + statement);
            all.add("-- select 1\n" + statement);
        }
        return dressed(all);
    }

    /** The same statements as someone might write them who wants them to look otherwise. */
    private static Set<String> dressed(Set<String> all) {
        Set<String> dressed = new LinkedHashSet<>();
        int turn = 0;
        for (String statement : all) {
            dressed.add(statement);
            dressed.add(
                    switch (turn++ % 5) {
                        case 0 -> "/* select */ " + statement;
                        case 1 -> statement.replaceFirst(" ", "\n/* x */\t");
                        case 2 -> capitals(statement);
                        case 3 -> ";" + statement + " ;";
                        default -> "-- x\n" + statement;
                    });
        }
        return dressed;
    }

    private static String capitals(String statement) {
        boolean quotes = statement.indexOf('\'') >= 0 || statement.indexOf('$') >= 0;
        return quotes ? "\n " + statement : statement.toUpperCase(Locale.ROOT);
    }
}
