package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;

import io.gatehouse.jdbc.GatehouseXADataSource;
import io.gatehouse.server.testing.TestBroker;

import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.XAConnection;

/** One transaction over PostgreSQL and MariaDB, kept together by Narayana. */
final class TransactionManagerTest {
    @TempDir private static Path log;

    private TestBroker broker;
    private XAConnection postgres;
    private XAConnection mariadb;
    private TransactionManager manager;

    @BeforeAll
    static void keepTheLogInATemporaryPlace() throws Exception {
        CoreEnvironmentBean core = arjPropertyManager.getCoreEnvironmentBean();
        core.setNodeIdentifier("gatehouse");
        for (String store : new String[] {"", "communicationStore", "stateStore"}) {
            ObjectStoreEnvironmentBean bean =
                    store.isEmpty()
                            ? BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class)
                            : BeanPopulator.getNamedInstance(
                                    ObjectStoreEnvironmentBean.class, store);
            bean.setObjectStoreDir(log.toString());
        }
    }

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.permissive();
        postgres = connect(Product.POSTGRESQL);
        mariadb = connect(Product.MARIADB);
        manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        manager.setTransactionTimeout(60);
    }

    private XAConnection connect(Product product) throws SQLException {
        TestBroker.Database database = BothWays.renewed(product);
        product.direct(database).run("create table account (id integer primary key)");
        broker.serve(product.name(), database, 2);
        Access access = product.through(broker, product.name());
        GatehouseXADataSource source = new GatehouseXADataSource();
        source.setUrl(access.url());
        source.setUser(access.user());
        source.setPassword(access.password());
        return source.getXAConnection();
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
        mariadb.close();
        broker.close();
    }

    private void enlist() throws Exception {
        manager.getTransaction().enlistResource(postgres.getXAResource());
        manager.getTransaction().enlistResource(mariadb.getXAResource());
    }

    private static void insert(XAConnection into, int id) throws SQLException {
        try (Connection c = into.getConnection();
                Statement s = c.createStatement()) {
            s.executeUpdate("insert into account values (" + id + ")");
        }
    }

    private static int count(XAConnection of) throws SQLException {
        try (Connection c = of.getConnection();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select count(*) from account")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void bothOrNeither() throws Exception {
        manager.begin();
        enlist();
        insert(postgres, 1);
        insert(mariadb, 1);
        manager.commit();
        assertThat(count(postgres)).isEqualTo(1);
        assertThat(count(mariadb)).isEqualTo(1);

        manager.begin();
        enlist();
        insert(postgres, 2);
        insert(mariadb, 2);
        manager.rollback();
        assertThat(count(postgres)).isEqualTo(1);
        assertThat(count(mariadb)).isEqualTo(1);
    }

    @Test
    void oneAloneCommitsInOnePhase() throws Exception {
        manager.begin();
        manager.getTransaction().enlistResource(postgres.getXAResource());
        insert(postgres, 3);
        manager.commit();
        assertThat(count(postgres)).isEqualTo(1);
    }

    @Test
    void whatOneCannotPrepareTheOtherTakesBack() throws Exception {
        Product.POSTGRESQL
                .direct(Product.POSTGRESQL.database("application"))
                .run(
                        "alter table account add boss integer references account (id)"
                                + " deferrable initially deferred");
        manager.begin();
        enlist();
        insert(mariadb, 4);
        try (Connection c = postgres.getConnection();
                Statement s = c.createStatement()) {
            s.executeUpdate("insert into account values (4, 999)");
        }
        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
        assertThat(count(postgres)).isZero();
        assertThat(count(mariadb)).isZero();
    }

    @Test
    void oneAfterTheOtherOnTheSameConnections() throws Exception {
        for (int id = 10; id < 15; id++) {
            manager.begin();
            enlist();
            insert(postgres, id);
            insert(mariadb, id);
            manager.commit();
        }
        assertThat(count(postgres)).isEqualTo(5);
        assertThat(count(mariadb)).isEqualTo(5);
    }
}
