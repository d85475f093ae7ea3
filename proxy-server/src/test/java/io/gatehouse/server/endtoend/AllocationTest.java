package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows decode where they lie: reading a column allocates nothing but its value. */
@Timeout(60)
class AllocationTest {
    private static final int TIMES = 10_000;

    /** What the first reads of a kind allocate, such as classes that they need. */
    private static final long ONCE = 20_000;

    /** A short text: the object and its bytes. */
    private static final long TEXT = 64;

    /** Two columns of a row on the wire, and less than any object besides. */
    private static final long ROW = 26;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @AutoClose private static TestBroker broker;

    private interface Read {
        void run(ResultSet rows) throws SQLException;
    }

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive().serve("rows", Database.postgres(), 2);
    }

    private static long allocated(ResultSet rows, Read read) throws SQLException {
        read.run(rows);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TIMES; i++) {
            read.run(rows);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void ofAColumn() throws SQLException {
        try (Connection c = broker.connect("rows");
                Statement s = c.createStatement();
                ResultSet row =
                        s.executeQuery(
                                "select 7::smallint as small, 70000 as number, 7000000000 as big,"
                                        + " 1.5::real as single, 2.5::float8 as ratio, true as yes,"
                                        + " null::int as nothing, 'text' as text")) {
            assertThat(row.next()).isTrue();
            assertThat(allocated(row, r -> r.getShort(1))).as("short").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getInt(2))).as("int").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getLong(3))).as("long").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getLong(2))).as("int as long").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getFloat(4))).as("float").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getDouble(5))).as("double").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getBoolean(6))).as("boolean").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getInt(7))).as("null").isLessThan(ONCE);
            assertThat(allocated(row, ResultSet::wasNull)).as("was null").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getInt("number"))).as("label").isLessThan(ONCE);
            assertThat(allocated(row, r -> r.getString(8)))
                    .as("text")
                    .isLessThan(ONCE + TIMES * TEXT);
        }
    }

    @Test
    void ofARow() throws SQLException {
        try (Connection c = broker.connect("rows");
                Statement s = c.createStatement();
                ResultSet rows =
                        s.executeQuery(
                                "select i, i * 2.5::float8 from generate_series(1, 100000) i")) {
            // What it reads from the broker with has its size by then.
            for (int i = 0; i < 50_000; i++) {
                assertRow(rows);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long sum = 0;
            for (int i = 0; i < 50_000; i++) {
                rows.next();
                sum += rows.getInt(1) + (long) rows.getDouble(2);
            }
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("no more than the bytes they come in")
                    .isLessThan(50_000 * ROW);
            assertThat(sum).isPositive();
            assertThat(rows.next()).isFalse();
        }
    }

    private static void assertRow(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new AssertionError("a row is missing");
        }
    }
}
