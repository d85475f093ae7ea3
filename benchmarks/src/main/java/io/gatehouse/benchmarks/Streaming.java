package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;

/** Reads a long result of eight mixed columns, every value of it. */
record Streaming(Sizes sizes, Connection database) implements Workload {
    private static final int COLUMNS = 8;

    /** The database's own answer to what {@link #add} sums up. */
    private static final String SUMS =
            "SELECT sum(id), sum(big), sum(length(name)), sum((amount * 100)::bigint),"
                    + " count(*) FILTER (WHERE flag), sum(extract(epoch FROM at)::bigint),"
                    + " sum(day - date '1970-01-01'), sum((ratio * 2)::bigint) FROM wide";

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "stream %,d rows of %d columns, fetch size %,d",
                sizes.wideRows(),
                COLUMNS,
                sizes.batch());
    }

    @Override
    public String unit() {
        return "rows";
    }

    @Override
    public Load open(Connections connections) throws Exception {
        Connection connection = connections.open();
        connection.setAutoCommit(connections.target().streamsInAutocommit());
        PreparedStatement select =
                connection.prepareStatement(
                        "SELECT id, big, name, amount, flag, at, day, ratio FROM wide");
        select.setFetchSize(sizes.batch());
        long[] wanted = Dataset.numbers(database, SUMS);
        return nanos -> {
            long[] sums = new long[COLUMNS];
            long begun = System.nanoTime();
            long rows = read(select, sums);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            long took = System.nanoTime() - begun;
            WrongAnswer.unlessEqual(sizes.wideRows(), rows, "rows read");
            WrongAnswer.unless(
                    Arrays.equals(wanted, sums),
                    String.format(
                            Locale.ROOT,
                            "the columns' sums: expected %s, got %s",
                            Arrays.toString(wanted),
                            Arrays.toString(sums)));
            return new Tally(rows, took, Tally.histogram());
        };
    }

    private static long read(PreparedStatement select, long[] sums) throws SQLException {
        long rows = 0;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                add(row, sums);
                rows++;
            }
        }
        return rows;
    }

    private static void add(ResultSet row, long[] sums) throws SQLException {
        sums[0] += row.getInt(1);
        sums[1] += row.getLong(2);
        sums[2] += row.getString(3).length();
        sums[3] += row.getBigDecimal(4).movePointRight(2).longValueExact();
        sums[4] += row.getBoolean(5) ? 1 : 0;
        sums[5] += row.getObject(6, LocalDateTime.class).toEpochSecond(ZoneOffset.UTC);
        sums[6] += row.getObject(7, LocalDate.class).toEpochDay();
        sums[7] += (long) (row.getDouble(8) * 2);
    }
}
