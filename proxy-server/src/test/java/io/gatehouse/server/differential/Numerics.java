package io.gatehouse.server.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers at the ends of a kind's types.
 *
 * @param setUp what makes the tables
 * @param values a query of one value each, by name
 * @param columns the types of columns that are written to
 */
record Numerics(List<String> setUp, Map<String, String> values, List<String> columns) {
    static Numerics postgres() {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "int2", "%s::int2", "(-32768)", "(-129)", "(-128)", "127", "128", "32767");
        put(
                values,
                "int4",
                "%s::int4",
                "(-2147483648)",
                "(-32769)",
                "32768",
                "65536",
                "2147483647");
        put(
                values,
                "int8",
                "(%s)::int8",
                "-9223372036854775808",
                "-2147483649",
                "2147483648",
                "4294967296",
                "9223372036854775807");
        List<String> reals = reals();
        reals.addAll(List.of("3.4028235e38", "1e-45", "1.1754944e-38", "16777216"));
        put(values, "float4", "'%s'::float4", reals.toArray(String[]::new));
        reals = reals();
        reals.addAll(List.of("1.7976931348623157e308", "5e-324", "1e39", "9007199254740993"));
        put(values, "float8", "'%s'::float8", reals.toArray(String[]::new));
        put(values, "numeric", "'%s'::numeric", "NaN", "Infinity", "-Infinity", "1e-30", "1e40");
        put(values, "numeric", "'%s'::numeric", decimals());
        put(values, "numeric", "%s", "repeat('9', 131072)::numeric", "1e131071::numeric");
        put(values, "numeric", "%s::numeric", "('0.' || repeat('7', 16383))", "1e-16383");
        put(values, "numeric", "'12345.678'::numeric(%s)", "10,0", "10,3", "5,-2", "20,10");
        put(values, "numeric", "'0.00123'::numeric(%s)", "3,5", "2,4");
        put(values, "money", "'%s'::money", "92233720368547758.07", "-1.10", "0");
        put(values, "oid", "'%s'::oid", "0", "2147483648", "4294967295");
        put(values, "bit", "B'%s'", "0", "1", "10", "1".repeat(64));
        put(values, "text", "'%s'::text", texts());
        put(values, "bool", "%s", "true", "false");
        return new Numerics(
                List.of(),
                values,
                List.of(
                        "smallint",
                        "integer",
                        "bigint",
                        "real",
                        "double precision",
                        "numeric",
                        "numeric(10,2)",
                        "boolean",
                        "bit",
                        "text"));
    }

    static Numerics mariadb() {
        List<String[]> columns = mariadbColumns();
        List<String> setUp = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        setUp.add("drop table if exists num_out");
        StringBuilder create = new StringBuilder("create table num_out (id int");
        for (int i = 0; i < columns.size(); i++) {
            create.append(", c").append(i).append(' ').append(columns.get(i)[0]);
        }
        setUp.add(create.append(")").toString());
        for (int row = 1; row <= 3; row++) {
            StringBuilder insert = new StringBuilder("insert into num_out values (" + row);
            for (int i = 0; i < columns.size(); i++) {
                insert.append(", ").append(columns.get(i)[row]);
                String type = columns.get(i)[0];
                values.put(
                        type + " " + columns.get(i)[row],
                        "select c" + i + " as v from num_out where id = " + row);
            }
            setUp.add(insert.append(")").toString());
        }
        put(values, "text", "'%s'", texts());
        put(values, "decimal", "cast('%s' as decimal(65,10))", decimals());
        return new Numerics(
                setUp,
                values,
                List.of(
                        "tinyint",
                        "tinyint(1)",
                        "int",
                        "bigint unsigned",
                        "float",
                        "double",
                        "decimal(65,30)",
                        "decimal(10,2)",
                        "bit(1)",
                        "bit(64)",
                        "text"));
    }

    /** A type and three values of it. */
    private static List<String[]> mariadbColumns() {
        return List.of(
                new String[] {"tinyint", "-128", "-1", "127"},
                new String[] {"tinyint unsigned", "0", "128", "255"},
                new String[] {"tinyint(1)", "0", "1", "-128"},
                new String[] {"smallint", "-32768", "128", "32767"},
                new String[] {"smallint unsigned", "0", "32768", "65535"},
                new String[] {"mediumint", "-8388608", "-129", "8388607"},
                new String[] {"mediumint unsigned", "0", "8388608", "16777215"},
                new String[] {"int", "-2147483648", "-32769", "2147483647"},
                new String[] {"int unsigned", "0", "2147483648", "4294967295"},
                new String[] {"bigint", "-9223372036854775808", "0", "9223372036854775807"},
                new String[] {
                    "bigint unsigned", "0", "9223372036854775808", "18446744073709551615"
                },
                new String[] {"float", "-3.40282e38", "-0e0", "1.5e-42"},
                new String[] {"double", "-1.7976931348623157e308", "-0e0", "5e-324"},
                new String[] {"decimal(65,30)", nines(35) + "." + nines(30), "-0.5", "128"},
                new String[] {"decimal(65,0)", nines(65), "-" + nines(65), "-129"},
                new String[] {"decimal(10,2) unsigned", "99999999.99", "0", "32768"},
                new String[] {"bit(1)", "b'0'", "b'1'", "null"},
                new String[] {"bit(8)", "b'0'", "b'1111111'", "b'11111111'"},
                new String[] {"bit(64)", "b'0'", "b'1'", "b'" + "1".repeat(64) + "'"},
                new String[] {"year", "1901", "2155", "0"});
    }

    static Numerics h2() {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "tinyint", "cast(%s as tinyint)", "-128", "127");
        put(values, "smallint", "cast(%s as smallint)", "-32768", "-129", "128", "32767");
        put(values, "int", "cast(%s as int)", "-2147483648", "32768", "2147483647");
        put(
                values,
                "bigint",
                "cast(%s as bigint)",
                "-9223372036854775808",
                "2147483648",
                "9223372036854775807");
        List<String> reals = reals();
        reals.addAll(List.of("3.4028235e38", "1.4e-45", "16777216"));
        put(values, "real", "cast('%s' as real)", reals.toArray(String[]::new));
        reals = reals();
        reals.addAll(List.of("1.7976931348623157e308", "4.9e-324", "1e39", "9007199254740993"));
        put(values, "double", "cast('%s' as double precision)", reals.toArray(String[]::new));
        put(values, "numeric", "cast('%s' as numeric(60, 10))", decimals());
        put(values, "numeric", "cast(12345.678 as numeric(%s))", "10, 0", "10, 3", "20, 10");
        put(values, "numeric", "cast(0.00123 as numeric(%s))", "3, 5", "2, 4");
        put(values, "numeric", "cast(repeat('9', %s) as numeric(100000))", "1000", "100000");
        put(
                values,
                "decfloat",
                "cast('%s' as decfloat)",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e400",
                "-1e-400",
                "0.10",
                "0e5",
                "1e20");
        put(values, "text", "'%s'", texts());
        put(values, "boolean", "%s", "true", "false");
        return new Numerics(
                List.of(),
                values,
                List.of(
                        "tinyint",
                        "int",
                        "bigint",
                        "real",
                        "double precision",
                        "numeric(60,30)",
                        "numeric(10,2)",
                        "decfloat",
                        "boolean",
                        "varchar"));
    }

    static Numerics sqlite() {
        Map<String, String> values = new LinkedHashMap<>();
        put(
                values,
                "integer",
                "%s",
                "-9223372036854775808",
                "-2147483649",
                "-129",
                "0",
                "1",
                "128",
                "32768",
                "2147483648",
                "9223372036854775807");
        put(
                values,
                "real",
                "%s",
                "9e999",
                "-9e999",
                "-0.0",
                "0.5",
                "127.5",
                "-129.9",
                "2147483648.5",
                "9.3e18",
                "-9.3e18",
                "1e20",
                "1e15",
                "1e16",
                "1.7976931348623157e308",
                "4.9e-324",
                "3.5e38");
        put(values, "text", "'%s'", texts());
        put(values, "blob", "x'%s'", "", "3132", "39393939393939393939", "00ff");
        put(values, "cast", "cast(1 as %s)", "real", "numeric", "text", "blob");
        return new Numerics(
                List.of(),
                values,
                List.of("integer", "real", "numeric", "text", "blob", "decimal(10,2)", "boolean"));
    }

    private static List<String> reals() {
        return new ArrayList<>(
                List.of(
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "-0",
                        "0",
                        "1",
                        "0.1",
                        "127.5",
                        "-128.9",
                        "128",
                        "32768.5",
                        "2147483647.5",
                        "2147483648",
                        "1e15",
                        "1e18",
                        "9.3e18"));
    }

    private static String[] decimals() {
        return new String[] {
            "0",
            "0.00",
            "-0.0",
            "0.5",
            "-0.5",
            "1",
            "1.0",
            "1.005",
            "127.9",
            "128",
            "-128.9",
            "-129",
            "32767.9",
            "32768",
            "2147483647.9",
            "2147483648",
            "9223372036854775807",
            "9223372036854775807.9",
            "9223372036854775808",
            "-9223372036854775809"
        };
    }

    private static String[] texts() {
        return new String[] {
            "127",
            "128",
            "-129",
            " 12 ",
            "12.5",
            "1e3",
            "1e39",
            "9223372036854775808",
            "NaN",
            "Infinity",
            "-0",
            "",
            "12abc",
            "0x10",
            "+5",
            "true",
            "t",
            "yes",
            "0"
        };
    }

    private static String nines(int count) {
        return "9".repeat(count);
    }

    private static void put(
            Map<String, String> values, String type, String expression, String... all) {
        for (String one : all) {
            String name = one.length() > 40 ? one.substring(0, 20) + ".." + one.length() : one;
            values.put(
                    type + " " + name + (values.containsKey(type + " " + name) ? " again" : ""),
                    "select " + String.format(Locale.ROOT, expression, one) + " as v");
        }
    }
}
