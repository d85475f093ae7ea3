package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The tables, and what must be in them. */
final class Dataset {
    static final int TELLERS = 1_000;

    private Dataset() {}

    static void load(Connection database, Sizes sizes) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL,"
                            + " quantity int NOT NULL, price numeric(12,2) NOT NULL)");
            statement.execute(
                    "INSERT INTO item SELECT i, 'item ' || i, i::bigint * 7 % 1000,"
                            + " (i % 10000) / 100.0 FROM generate_series(1, "
                            + sizes.items()
                            + ") i");
            for (String table : new String[] {"account", "teller"}) {
                int rows = table.equals("account") ? sizes.items() : TELLERS;
                statement.execute(
                        String.format(
                                Locale.ROOT,
                                "CREATE TABLE %s (id int PRIMARY KEY, balance bigint NOT NULL)",
                                table));
                statement.execute(
                        String.format(
                                Locale.ROOT,
                                "INSERT INTO %s SELECT i, 0 FROM generate_series(1, %d) i",
                                table,
                                rows));
            }
            statement.execute(
                    "CREATE TABLE history (target text NOT NULL, account int NOT NULL,"
                            + " teller int NOT NULL, delta int NOT NULL)");
            statement.execute(
                    "CREATE TABLE ingest (id bigint PRIMARY KEY, name text NOT NULL,"
                            + " amount numeric(12,2) NOT NULL, at timestamp NOT NULL,"
                            + " flag boolean NOT NULL)");
            statement.execute(
                    "CREATE TABLE wide (id int NOT NULL, big bigint NOT NULL, name varchar(40),"
                            + " amount numeric(12,2), flag boolean, at timestamp, day date,"
                            + " ratio double precision)");
            statement.execute(
                    "INSERT INTO wide SELECT i, i::bigint * 1000003, 'customer number ' || i,"
                            + " (i::bigint * 13 % 1000000) / 100.0, i % 3 = 0,"
                            + " timestamp '2020-01-01' + i * interval '61 seconds',"
                            + " date '2000-01-01' + i % 9000, i * 0.5 FROM generate_series(1, "
                            + sizes.wideRows()
                            + ") i");
            statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + Postgres.USER);
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    static String itemName(int id) {
        return "item " + id;
    }

    static int itemQuantity(int id) {
        return (int) (id * 7L % 1000);
    }

    /** One row of whole numbers, asked over a connection that is no target. */
    static long[] numbers(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long[] numbers = new long[row.getMetaData().getColumnCount()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = row.getLong(i + 1);
            }
            return numbers;
        }
    }
}
