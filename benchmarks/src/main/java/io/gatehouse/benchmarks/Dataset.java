package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

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
            grant(statement);
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    /**
     * Makes a target its own tables of accounts, so that what one target loses is not laid at
     * another's door.
     *
     * @return the end of the tables' names
     */
    static String makeAccounts(Connection database, Target target, Sizes sizes)
            throws SQLException {
        String suffix = "_" + target.name().replaceAll("\\W", "_");
        try (Statement statement = database.createStatement()) {
            for (String table : List.of("account", "teller")) {
                int rows = table.equals("account") ? sizes.items() : TELLERS;
                statement.execute("DROP TABLE IF EXISTS " + table + suffix);
                statement.execute(
                        "CREATE TABLE "
                                + table
                                + suffix
                                + " (id int PRIMARY KEY, balance bigint NOT NULL)");
                statement.execute(
                        "INSERT INTO "
                                + table
                                + suffix
                                + " SELECT i, 0 FROM generate_series(1, "
                                + rows
                                + ") i");
                statement.execute("VACUUM ANALYZE " + table + suffix);
            }
            statement.execute("DROP TABLE IF EXISTS history" + suffix);
            statement.execute(
                    "CREATE TABLE history"
                            + suffix
                            + " (account int NOT NULL, teller int NOT NULL, delta int NOT NULL)");
            grant(statement);
        }
        return suffix;
    }

    private static void grant(Statement statement) throws SQLException {
        statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + Postgres.USER);
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
