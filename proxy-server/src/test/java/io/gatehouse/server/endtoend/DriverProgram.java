package io.gatehouse.server.endtoend;

import java.sql.Blob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Properties;

/** What an application does all day, in the words of Java 11; {@link JdksTest} compiles it anew. */
final class DriverProgram {
    private static final int LARGE = 1 << 20;

    private final Connection connection;

    private DriverProgram(Connection connection) {
        this.connection = connection;
    }

    /** URL, user and password. Ends with 0 only if everything was as it should be. */
    public static void main(String[] args) throws SQLException {
        Properties who = new Properties();
        who.setProperty("user", args[1]);
        who.setProperty("password", args[2]);
        try (Connection c = DriverManager.getConnection(args[0], who)) {
            DriverProgram program = new DriverProgram(c);
            program.run("drop table if exists jdks");
            program.run("create table jdks (id int primary key, at timestamp, data bytea)");
            program.transaction();
            program.batch();
            program.large();
            program.metadata();
            program.error();
            program.run("drop table jdks");
            expect(c.isValid(5), "valid");
        }
        System.out.println("well on " + System.getProperty("java.specification.version"));
    }

    private static void expect(boolean held, String what) {
        if (!held) {
            throw new IllegalStateException("not as it should be: " + what);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        }
    }

    private int count() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("select count(*) from jdks")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void transaction() throws SQLException {
        connection.setAutoCommit(false);
        run("insert into jdks (id) values (1)");
        Savepoint before = connection.setSavepoint();
        run("insert into jdks (id) values (2)");
        connection.rollback(before);
        connection.commit();
        expect(count() == 1, "rows after a savepoint");
        run("delete from jdks");
        connection.rollback();
        connection.setAutoCommit(true);
        expect(count() == 1, "rows after a rollback");
    }

    private void batch() throws SQLException {
        LocalDateTime at = LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_000);
        try (PreparedStatement s =
                connection.prepareStatement("insert into jdks (id, at) values (?, ?)")) {
            for (int i = 10; i < 110; i++) {
                s.setInt(1, i);
                s.setObject(2, at);
                s.addBatch();
            }
            expect(Arrays.stream(s.executeBatch()).sum() == 100, "counts of a batch");
        }
        try (PreparedStatement s =
                connection.prepareStatement("select at from jdks where id >= ? order by id")) {
            s.setFetchSize(7);
            s.setInt(1, 10);
            try (ResultSet rows = s.executeQuery()) {
                int read = 0;
                while (rows.next()) {
                    expect(at.equals(rows.getObject("at", LocalDateTime.class)), "a time");
                    read++;
                }
                expect(read == 100, "rows of a cursor");
            }
        }
    }

    private void large() throws SQLException {
        byte[] bytes = new byte[LARGE];
        Arrays.fill(bytes, (byte) 7);
        Blob blob = connection.createBlob();
        blob.setBytes(1, bytes);
        try (PreparedStatement s =
                connection.prepareStatement("update jdks set data = ? where id = 1")) {
            s.setBlob(1, blob);
            expect(s.executeUpdate() == 1, "a large object is written");
        }
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("select data from jdks where id = 1")) {
            rows.next();
            expect(Arrays.equals(bytes, rows.getBytes(1)), "a large object is read");
        }
    }

    private void metadata() throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        expect(data.getDatabaseProductName().equals("PostgreSQL"), "product");
        try (ResultSet columns = data.getColumns(null, null, "jdks", null)) {
            int found = 0;
            while (columns.next()) {
                found++;
            }
            expect(found == 3, "columns");
        }
    }

    private void error() {
        try {
            run("select * from no_such_table");
            expect(false, "an error");
        } catch (SQLException e) {
            expect(e.getSQLState().equals("42P01"), "its SQLSTATE");
        }
    }
}
