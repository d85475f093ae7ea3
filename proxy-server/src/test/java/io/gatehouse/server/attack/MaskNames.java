package io.gatehouse.server.attack;

import java.util.List;

/** Statements in which a name stands for something else than it seems to. */
final class MaskNames {
    static final List<String> POSTGRESQL =
            List.of(
                    "select lower(x.email) from (select note as email from mk_orders) \"X\","
                            + " mk_customers x",
                    "select (select lower(x.email) from (select note as email from mk_orders) \"X\""
                            + " limit 1) from mk_customers x",
                    "select lower(x.email) from (select note as \"EMAIL\", email::text from"
                            + " mk_customers) x",
                    "select (select lower(note) from (select 'a'::text) x) from (select email as"
                            + " note from mk_customers) y",
                    "select (select lower(note) from (select 'a' as \"NOTE\") x) from (select"
                            + " email as note from mk_customers) y",
                    "with recursive a as (select lower(note) as q from mk_orders), mk_orders as"
                            + " (select email as note from mk_customers) select q from a",
                    "select o.*, lower(c.email) as \"NOTE\", o.* from mk_customers c, mk_orders o",
                    "select o.*, lower(c.email) as \"no\"\"te\", o.* from mk_customers c,"
                            + " mk_orders o",
                    "select o.*, lower(c.email) as U&\"n\\006Fte\", o.* from mk_customers c,"
                            + " mk_orders o",
                    "select o.*, lower(c.email) as \" note\", o.* from mk_customers c, mk_orders o",
                    "select o.*, c.lower, o.* from (select lower(email) from mk_customers) c,"
                            + " mk_orders o",
                    "select email(c) from mk_customers c",
                    "select mk_leak(c) from mk_customers c",
                    "select c.mk_leak from mk_customers c",
                    "select o.*, c.mk_leak, o.* from mk_customers c, mk_orders o",
                    "select x.n from (select c.mk_leak as n from mk_customers c) x",
                    "with w as (select c.mk_leak as n from mk_customers c) select n, 1 from w",
                    "select (c).* from mk_customers c",
                    "select (c).*, o.* from mk_customers c, mk_orders o",
                    "select (t.r).email from (select c as r from mk_customers c) t",
                    "select t.r from (select c as r from mk_customers c) t",
                    "select (t.r).* from (select row(c.*) as r, c from mk_customers c) t",
                    "select v.column1 from mk_customers c, lateral (values (lower(c.email))) v",
                    "select lower(note) from (table mk_customers) as t(id, note)",
                    "select lower(b) from (values (1, (select email from mk_customers limit 1)))"
                            + " v(a, b)",
                    "select f.x from mk_customers c cross join lateral (select c.* ) l(x, note)"
                            + " cross join lateral (select lower(l.note) as x) f",
                    "select lower(j.note) from mk_orders natural join (select id + 9 as id, email"
                            + " as note from mk_customers) j",
                    "select lower(note) from mk_customers c join (select email as note, id from"
                            + " mk_customers) d using (id, note)",
                    "select max(note) from (select email as note from mk_customers) x group by"
                            + " grouping sets ((), (note))",
                    "select lag(q.note) over w from (select email as note, id from mk_customers) q"
                            + " window w as (order by q.id)",
                    "merge into mk_orders o using mk_customers c on o.customer = c.id when matched"
                            + " then do nothing when not matched then insert (id, note) values"
                            + " (99, c.email)",
                    "merge into mk_orders o using mk_customers c on o.customer = c.id when matched"
                            + " and c.email::int > 5 then do nothing",
                    "merge into mk_orders o using mk_customers c on o.customer = c.id when not"
                            + " matched then do nothing when matched then update set note = 'm'"
                            + " returning merge_action(), o.id, lower(c.email) as note",
                    "select 'alice'::int where exists (select email::int from mk_customers)");

    static final List<String> MARIADB =
            List.of(
                    "with recursive a as (select lower(note) as q from mk_orders), mk_orders as"
                            + " (select email as note from mk_customers) select q from a",
                    "select (select concat(b) from (select email as ` b` from mk_customers limit 1)"
                            + " x) from (select note as b from mk_orders) y",
                    "select (select concat(b) from (select email as 'b' from mk_customers limit 1)"
                            + " x) from (select note as b from mk_orders) y",
                    "select o.*, concat(c.email) as ` x`, o.* from mk_customers c, mk_orders o",
                    "select concat(X.email) from (select note as email from mk_orders) x,"
                            + " mk_customers X",
                    "select (select concat(X.email) from (select note as email from mk_orders) x"
                            + " limit 1) from mk_customers X",
                    "with MK_CUSTOMERS as (select note as email from mk_orders) select"
                            + " concat(email) from mk_customers",
                    "with w(x) as (select email from mk_customers) select convert(x, char(60))"
                            + " from w",
                    "select convert(`lower(email)`, char(60)) from (select lower(email) from"
                            + " mk_customers) w",
                    "select (select concat(`\u0131`) from (select email as `I` from mk_customers"
                            + " limit 1) x) from (select note as `\u0131` from mk_orders) y",
                    "select (select concat(`i`) from (select email as `\u0130` from mk_customers"
                            + " limit 1) x) from (select note as `i` from mk_orders) y",
                    "select email from mk_customers procedure analyse()",
                    "show full processlist",
                    "show engine innodb status");

    static final List<String> SQLITE =
            List.of(
                    "select upper(email) from (select (email), note as email from mk_customers)",
                    "select upper(\"lower(email)\") from (select lower(email), note as"
                            + " \"lower(email)\" from mk_customers)",
                    "with a as (select lower(note) as q from mk_orders), mk_orders as (select email"
                            + " as note from mk_customers) select q from a",
                    "with mk_orders as (select note as a, email as b, 0 as n from mk_customers"
                            + " union all select b, a, n + 1 from mk_orders where n < 2) select"
                            + " upper(a) from mk_orders",
                    "select upper(\"EMAIL\") from mk_customers",
                    "select upper([email]) from [mk_customers]",
                    "select upper(t.'email') from mk_customers t",
                    "select upper(email) from 'mk_customers'",
                    "select upper(email) from mk_customers as 'x'",
                    "select upper(x.email) from (select note as email from mk_orders) \"X\","
                            + " mk_customers y");

    static final List<String> H2 =
            List.of(
                    "select (select concat(note) from (select 'a' as \"note\") x) from (select"
                            + " email as note from mk_customers) y",
                    "with \"mk_customers\" as (select note as email from mk_orders) select"
                            + " concat(email) from mk_customers",
                    "select concat(email) from (select (email), note as \"email\" from"
                            + " mk_customers)",
                    "select (select concat(ss) from (select email as \u00df from mk_customers limit"
                            + " 1) x) from (select note as ss from mk_orders) y",
                    "select o.*, concat(c.email) as \u00df, o.* from mk_customers c, mk_orders o",
                    "with mk_orders as (select note as a, email as b, 0 as n from mk_customers"
                            + " union all select b, a, n + 1 from mk_orders where n < 2) select"
                            + " upper(a) from mk_orders");

    private MaskNames() {}
}
