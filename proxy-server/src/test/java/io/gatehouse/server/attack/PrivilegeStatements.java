package io.gatehouse.server.attack;

import java.util.ArrayList;
import java.util.List;

/** Statements that name {@code {t}}, a table that somebody may not touch, in many places. */
final class PrivilegeStatements {
    static final List<String> SCHEMA =
            List.of(
                    "drop table if exists po_made",
                    "drop table if exists po_secret",
                    "drop table if exists po_open",
                    "create table po_open (id int primary key, note varchar(40))",
                    "create table po_secret (id int primary key, note varchar(40))",
                    "insert into po_open values (1, 'a'), (2, 'b')",
                    "insert into po_secret values (1, 'x')");

    /** Where a query of one value may stand. */
    private static final List<String> VALUES =
            List.of(
                    "select {q}",
                    "select id, {q} as x from po_open",
                    "select id from po_open where id = {q}",
                    "select id from po_open where id in (1, {q})",
                    "select id from po_open where id between {q} and 9",
                    "select id from po_open where {q} is null",
                    "select id from po_open where not ({q} > 1 and id > 0)",
                    "select id from po_open where note like concat('%', {q})",
                    "select count(*) from po_open group by id + {q}",
                    "select count(*) from po_open having count(*) > {q}",
                    "select id from po_open order by id + {q} desc",
                    "select case when id > {q} then 1 else 2 end from po_open",
                    "select case id when 1 then {q} else 2 end from po_open",
                    "select coalesce(null, {q})",
                    "select cast({q} as char(9))",
                    "select abs(-{q})",
                    "select sum(id + {q}) over (partition by note) from po_open",
                    "select sum(id) over (partition by {q} order by id) from po_open",
                    "select sum(id) over (order by {q}) from po_open",
                    "select sum(id) over w from po_open window w as (order by id + {q})",
                    "select a.id from po_open a join po_open b on a.id = b.id + {q}",
                    "select a.id from po_open a left join po_open b on {q} = 1",
                    "select x from (select {q} as x) s",
                    "with w as (select {q} as x) select x from w",
                    "with w as (select 1 as x) select x, {q} from w",
                    "with recursive r as (select 1 as n union all select n + {q} from r where"
                            + " n < 3) select n from r",
                    "select 1 union all select {q}",
                    "select id from po_open union select {q} order by 1",
                    "select id from po_open except select {q}",
                    "(select 1) union (select {q})",
                    "values (1), ({q})",
                    "insert into po_open (id) values ({q} + 90)",
                    "insert into po_open (id) select 90 + {q}",
                    "update po_open set note = {q}",
                    "update po_open set note = 'n' where id = {q}",
                    "delete from po_open where id > {q}",
                    "explain select {q}",
                    "select distinct {q} from po_open",
                    "select (select (select {q}))",
                    "select exists (select 1 from po_open where id = {q})",
                    "select max(case when {q} = 1 then id end) from po_open");

    /** Where a table may stand. */
    private static final List<String> TABLES =
            List.of(
                    "select * from {t}",
                    "select 1 from {t}",
                    "select count(*) from {t}",
                    "select {t}.id from {t}",
                    "select x.id from {t} x",
                    "select x.id from {t} as x where x.id > 0",
                    "select a.id from po_open a, {t}",
                    "select a.id from {t} x, po_open a",
                    "select a.id from po_open a join {t} b on a.id = b.id",
                    "select a.id from po_open a left outer join {t} b on a.id = b.id",
                    "select a.id from po_open a cross join {t} b",
                    "select id from po_open natural join {t}",
                    "select id from po_open join {t} using (id)",
                    "select a.id from (po_open a join {t} b on a.id = b.id)",
                    "select a.id from po_open a join (po_open c join {t} b on c.id = b.id)"
                            + " on a.id = b.id",
                    "select x.id from (select * from {t}) x",
                    "select id from po_open where id in (select id from {t})",
                    "select id from po_open where exists (select 1 from {t})",
                    "select id from po_open a where not exists (select 1 from {t} b"
                            + " where b.id = a.id)",
                    "select id from po_open where id = any (select id from {t})",
                    "select id from po_open where id > all (select id from {t})",
                    "select id from po_open where (id, note) in (select id, note from {t})",
                    "with w as (select * from {t}) select 1 from w",
                    "with w as (select * from po_open), v as (select * from {t}) select 1 from w",
                    "with po_open as (select * from {t}) select * from po_open",
                    "select id from po_open union select id from {t}",
                    "select id from {t} intersect select id from po_open",
                    "(select id from {t})",
                    "((select id from po_open) union all (select id from {t})) order by 1",
                    "insert into po_open select id + 90, note from {t}",
                    "insert into {t} (id) values (7)",
                    "insert into {t} select id + 90, note from po_open",
                    "update {t} set note = 'n' where id = 1",
                    "delete from {t} where id = 1",
                    "select id from {t} for update",
                    "select a.id from po_open a, {t} b where a.id = b.id for update",
                    "truncate table {t}",
                    "drop table {t}",
                    "alter table {t} add column more int",
                    "create index po_index on {t} (id)",
                    "create table po_made as select * from {t}",
                    "create view po_view as select id from {t}",
                    "create table po_made (id int references {t} (id))",
                    "create table po_made (a int, foreign key (a) references {t} (id))");

    private PrivilegeStatements() {}

    /** All of these for some database. */
    static List<String> all(List<String> names, List<String> values, List<String> tables) {
        List<String> all = new ArrayList<>();
        List<String> templates = new ArrayList<>(TABLES);
        templates.addAll(tables);
        List<String> holders = new ArrayList<>(VALUES);
        holders.addAll(values);
        for (String name : names) {
            for (String template : templates) {
                all.add(template.replace("{t}", name));
            }
            for (String holder : holders) {
                String query = "(select id from " + name + " where id = 1)";
                all.add(holder.replace("{q}", query));
            }
        }
        return all;
    }

    /** A call in every place for a value. */
    static List<String> calls(String call) {
        List<String> all = new ArrayList<>();
        List<String> holders = new ArrayList<>(VALUES);
        holders.addAll(PrivilegePositions.POSTGRESQL_VALUES);
        for (String holder : holders) {
            // There, a query stands in the place of parentheses.
            if (!holder.contains("array{q}")) {
                all.add(holder.replace("{q}", call));
            }
        }
        all.add("select x from " + call + " x");
        all.add("select * from po_open, lateral " + call + " as x");
        all.add("create temp table po_temp (a int default " + call + ")");
        all.add("create index on po_open ((" + call + "))");
        all.add("alter table po_open add column b int default " + call);
        all.add("alter table po_open alter column note type int using " + call);
        all.add("alter table po_open add check (id > " + call + ")");
        return all;
    }

    static List<String> postgresql() {
        return all(
                List.of("po_secret", "public.po_secret", "\"po_secret\"", "PO_SECRET"),
                PrivilegePositions.POSTGRESQL_VALUES,
                PrivilegePositions.POSTGRESQL_TABLES);
    }

    static List<String> mariadb(String database) {
        return all(
                List.of("po_secret", database + ".po_secret", "`po_secret`"),
                PrivilegePositions.MARIADB_VALUES,
                PrivilegePositions.MARIADB_TABLES);
    }
}
