package io.gatehouse.benchmarks;

import org.HdrHistogram.Histogram;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Locale;

/** Inserts rows in batches, each batch its own transaction; a latency is that of one batch. */
record Inserts(Sizes sizes, Connection database) implements Workload {
    @Override
    public String name() {
        return "insert";
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "insert %,d rows in batches of %,d (latency: one batch with its commit)",
                sizes.insertRows(),
                sizes.batch());
    }

    @Override
    public String unit() {
        return "rows";
    }

    @Override
    public Load open(Connections connections) throws Exception {
        Connection connection = connections.open();
        connection.setAutoCommit(false);
        PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO ingest (id, name, amount, at, flag) VALUES (?, ?, ?, ?, ?)");
        return nanos -> {
            try (Statement truncate = database.createStatement()) {
                truncate.execute("TRUNCATE ingest");
            }
            Histogram latencies = Tally.histogram();
            long begun = System.nanoTime();
            long before = begun;
            for (int from = 1; from <= sizes.insertRows(); from += sizes.batch()) {
                batch(insert, from);
                connection.commit();
                long after = System.nanoTime();
                latencies.recordValue(after - before);
                before = after;
            }
            Tally tally = new Tally(sizes.insertRows(), before - begun, latencies);
            check();
            return tally;
        };
    }

    private void batch(PreparedStatement insert, int from) throws SQLException, WrongAnswer {
        int end = Math.min(from + sizes.batch(), sizes.insertRows() + 1);
        LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (int id = from; id < end; id++) {
            insert.setLong(1, id);
            insert.setString(2, "customer number " + id);
            insert.setBigDecimal(3, BigDecimal.valueOf(id, 2));
            insert.setObject(4, start.plusSeconds(id));
            insert.setBoolean(5, id % 3 == 0);
            insert.addBatch();
        }
        int[] counts = insert.executeBatch();
        WrongAnswer.unlessEqual(end - from, counts.length, "update counts of a batch");
        for (int count : counts) {
            WrongAnswer.unless(
                    count == 1 || count == Statement.SUCCESS_NO_INFO,
                    "an update count of a batch is " + count);
        }
    }

    private void check() throws SQLException, WrongAnswer {
        long rows = sizes.insertRows();
        long sum = rows * (rows + 1) / 2;
        long[] found =
                Dataset.numbers(
                        database,
                        "SELECT count(*), sum(id), sum((amount * 100)::bigint),"
                                + " count(*) FILTER (WHERE flag),"
                                + " sum(extract(epoch FROM at - timestamp '2026-01-01')::bigint)"
                                + " FROM ingest");
        WrongAnswer.unlessEqual(rows, found[0], "rows inserted");
        WrongAnswer.unlessEqual(sum, found[1], "the sum of the ids");
        WrongAnswer.unlessEqual(sum, found[2], "the sum of the amounts");
        WrongAnswer.unlessEqual(rows / 3, found[3], "the flags set");
        WrongAnswer.unlessEqual(sum, found[4], "the sum of the times");
    }
}
