package io.gatehouse.server.differential;

import com.mysql.cj.jdbc.MysqlXADataSource;

import io.gatehouse.jdbc.GatehouseXADataSource;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.xa.PGXADataSource;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What a transaction manager does on one XA connection, and what it was told to each step. */
public final class Branching implements AutoCloseable {
    private final XAConnection connection;
    private final XAResource resource;
    private final Connection handle;
    private final List<String> told = new ArrayList<>();

    public Branching(XADataSource source) throws SQLException {
        connection = source.getXAConnection();
        resource = connection.getXAResource();
        handle = connection.getConnection();
    }

    /** A step of a transaction manager. */
    public interface Step {
        Object take() throws XAException;
    }

    /** The vendor's own source, past the broker. */
    static XADataSource direct(Database database) throws SQLException {
        return switch (database.kind()) {
            case "postgresql" -> {
                PGXADataSource source = new PGXADataSource();
                source.setUrl(url(database, "postgresql"));
                source.setUser(database.user());
                source.setPassword(database.password());
                yield source;
            }
            case "mariadb" -> {
                MariaDbDataSource source = new MariaDbDataSource(url(database, "mariadb"));
                source.setUser(database.user());
                source.setPassword(database.password());
                yield source;
            }
            case "mysql" -> {
                MysqlXADataSource source = new MysqlXADataSource();
                source.setUrl(url(database, "mysql"));
                source.setUser(database.user());
                source.setPassword(database.password());
                yield source;
            }
            default -> {
                JdbcDataSource source = new JdbcDataSource();
                source.setURL("jdbc:h2:" + database.name());
                source.setUser(database.user());
                source.setPassword(database.password());
                yield source;
            }
        };
    }

    private static String url(Database database, String scheme) {
        String place = database.host() + ":" + database.port() + "/" + database.name();
        return "jdbc:" + scheme + "://" + place;
    }

    /** The same database through the broker. */
    public static XADataSource through(TestBroker broker, String name) {
        GatehouseXADataSource source = new GatehouseXADataSource();
        source.setUrl(broker.url(name));
        source.setUser(TestBroker.USER);
        source.setPassword(TestBroker.PASSWORD);
        return source;
    }

    public static Xid xid(String branch) {
        return new Name(4711, "global " + branch, branch);
    }

    private record Name(int format, String global, String qualifier) implements Xid {
        @Override
        public int getFormatId() {
            return format;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return global.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] getBranchQualifier() {
            return qualifier.getBytes(StandardCharsets.UTF_8);
        }
    }

    public static boolean same(Xid one, Xid other) {
        return one.getFormatId() == other.getFormatId()
                && Arrays.equals(one.getGlobalTransactionId(), other.getGlobalTransactionId())
                && Arrays.equals(one.getBranchQualifier(), other.getBranchQualifier());
    }

    public XAResource resource() {
        return resource;
    }

    public Connection handle() {
        return handle;
    }

    public List<String> told() {
        return told;
    }

    public void step(String what, Step step) {
        told.add(what + ": " + outcome(step));
    }

    public static String outcome(Step step) {
        try {
            return String.valueOf(step.take());
        } catch (XAException e) {
            return "XAException " + e.errorCode;
        }
    }

    public void start(String branch, int flags) {
        step(
                "start " + branch,
                () -> {
                    resource.start(xid(branch), flags);
                    return "ok";
                });
    }

    public void end(String branch, int flags) {
        step(
                "end " + branch,
                () -> {
                    resource.end(xid(branch), flags);
                    return "ok";
                });
    }

    public void prepare(String branch) {
        step("prepare " + branch, () -> resource.prepare(xid(branch)));
    }

    public void commit(String branch, boolean onePhase) {
        step(
                "commit " + branch,
                () -> {
                    resource.commit(xid(branch), onePhase);
                    return "ok";
                });
    }

    public void rollback(String branch) {
        step(
                "rollback " + branch,
                () -> {
                    resource.rollback(xid(branch));
                    return "ok";
                });
    }

    void forget(String branch) {
        step(
                "forget " + branch,
                () -> {
                    resource.forget(xid(branch));
                    return "ok";
                });
    }

    /** How often the branch is listed as prepared. */
    public void recover(String branch, int flags) {
        step(
                "recover " + branch,
                () ->
                        Arrays.stream(resource.recover(flags))
                                .filter(found -> same(found, xid(branch)))
                                .count());
    }

    public void sql(String sql) {
        try (Statement statement = handle.createStatement()) {
            boolean rows = statement.execute(sql);
            told.add(sql + ": " + (rows ? first(statement) : statement.getUpdateCount()));
        } catch (SQLException e) {
            told.add(sql + ": " + e.getSQLState());
        }
    }

    private static String first(Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            return rows.next() ? rows.getString(1) : "no row";
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
