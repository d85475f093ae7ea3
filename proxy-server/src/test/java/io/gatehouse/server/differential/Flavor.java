package io.gatehouse.server.differential;

import java.util.List;

/**
 * What differs between databases in the probes.
 *
 * @param setUp what makes the tables probe and keyed
 * @param everyType a select of one value of each type
 * @param extremes a select of values at the ends of their types
 * @param javaTime whether the driver takes and gives java.time
 * @param namedKeys whether generated keys can be asked for by name
 * @param schemas whether there are schemas beside catalogs
 * @param timed the types of columns that hold times: date, time, timestamp, with time zone
 * @param slow a statement that takes longer than any timeout here; empty for none
 * @param own probes that only this kind has, as statements to execute one after the other
 */
record Flavor(
        List<String> setUp,
        String everyType,
        String extremes,
        boolean javaTime,
        boolean namedKeys,
        boolean schemas,
        List<String> timed,
        String slow,
        List<String> own) {

    static final String UPDATE = "update probe set name = name where id = -1";

    private static List<String> tables(String key, String timestamp, String doubles, String end) {
        return List.of(
                "create table probe (id int not null primary key, name varchar(80),"
                        + " amount numeric(12,2), due date, moment "
                        + timestamp
                        + ", flag boolean, big bigint, ratio "
                        + doubles
                        + ")"
                        + end,
                "create table keyed (id " + key + ", name varchar(20))" + end,
                "insert into probe values (1, 'one', 1.10, '2024-01-31',"
                        + " '2024-01-31 10:20:30', true, 1, 0.5)",
                "insert into probe values (2, 'two', 2.20, '2024-02-29',"
                        + " '2024-02-29 23:59:59.5', false, 2, 1)",
                "insert into probe values (3, null, null, null, null, null, null, null)");
    }

    static Flavor postgres() {
        return new Flavor(
                tables("serial primary key", "timestamp", "double precision", ""),
                "select 1::smallint as a_smallint, 2147483647 as an_int, 9223372036854775807 as"
                    + " a_bigint, 1.5::real as a_real, 0.1::float8 as a_double,"
                    + " 123456789012345678901234567890.12345::numeric(40,5) as a_numeric,"
                    + " 0.00::numeric(5,2) as a_zero, true as a_true, false as a_false, 'text"
                    + " ☃'::text as a_text, 'abc'::char(5) as a_char, 'v'::varchar(7) as a_varchar,"
                    + " '\\x00ff10'::bytea as a_bytea, date '2024-02-29' as a_date, time"
                    + " '13:14:15.123456' as a_time, time '13:14:15' as a_short_time, timetz"
                    + " '13:14:15.5+05:30' as a_timetz, timestamp '2024-02-29 13:14:15.123456' as"
                    + " a_timestamp, timestamp '2024-02-29 13:14:00' as a_whole_timestamp,"
                    + " timestamptz '2024-02-29 13:14:15.12+05' as a_timestamptz,"
                    + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid as a_uuid, null::int as"
                    + " a_null, ''::text as an_empty, '2'::oid as an_oid, 'x'::name as a_name,"
                    + " B'1'::bit(1) as a_bit",
                "select 'NaN'::float8 as nan, '-Infinity'::float8 as minus_infinity, 1e300::float8"
                    + " as large, 5e-324::float8 as tiny, 1e20::float8 as twenty, 1.5e-5::float8 as"
                    + " small, 3.4e38::real as large_real, 'NaN'::numeric as numeric_nan,"
                    + " 1e-30::numeric as tiny_numeric, 1e40::numeric as large_numeric,"
                    + " (-32768)::smallint as least_small, (-9223372036854775808)::bigint as"
                    + " least_big, date 'infinity' as a_far_date, timestamp '-infinity' as"
                    + " a_far_timestamp, timestamptz 'infinity' as a_far_timestamptz, date"
                    + " '0044-03-15 BC' as a_bc_date, timestamp '0044-03-15 10:00:00 BC' as"
                    + " a_bc_timestamp, date '99999-12-31' as a_late_date, timestamp '20000-01-01"
                    + " 00:00:00' as a_late_timestamp, timestamptz '1883-11-18 12:00:00+00' as"
                    + " an_old_timestamptz, date '1582-10-04' as a_julian_date, time '24:00:00' as"
                    + " an_end_of_day",
                true,
                true,
                true,
                List.of("date", "time", "timestamp", "timestamptz"),
                "select pg_sleep(20)",
                List.of(
                        "insert into keyed (name) values ('r1'), ('r2') returning name",
                        "select 1 as a; select 2 as b",
                        "update probe set name = name where id = 1; select 3 as c",
                        "select '{\"a\":1}'::jsonb ? 'a' as has",
                        "do $$ begin raise warning 'careful'; raise notice 'noted'; end $$",
                        "create temporary table t_own (a int)",
                        "insert into t_own values (1)",
                        "select a from t_own",
                        "values (1, 'x'), (2, 'y')",
                        "explain (costs off) select 1",
                        "show standard_conforming_strings",
                        "select id from keyed where name = 'none'",
                        "set work_mem = '5MB'",
                        "show work_mem",
                        "reset work_mem",
                        "select '1 day'::interval::text, '{1,2}'::int[]::text"));
    }

    static Flavor mariadb() {
        return new Flavor(
                tables(
                        "int auto_increment primary key",
                        "datetime(6)",
                        "double",
                        " default charset utf8mb4"),
                "select cast(1 as signed) as a_signed, 2147483647 as an_int, 18446744073709551615"
                    + " as an_unsigned, 1.5e0 as a_double, cast('12345678901234567890.12345' as"
                    + " decimal(40,5)) as a_decimal, true as a_boolean, 'text ☃' as a_text,"
                    + " cast('abc' as char(5)) as a_char, x'00ff10' as a_binary, date '2024-02-29'"
                    + " as a_date, time '13:14:15' as a_time, time '13:14:15.5' as a_fine_time,"
                    + " timestamp '2024-02-29 13:14:15.123456' as a_timestamp, timestamp"
                    + " '2024-02-29 13:14:15' as a_whole_timestamp, null as a_null, '' as an_empty,"
                    + " b'1' as a_bit, cast('{\"a\": 1}' as char) as a_json",
                "select 1e300 as large, -1e-300 as tiny, 1e20 as twenty, 1.5e-5 as small,"
                        + " cast(-9223372036854775808 as signed) as least_big, date '9999-12-31' as"
                        + " a_late_date, date '1000-01-01' as an_early_date, timestamp '9999-12-31"
                        + " 23:59:59.999999' as a_late_timestamp, time '00:00:00' as midnight,"
                        + " cast('0.0000000001' as decimal(30,20)) as a_small_decimal",
                true,
                true,
                false,
                List.of("date", "time(6)", "datetime(6)", "timestamp(6) null"),
                "select sleep(20)",
                List.of(
                        "insert into keyed (name) values ('r1'), ('r2') returning name",
                        "select cast('abc' as signed) as cut",
                        "create temporary table t_own (a int)",
                        "insert into t_own values (1)",
                        "select a from t_own",
                        "set @x = 5",
                        "select @x",
                        "show variables like 'version_comment'",
                        "explain select 1",
                        "insert ignore into probe (id, name) values (1, 'dup')",
                        "replace into probe (id, name) values (950, 'new')",
                        "insert into probe (id, name) values (950, 'a') on duplicate key update"
                                + " name = 'b'",
                        "delete from probe where id = 950",
                        "select 1; select 2"));
    }

    static Flavor h2() {
        return new Flavor(
                tables(
                        "int generated by default as identity primary key",
                        "timestamp",
                        "double precision",
                        ""),
                "select cast(1 as tinyint) as a_tinyint, cast(2 as smallint) as a_smallint,"
                    + " 2147483647 as an_int, 9223372036854775807 as a_bigint, cast(1.5 as real) as"
                    + " a_real, cast(0.1 as double precision) as a_double,"
                    + " cast(12345678901234567890.12345 as numeric(40,5)) as a_numeric, cast(1.5 as"
                    + " decfloat(20)) as a_decfloat, true as a_true, false as a_false, 'text ☃' as"
                    + " a_text, cast('abc' as char(5)) as a_char, x'00ff10' as a_binary, date"
                    + " '2024-02-29' as a_date, time '13:14:15' as a_time,"
                    + " cast('13:14:15.123456789' as time(9)) as a_time_ns, cast('13:14:15+05:30'"
                    + " as time with time zone) as a_timetz, timestamp '2024-02-29 13:14:15.123456'"
                    + " as a_timestamp, timestamp '2024-02-29 13:14:00' as a_whole_timestamp,"
                    + " cast('2024-02-29 13:14:15.123456789' as timestamp(9)) as a_timestamp_ns,"
                    + " timestamp with time zone '2024-02-29 13:14:15.123456+05:30' as"
                    + " a_timestamptz, cast(null as int) as a_null, '' as an_empty, uuid"
                    + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' as a_uuid, cast('a clob' as clob) as"
                    + " a_clob, cast(x'0102' as blob) as a_blob",
                "select cast(1e300 as double precision) as large, cast('NaN' as double precision)"
                    + " as nan, cast('Infinity' as real) as infinite, 1e20 as twenty, cast(1.5e-5"
                    + " as double precision) as small, cast(-9223372036854775808 as bigint) as"
                    + " least_big, date '-0044-03-15' as a_bc_date, date '99999-12-31' as"
                    + " a_late_date, timestamp '20000-01-01 00:00:00' as a_late_timestamp, date"
                    + " '1582-10-04' as a_julian_date, cast(1e-30 as numeric(40, 35)) as"
                    + " a_tiny_numeric",
                true,
                true,
                true,
                List.of("date", "time(9)", "timestamp(9)", "timestamp(9) with time zone"),
                "",
                List.of(
                        "select name from final table (insert into keyed (name) values ('r1'))",
                        "merge into probe (id, name) key (id) values (950, 'm')",
                        "delete from probe where id = 950",
                        "values (1, 'x'), (2, 'y')",
                        "explain select 1",
                        "set @x = 5",
                        "select @x"));
    }

    static Flavor sqlite() {
        return new Flavor(
                tables("integer primary key autoincrement", "timestamp", "double", ""),
                "select 1 as an_int, 9223372036854775807 as a_long, 0.1 as a_real, 'text ☃' as"
                        + " a_text, x'00ff10' as a_blob, null as a_null, '' as an_empty",
                "select 1e300 as large, -1e-300 as tiny, 1e20 as twenty, 1.5e-5 as small,"
                        + " -9223372036854775808 as least_big",
                false,
                false,
                false,
                List.of(),
                "",
                List.of(
                        "insert into keyed (name) values ('r1'), ('r2') returning name",
                        "pragma user_version",
                        "explain query plan select 1",
                        "insert or ignore into probe (id, name) values (1, 'dup')",
                        "replace into probe (id, name) values (950, 'new')",
                        "delete from probe where id = 950",
                        "select 1, 'x' union all select 'y', 2.5",
                        "create temporary table t_own (a int)",
                        "insert into t_own values (1)",
                        "select a from t_own"));
    }

    /** MySQL itself, where it differs from MariaDB: no RETURNING, and real time literals. */
    static Flavor mysql() {
        Flavor mariadb = mariadb();
        return new Flavor(
                mariadb.setUp(),
                mariadb.everyType(),
                mariadb.extremes(),
                true,
                true,
                false,
                mariadb.timed(),
                mariadb.slow(),
                mariadb.own().stream().filter(sql -> !sql.contains("returning")).toList());
    }

    static Flavor sqlserver() {
        return new Flavor(
                List.of(
                        "create table probe (id int not null primary key, name nvarchar(80),"
                                + " amount numeric(12,2), due date, moment datetime2, flag bit,"
                                + " big bigint, ratio float)",
                        "create table keyed (id int identity primary key, name nvarchar(20))",
                        "insert into probe values (1, 'one', 1.10, '2024-01-31',"
                                + " '2024-01-31T10:20:30', 1, 1, 0.5)",
                        "insert into probe values (2, 'two', 2.20, '2024-02-29',"
                                + " '2024-02-29T23:59:59.5', 0, 2, 1)",
                        "insert into probe values"
                                + " (3, null, null, null, null, null, null, null)"),
                "select cast(1 as tinyint) as a_tinyint, cast(2 as smallint) as a_smallint,"
                        + " 2147483647 as an_int, cast(9223372036854775807 as bigint) as a_bigint,"
                        + " cast(1.5 as real) as a_real, cast(0.1 as float) as a_double,"
                        + " cast('12345678901234567890.12345' as numeric(38,5)) as a_numeric,"
                        + " cast(1.5 as money) as a_money, cast(1 as bit) as a_bit,"
                        + " N'text \u2603' as a_text, cast('abc' as char(5)) as a_char,"
                        + " cast('v' as varchar(7)) as a_varchar, 0x00ff10 as a_binary,"
                        + " cast('2024-02-29' as date) as a_date,"
                        + " cast('13:14:15.1234567' as time) as a_time,"
                        + " cast('2024-02-29T13:14:15.1234567' as datetime2) as a_timestamp,"
                        + " cast('2024-02-29T13:14:15.123' as datetime) as a_datetime,"
                        + " cast('2024-02-29T13:14:15.12+05:30' as datetimeoffset) as an_offset,"
                        + " cast('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' as uniqueidentifier)"
                        + " as a_uuid, cast(null as int) as a_null, '' as an_empty",
                "select cast(1e300 as float) as large, cast(-1e-300 as float) as tiny,"
                        + " cast(-9223372036854775808 as bigint) as least_big,"
                        + " cast('9999-12-31' as date) as a_late_date,"
                        + " cast('0001-01-01' as date) as a_first_date,"
                        + " cast('9999-12-31T23:59:59.9999999' as datetime2) as a_late_timestamp,"
                        + " cast('0.0000000001' as numeric(38,20)) as a_small_numeric",
                true,
                true,
                true,
                List.of("date", "time(7)", "datetime2(7)", "datetimeoffset(7)"),
                "waitfor delay '00:00:20'",
                List.of(
                        "insert into keyed (name) output inserted.name values ('r1'), ('r2')",
                        "create table #own (a int)",
                        "insert into #own values (1)",
                        "select a from #own",
                        "print 'noted'",
                        "select 1 as a; select 2 as b",
                        "select top 1 id from probe order by id"));
    }
}
