SELECT n.nspname, c.relname, CASE c.relkind WHEN 'r' THEN 'table' ELSE 'other' END FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r','p','') AND n.nspname !~ '^pg_toast' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1,2
====
SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relname OPERATOR(pg_catalog.~) '^(t)$' COLLATE pg_catalog.default AND pg_catalog.pg_table_is_visible(c.oid)
====
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull FROM pg_catalog.pg_attribute a WHERE a.attrelid = '16384' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
====
SELECT conname, conrelid::pg_catalog.regclass, pg_catalog.pg_get_constraintdef(oid, true) FROM pg_catalog.pg_constraint WHERE confrelid IN (SELECT pg_catalog.pg_partition_ancestors('16384') UNION ALL VALUES ('16384'::pg_catalog.regclass)) AND contype = 'f' AND conparentid = 0
====
SELECT pol.polname, CASE WHEN pol.polroles = '{0}' THEN NULL ELSE pg_catalog.array_to_string(array(SELECT rolname FROM pg_catalog.pg_roles WHERE oid = any (pol.polroles) ORDER BY 1), ',') END FROM pg_catalog.pg_policy pol WHERE pol.polrelid = '16384'
====
SELECT current_database() AS "TABLE_CAT", nspname AS "TABLE_SCHEM", (information_schema._pg_expandarray(i.indkey)).n AS "KEY_SEQ" FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE i.indisprimary
====
SELECT typinput = 'pg_catalog.array_in'::regproc AS is_array, typtype, typname, pg_type.oid FROM pg_catalog.pg_type LEFT JOIN (SELECT ns.oid AS nspoid, ns.nspname, r.r FROM pg_namespace AS ns JOIN (SELECT s.r, (current_schemas(false))[s.r] AS nspname FROM generate_series(1, array_upper(current_schemas(false), 1)) AS s(r)) AS r USING (nspname)) AS sp ON sp.nspoid = typnamespace WHERE pg_type.oid = $1 ORDER BY sp.r, pg_type.oid DESC
====
SELECT d.datname, pg_catalog.pg_get_userbyid(d.datdba), CASE WHEN pg_catalog.array_length(d.datacl, 1) = 0 THEN '(none)' ELSE pg_catalog.array_to_string(d.datacl, E'\n') END FROM pg_catalog.pg_database d
====
select this_.id as id1_0_0_, this_.name as name2_0_0_ from customer this_ where this_.name like ? escape '!' order by this_.name asc limit ? offset ?
====
select nextval ('hibernate_sequence')
====
select distinct on (a) a, b from t order by a, b desc
====
select a, b from t order by a nulls last fetch first 10 rows only
====
select * from t tablesample bernoulli (10)
====
select jsonb_build_object('a', b) -> 'a' ->> 'c', d #>> '{a,b}', e @> '{"a":1}'::jsonb, f ?| array['a','b'], g ?? 'x' from t
====
select a::numeric(10,2), b::text[], c at time zone 'utc', interval '1 day', date '2020-01-01', timestamp with time zone '2020-01-01 00:00:00+00' from t
====
select array_agg(a order by b) filter (where c > 0), string_agg(x, ',' order by y), percentile_cont(0.5) within group (order by z) from t group by rollup (a, b), grouping sets ((a),(b),())
====
select rank() over w, sum(a) over (partition by b order by c rows between 1 preceding and current row) from t window w as (partition by d)
====
select * from generate_series(1, 10) with ordinality as g(a, b), lateral (select * from t where t.id = g.a) x
====
with recursive r(n) as (values (1) union all select n + 1 from r where n < 10) select * from r
====
with a as materialized (select 1), b as not materialized (select 2) select * from a, b
====
insert into t (a, b) select a, b from u on conflict on constraint uq do update set b = excluded.b where t.b is distinct from excluded.b returning *, xmax = 0 as inserted
====
insert into t default values
====
insert into t overriding system value values (1)
====
update only t as x set (a, b) = (1, 2), c = default from u where x.id = u.id returning x.*
====
delete from t as x using u where x.id = u.id and u.z < now() - interval '1 day'
====
select * from t where (a, b) > (?, ?) order by a, b limit 10
====
select * from t where a = any(?) and b <> all(array[1,2]) and c ilike '%x%' and d similar to 'x' and e ~* 'y' and f between symmetric 1 and 2
====
select case a when 1 then 'x' else 'y' end, coalesce(b, 'z') || c, -d, not e, f is not true, g is distinct from h from t
====
select extract(epoch from a), substring(b from 1 for 2), trim(both ' ' from c), position('a' in d), overlay(e placing 'x' from 1), cast(f as varchar(10)) from t
====
select * from t for update of t skip locked
====
select * from a natural join b left join c using (id) cross join d full outer join e on e.x = a.x
====
select exists(select 1 from t), array(select a from t), row(1,2), (select b from u limit 1)
====
select * from t where a in (select b from u) and not exists (select 1 from v where v.a = t.a) union all (select * from w order by 1 limit 5) except select * from z
====
select $1::int + $2, $3
====
select a[1], a[1:2], (b).c, (d).* from t
====
create table if not exists t (id bigint generated always as identity primary key, a numeric(10,2) not null default 0 check (a >= 0), b jsonb, unique (a, b), foreign key (a) references u (id) on delete cascade)
====
create unique index concurrently if not exists i on t using btree (lower(a), b desc) where c is null
====
create or replace view v as select * from t
====
alter table t add column if not exists a int, drop column b, alter column c type text using c::text, add constraint x foreign key (a) references u (id)
====
create schema if not exists s
====
create sequence s start 1
====
comment on column t.a is 'x'
====
analyze t
====
vacuum (analyze) t
====
select pg_catalog.format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a
====
select current_schema(), session_user, current_date, localtime(0)
====
select oid, typname from pg_type where typname = 'hstore'
====
select count(*) from (select 1 from t limit 1000) x
====
fetch forward 100 from c
====
move c
====
close c
====
select t.* from "My Schema"."My Table" t where t."Weird ""col""" = 'x'
====
select 1 as "user", 2 as "select", 3 as value, 4 as name, 5 as type, 6 as key, 7 as date, 8 as comment, 9 as index, 10 as order_
====
merge into t using (values (1,2)) as s(id, v) on t.id = s.id when matched and s.v > 1 then update set v = s.v when not matched then insert values (s.id, s.v)
====
select xmlelement(name a, xmlattributes(b as c)) from t
====
select json_agg(row_to_json(x)) from (select a from t) x
====
select grouping(a), a from t group by cube(a)
====
select * from json_to_recordset('[]') as x(a int, b text)
====
select * from rows from (generate_series(1,2), generate_series(3,4)) as x(a,b)
====
set constraints all deferred
====
select a from t where b = 'x' and c = E'\n' and d = B'101' and e = X'1F' and f = N'y'
====
select t.id, t.end, t.start, t.value, t.type from t where t.end > ?
