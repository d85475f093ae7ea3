package io.gatehouse.server.attack;

import java.util.ArrayList;
import java.util.List;

/** Statements that come near masked columns in many ways. */
final class MaskStatements {
    static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: personal
                unless: {users: [other]}
                masks:
                  - {columns: [mk_customers.email], with: partial, first: 2, last: 1}
                  - {columns: [mk_customers.born], with: truncate, to: year}
                  - {columns: [mk_customers.salary], with: constant, value: "1"}
                  - {columns: [mk_customers.ssn, mk_customers.photo], with: null}
                clean: {relations: [mk_orders, mk_kept], functions: [mk_harmless]}
            """;

    static final String EMAIL = "zqSecretMarker7@leak.example";
    static final String SALARY = "918273645";
    static final String BORN = "1987-03-21";
    static final String SSN = "555-12-MARKED";

    static List<String> schema(String text, String blob) {
        return List.of(
                "drop table if exists mk_kept",
                "drop table if exists mk_orders",
                "drop table if exists mk_customers",
                "create table mk_customers (id int primary key, email "
                        + text
                        + " not null, born date, salary int, ssn "
                        + text
                        + ", note "
                        + text
                        + ", photo "
                        + blob
                        + ")",
                "create table mk_orders (id int primary key, customer int, note " + text + ")",
                "create table mk_kept (note " + text + ")",
                insert(1, EMAIL),
                insert(2, "a" + EMAIL),
                insert(3, EMAIL + "b"),
                "insert into mk_orders values (10, 1, 'first'), (11, 2, 'second'), (12, 9, null)");
    }

    private static String insert(int id, String email) {
        return "insert into mk_customers values ("
                + id
                + ", '"
                + email
                + "', '"
                + BORN
                + "', "
                + SALARY
                + ", '"
                + SSN
                + "', 'note "
                + id
                + "', null)";
    }

    /** What may be made of a column; the same in every database. */
    private static final List<String> EXPRESSIONS =
            List.of(
                    "c.email",
                    "email",
                    "(c.email)",
                    "lower(c.email)",
                    "upper(email)",
                    "concat(c.email, 'x')",
                    "cast(c.email as char(60))",
                    "substr(c.email, 3)",
                    "substring(c.email, 4, 9)",
                    "replace(c.email, '@', '#')",
                    "trim(c.email)",
                    "coalesce(c.email, 'none')",
                    "nullif(c.email, 'none')",
                    "case when c.id > 0 then c.email else 'none' end",
                    "case c.email when 'x' then 'y' else c.ssn end",
                    "(select c.email)",
                    "c.ssn",
                    "c.salary",
                    "c.salary + 0",
                    "-c.salary",
                    "abs(c.salary)",
                    "c.born",
                    "cast(c.born as char(20))",
                    "cast(c.salary as char(20))",
                    "concat(c.ssn, c.salary, c.born)",
                    "max(c.email) over ()",
                    "first_value(c.email) over (order by c.id)",
                    "lag(c.salary) over (order by c.id)");

    /** More of PostgreSQL. */
    private static final List<String> POSTGRESQL_EXPRESSIONS =
            List.of(
                    "c.email::text",
                    "c::text",
                    "c",
                    "c.*::text",
                    "(c).email",
                    "(c.*)::text",
                    "row(c.*)::text",
                    "row(c.email, 1)",
                    "to_json(c)",
                    "to_jsonb(c) ->> 'email'",
                    "row_to_json(c)",
                    "c.row_to_json",
                    "c.to_jsonb",
                    "json_build_object('a', c.email)",
                    "array[c.email, 'x']",
                    "(array[c.email])[1]",
                    "encode(c.email::bytea, 'hex')",
                    "encode(convert_to(c.email, 'UTF8'), 'base64')",
                    "reverse(c.email)",
                    "left(c.email, 12)",
                    "format('%s', c.email)",
                    "quote_literal(c.email)",
                    "regexp_replace(c.email, 'z', 'y')",
                    "split_part(c.email, '@', 1)",
                    "string_to_array(c.email, '@')",
                    "c.email collate \"C\"",
                    "xmlelement(name a, c.email)",
                    "c.email is not null and c.email like 'zq%'",
                    "c.born + 1",
                    "age(c.born)",
                    "extract(epoch from c.born)",
                    "c.salary::bit(32)",
                    "to_char(c.salary, '999999999')",
                    "ascii(c.email)",
                    "c.email::regclass",
                    "c.email::int",
                    "c.email::date",
                    "c.ssn::uuid",
                    "c.ssn::inet",
                    "c.email::jsonb",
                    "c.email::xml",
                    "hstore(c)",
                    "jsonb_pretty(to_jsonb(c))",
                    "jsonb_object_agg(c.id, c.email) over ()",
                    "json_object('a': c.email)",
                    "json_object('a' value c.email)",
                    "json_array(c.email, 1)",
                    "json_scalar(c.email)",
                    "json_value(to_jsonb(c), '$.email')",
                    "json_query(to_jsonb(c), '$.*' with wrapper)",
                    "jsonb_path_query(to_jsonb(c), '$.*')",
                    "to_jsonb(c) #>> '{email}'",
                    "xmlforest(c.email)",
                    "xmlelement(name a, xmlattributes(c.email as x))",
                    "xmlserialize(content xmlelement(name a, c.email) as text)",
                    "xmlpi(name php, c.email)",
                    "xmlconcat(xmlelement(name a, email))",
                    "trim(both 'x' from email)",
                    "overlay(email placing 'x' from 1 for 1)",
                    "substring(email from 3 for 20)",
                    "substring(email similar '%#\"%#\"' escape '#')",
                    "position('@' in email)",
                    "extract(doy from born)",
                    "born at time zone 'UTC'",
                    "email is distinct from 'zq'",
                    "cast(email as text collate \"C\")",
                    "array(select email)",
                    "(row(email)).f1",
                    "array_to_string(array[email], '')",
                    "normalize(email)",
                    "(select x from (values (email)) v(x))",
                    "(select string_agg(z, '') from unnest(string_to_array(email, null)) z)",
                    "make_interval(secs => salary)",
                    "int4range(salary, null)",
                    "email operator(pg_catalog.||) 'x'");

    private static final List<String> CONTEXTS =
            List.of(
                    "select {e} from mk_customers c",
                    "select c.id, {e} as x from mk_customers c order by c.id",
                    "select x from (select {e} as x from mk_customers c) t",
                    "select t.* from (select {e} as x from mk_customers c) t",
                    "with w as (select {e} as x from mk_customers c) select * from w",
                    "with w(y) as (select {e} from mk_customers c) select y, 1 from w",
                    "select note from mk_orders union all select {e} from mk_customers c",
                    "select {e} as x from mk_customers c union select note from mk_orders",
                    "select (select {e} from mk_customers c where c.id = 1)",
                    "select o.note, {e} from mk_orders o join mk_customers c on c.id = o.customer",
                    "select * from (select c.*, {e} as extra from mk_customers c) t",
                    "select distinct {e} from mk_customers c",
                    "select min(x), max(x) from (select {e} as x from mk_customers c) t",
                    "insert into mk_kept select {e} from mk_customers c",
                    "select count(*) from mk_customers c where cast({e} as decimal(9)) > 5",
                    "create table mk_made as select {e} as x from mk_customers c");

    private static final List<String> POSTGRESQL_CONTEXTS =
            List.of(
                    "select l.x from mk_orders o, lateral (select {e} as x from mk_customers c"
                            + " where c.id = o.customer) l",
                    "update mk_customers c set note = note where id = 1 returning {e}",
                    "with d as (update mk_customers c set note = note returning {e} as x)"
                            + " select x from d",
                    "with recursive r as (select 1 as n, {e} as x from mk_customers c where id = 1"
                            + " union all select n + 1, x from r where n < 3) select x from r",
                    "select array_agg(x), string_agg(x::text, ',') from (select {e} as x"
                            + " from mk_customers c) t",
                    "explain (analyze, verbose) select {e} from mk_customers c");

    private MaskStatements() {}

    static List<String> everywhere() {
        List<String> all = new ArrayList<>(combined(EXPRESSIONS, CONTEXTS));
        all.addAll(
                List.of(
                        "select * from mk_customers",
                        "select c.* from mk_customers c",
                        "select o.*, c.* from mk_orders o, mk_customers c where o.customer = c.id",
                        "select c.*, o.note as again from mk_customers c, mk_orders o",
                        "select * from (select * from mk_customers) t",
                        "select * from (select * from mk_customers union select * from"
                                + " mk_customers) t",
                        "with w as (select * from mk_customers) select w.* from w",
                        "select a.* from mk_customers a join mk_customers b using (id)",
                        "select * from mk_customers a natural join mk_customers b",
                        "select * from mk_customers a join mk_orders b using (id)",
                        "update mk_orders set note = (select max(email) from mk_customers)",
                        "update mk_customers set note = email",
                        "insert into mk_kept (note) values ((select max(email) from"
                                + " mk_customers))"));
        return all;
    }

    static List<String> postgresql() {
        List<String> all = new ArrayList<>(combined(POSTGRESQL_EXPRESSIONS, CONTEXTS));
        all.addAll(combined(EXPRESSIONS, POSTGRESQL_CONTEXTS));
        all.addAll(combined(POSTGRESQL_EXPRESSIONS, POSTGRESQL_CONTEXTS));
        all.addAll(POSTGRESQL_ATTACKS);
        return all;
    }

    private static List<String> combined(List<String> expressions, List<String> contexts) {
        List<String> all = new ArrayList<>();
        for (String context : contexts) {
            for (String expression : expressions) {
                all.add(context.replace("{e}", expression));
            }
        }
        return all;
    }

    private static final List<String> POSTGRESQL_ATTACKS =
            List.of(
                    "table mk_customers",
                    "select mode() within group (order by email) from mk_customers",
                    "select percentile_disc(0) within group (order by salary) from mk_customers",
                    "select json_objectagg(id: email) from mk_customers",
                    "select json_arrayagg(email order by id) from mk_customers",
                    "select json_agg(c order by id) filter (where id > 0) from mk_customers c",
                    "select string_agg(distinct email, ',') from mk_customers",
                    "select email from mk_customers group by grouping sets ((email), ())",
                    "select * from mk_customers c, json_table(to_jsonb(c), '$' columns (x text"
                            + " path '$.email')) t",
                    "select ju.email from mk_customers a join mk_customers b using (email) as ju",
                    "select j.b from (mk_orders o join mk_customers c on o.customer = c.id) as"
                            + " j(a, b, d, e, f)",
                    "select x from mk_customers c, rows from (unnest(array[c.email])) x",
                    "select w from (select email from mk_customers) w",
                    "select w::text from (select email from mk_customers) w",
                    "select * from mk_view",
                    "select contact from mk_view",
                    "select mk_reads()",
                    "select * from mk_rows()",
                    "select x from mk_rows() x",
                    "select query_to_xml('select * from mk_customers', true, false, '')",
                    "select table_to_xml('mk_customers', true, false, '')",
                    "select xmlagg(xmlelement(name a, email)) from mk_customers",
                    "select * from pg_stats where tablename = 'mk_customers'",
                    "select most_common_vals::text from pg_catalog.pg_stats",
                    "select stavalues1::text from pg_statistic",
                    "select * from pg_stat_activity",
                    "select key, value from mk_customers c, jsonb_each_text(to_jsonb(c))",
                    "select u from mk_customers c, unnest(array[c.email]) u",
                    "select * from mk_customers c, xmltable('/a' passing xmlelement(name a,"
                            + " c.email) columns x text path '.') t",
                    "select * from json_to_recordset((select json_agg(c) from mk_customers c))"
                            + " as x(email text)",
                    "select * from mk_customers as x(a, b, c, d, e, f, g)",
                    "select b from mk_customers as x(a, b, c, d, e, f, g)",
                    "select pg_read_file('postgresql.conf')",
                    "select lo_from_bytea(0, email::bytea) from mk_customers",
                    "select set_config('my.x', email, false) from mk_customers",
                    "show my.x",
                    "select current_setting('my.x', true)",
                    "select pg_notify('c', email) from mk_customers",
                    "select setval('mk_seq', salary) from mk_customers",
                    "select pg_advisory_lock(salary) from mk_customers",
                    "select * into mk_made from mk_customers",
                    "select email into temp mk_made from mk_customers",
                    "create view mk_v2 as select * from mk_customers",
                    "create materialized view mk_v3 as select * from mk_customers",
                    "create temp view mk_v4 as select email x from mk_customers",
                    "create function mk_f() returns text language sql as"
                            + " 'select email from mk_customers limit 1'",
                    "create table mk_made (x text default (select email from mk_customers))",
                    "create rule mk_r as on insert to mk_orders do also insert into mk_kept"
                            + " select email from mk_customers",
                    "alter table mk_customers rename column email to contact",
                    "alter table mk_customers rename to mk_other",
                    "alter table mk_customers set schema pg_catalog",
                    "do $$ begin raise exception '%', (select email from mk_customers limit 1);"
                            + " end $$",
                    "do $$ begin raise notice '%', (select email from mk_customers limit 1);"
                            + " end $$",
                    "call mk_tells()",
                    "copy mk_customers to stdout",
                    "copy (select email from mk_customers) to stdout",
                    "prepare mk_p1 as select email, ssn from mk_customers",
                    "execute mk_p1",
                    "prepare mk_p2 as select lower(email) from mk_customers",
                    "execute mk_p2",
                    "prepare mk_p3 as insert into mk_kept select email from mk_customers",
                    "execute mk_p3",
                    "deallocate all",
                    "select note from mk_kept",
                    "insert into mk_customers values (1, 'x') on conflict (id) do update set"
                            + " note = mk_customers.email returning note",
                    "insert into mk_customers values (1, 'x') on conflict (id) do update set"
                            + " note = 'n' returning *",
                    "insert into mk_customers values (1, 'x') on conflict (id) do update set"
                            + " note = 'n' returning mk_customers",
                    "delete from mk_orders using mk_customers c where c.id = customer"
                            + " returning c.email",
                    "merge into mk_customers t using mk_orders o on o.customer = t.id when matched"
                            + " then update set note = 'n' returning t.*",
                    "merge into mk_orders t using mk_customers c on t.customer = c.id when matched"
                            + " then update set note = c.email",
                    "update mk_customers set note = 'n' where id = 1 returning old.email,"
                            + " new.email",
                    "update mk_customers set note = 'n' where id = 1 returning old.*",
                    "select 1/(ascii(email) - ascii(email)) from mk_customers",
                    "select cast((select email from mk_customers limit 1) as int)",
                    "select * from mk_orders where note::int = (select email::int from"
                            + " mk_customers limit 1)",
                    "select id from mk_orders order by (select email::int from mk_customers"
                            + " limit 1)",
                    "select id from mk_orders limit (select email::int from mk_customers limit 1)",
                    "select generate_series(1, (select email::int from mk_customers limit 1))",
                    "insert into mk_customers(id, email, note) values (1, 'x', 'y')",
                    "update mk_customers set id = 1",
                    "update mk_customers set email = null",
                    "alter table mk_customers alter column email type int using email::int",
                    "create index mk_i on mk_customers ((email::int))",
                    "create unique index mk_u on mk_customers (salary)",
                    "alter table mk_customers add constraint mk_c check (salary < 5)",
                    "alter table mk_customers add constraint mk_c unique (ssn)");

    /** Statements that show nothing masked: their rows are those of the database. */
    static final List<String> CLEAN =
            List.of(
                    "select 1 as one",
                    "select * from mk_orders order by id",
                    "select id, note from mk_customers order by id",
                    "select c.id, c.note as n from mk_customers c order by 1",
                    "select count(*) as n from mk_customers",
                    "select upper(note) as n from mk_customers order by id",
                    "select o.*, c.note as other from mk_orders o join mk_customers c"
                            + " on c.id = o.customer order by o.id",
                    "select o.id from mk_orders o left join mk_customers c on c.id = o.customer"
                            + " order by o.id",
                    "with w as (select id, email, note from mk_customers) select note from w"
                            + " order by id",
                    "select t.note from (select * from mk_customers) t order by t.id",
                    "select id from mk_customers union all select id from mk_orders order by 1",
                    "select note from mk_orders where exists (select 1 from mk_customers c where"
                            + " c.id = customer) order by id",
                    "select id from mk_customers where email like 'zq%' order by id",
                    "select sum(id) as s, max(note) as m from mk_customers",
                    "select case when id > 1 then note else 'x' end as v from mk_customers"
                            + " order by id",
                    "select note, row_number() over (order by id) as r from mk_customers"
                            + " order by id",
                    "values (1, 'a')");
}
