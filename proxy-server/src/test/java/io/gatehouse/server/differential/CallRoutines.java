package io.gatehouse.server.differential;

import java.util.List;

/** The procedures and functions that the call probes call. */
final class CallRoutines {
    static final List<String> POSTGRESQL =
            List.of(
                    "create or replace function add_one(a int) returns int language sql"
                            + " as 'select a + 1'",
                    "create or replace function several(a int, out b int, out c text,"
                            + " inout d numeric) language plpgsql"
                            + " as 'begin b := a * 2; c := ''c'' || a; d := d + 0.50; end'",
                    "create or replace function typed(out a smallint, out b bigint, out c real,"
                            + " out d double precision, out e numeric, out f boolean, out g text,"
                            + " out h bytea, out i date, out j time, out k timestamp,"
                            + " out l timestamptz, out m int) language plpgsql as 'begin a := 1;"
                            + " b := 9223372036854775807; c := 1.5; d := 0.1; e := 12.340;"
                            + " f := true; g := ''t\u2603''; h := ''\\x00ff''; i := ''2024-02-29'';"
                            + " j := ''13:14:15''; k := ''2024-03-31 02:30:00.5'';"
                            + " l := ''2024-02-29 13:14:15.123456+05''; end'",
                    "create or replace function nothing(a int) returns void language plpgsql"
                            + " as 'begin perform a; end'",
                    "create or replace function numbers(n int) returns setof int language sql"
                            + " as 'select generate_series(1, n)'",
                    "create or replace function open_probe(low int) returns refcursor"
                            + " language plpgsql as 'declare c refcursor; begin open c for select"
                            + " id, name from probe where id >= low order by id; return c; end'",
                    "create or replace function two_cursors(out a refcursor, out n int,"
                            + " out b refcursor, out nothing refcursor) language plpgsql"
                            + " as 'begin a := ''one''; n := 5; open a for select 1 as x;"
                            + " b := ''two''; open b for select id from probe order by id; end'",
                    "create or replace procedure double_it(inout a int, inout b text)"
                            + " language plpgsql as 'begin a := a * 2; b := b || b; end'",
                    "create or replace procedure note_it(a int) language sql"
                            + " as 'insert into probe (id, name) values (a, ''noted'')'",
                    "create or replace procedure commits(a int) language plpgsql as 'begin"
                            + " insert into probe (id, name) values (a, ''kept''); commit; end'",
                    "create or replace function fails(a int) returns int language plpgsql"
                            + " as 'begin raise exception ''no'' using errcode = ''22012''; end'");

    static final List<String> MARIADB =
            List.of(
                    "drop procedure if exists several",
                    "create procedure several(in a int, out b int, inout c varchar(40))"
                            + " begin set b = a * 2; set c = concat(c, '-', a); end",
                    "drop procedure if exists results",
                    "create procedure results(in n int, out total int) begin"
                            + " select id, name from probe where id <= n order by id;"
                            + " update probe set name = name where id = 1;"
                            + " select 'last' as what; set total = n + 100; end",
                    "drop procedure if exists typed",
                    "create procedure typed(out a smallint, out b bigint, out d double, out e"
                        + " decimal(10,3), out f boolean, out g varchar(20) charset utf8mb4, out h"
                        + " varbinary(10), out i date, out j time, out k datetime(6), out m int)"
                        + " begin set a = 1, b = 9223372036854775807, d = 0.1, e = 12.340, f ="
                        + " true, g = 't\u2603', h = x'00ff', i = '2024-02-29', j = '13:14:15', k ="
                        + " '2024-03-31 02:30:00.5'; end",
                    "drop procedure if exists note_it",
                    "create procedure note_it(in a int)"
                            + " insert into probe (id, name) values (a, 'noted')",
                    "drop procedure if exists fails",
                    "create procedure fails(out a int) signal sqlstate '45001'"
                            + " set message_text = 'no', mysql_errno = 3333",
                    "drop function if exists add_up",
                    "create function add_up(a int, b int) returns int deterministic return a + b",
                    "drop function if exists greeting",
                    "create function greeting(a varchar(20) charset utf8mb4)"
                            + " returns varchar(40) charset utf8mb4 deterministic"
                            + " return concat('hello ', a)");

    static final List<String> H2 =
            List.of(
                    "drop alias if exists add_up",
                    "create alias add_up as 'int addUp(int a, int b) { return a + b; }'",
                    "drop alias if exists greeting",
                    "create alias greeting as 'String greeting(String a)"
                            + " { return a == null ? null : \"hello \" + a; }'",
                    "drop alias if exists a_moment",
                    "create alias a_moment as 'java.time.LocalDateTime moment()"
                            + " { return java.time.LocalDateTime.of(2024, 2, 29, 13, 14, 15); }'",
                    "drop alias if exists an_amount",
                    "create alias an_amount as 'java.math.BigDecimal amount()"
                            + " { return new java.math.BigDecimal(\"12.340\"); }'",
                    "drop alias if exists numbers",
                    "create alias numbers as 'Integer[] numbers(int n)"
                            + " { return new Integer[] {n, null, -n}; }'",
                    "drop alias if exists words",
                    "create alias words as 'String[] words()"
                            + " { return new String[] {\"a\", \"b,\\\\\"}; }'",
                    "drop alias if exists rows_of",
                    "create alias rows_of as 'java.sql.ResultSet rowsOf(java.sql.Connection c,"
                            + " int n) throws java.sql.SQLException { return"
                            + " c.createStatement().executeQuery(\"select id, name from probe"
                            + " where id <= \" + n + \" order by id\"); }'",
                    "drop alias if exists fails",
                    "create alias fails as 'int fails() throws java.sql.SQLException"
                            + " { throw new java.sql.SQLException(\"no\", \"45001\", 77); }'");

    private CallRoutines() {}
}
