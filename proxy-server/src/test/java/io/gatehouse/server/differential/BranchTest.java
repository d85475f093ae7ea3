package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import static javax.transaction.xa.XAResource.TMENDRSCAN;
import static javax.transaction.xa.XAResource.TMFAIL;
import static javax.transaction.xa.XAResource.TMJOIN;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMONEPHASE;
import static javax.transaction.xa.XAResource.TMRESUME;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.TMSUSPEND;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.XADataSource;

/** A transaction manager must not notice whether it has the vendor's driver or Gatehouse's. */
@Timeout(300)
class BranchTest {
    @AutoClose private static TestBroker broker;

    /** What a transaction manager does; it leaves nothing prepared behind. */
    private interface Program {
        void run(Branching b) throws SQLException;
    }

    private static final String INSERT = "insert into branches values (1)";
    private static final String COUNT = "select count(*) from branches where id > 0";

    /**
     * H2's own driver fails here with NullPointerExceptions, or spoils its database for what comes
     * next.
     */
    private static final Set<String> BROKEN =
            Set.of("unknown branches", "steps out of order", "one after the other");

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
    }

    private static Map<String, Program> programs() {
        Map<String, Program> all = new LinkedHashMap<>();
        ends(all);
        orders(all);
        flags(all);
        others(all);
        return all;
    }

    private static void ends(Map<String, Program> all) {
        all.put(
                "two phases",
                b -> {
                    b.start("a", TMNOFLAGS);
                    b.sql(INSERT);
                    b.end("a", TMSUCCESS);
                    b.prepare("a");
                    b.recover("a", TMSTARTRSCAN | TMENDRSCAN);
                    b.commit("a", false);
                    b.recover("a", TMSTARTRSCAN | TMENDRSCAN);
                    b.sql(COUNT);
                });
        all.put(
                "one phase",
                b -> {
                    b.start("b", TMNOFLAGS);
                    b.sql(INSERT);
                    b.end("b", TMSUCCESS);
                    b.commit("b", true);
                    b.sql(COUNT);
                });
        all.put(
                "rolled back before it is prepared",
                b -> {
                    b.start("c", TMNOFLAGS);
                    b.sql(INSERT);
                    b.end("c", TMFAIL);
                    b.rollback("c");
                    b.sql(COUNT);
                });
        all.put(
                "rolled back when it is prepared",
                b -> {
                    b.start("d", TMNOFLAGS);
                    b.sql(INSERT);
                    b.end("d", TMSUCCESS);
                    b.prepare("d");
                    b.rollback("d");
                    b.sql(COUNT);
                });
    }

    private static void orders(Map<String, Program> all) {
        all.put(
                "one after the other",
                b -> {
                    for (String one : List.of("e1", "e2", "e3")) {
                        b.start(one, TMNOFLAGS);
                        b.sql(INSERT);
                        b.end(one, TMSUCCESS);
                        b.prepare(one);
                        b.commit(one, false);
                        b.sql(COUNT);
                    }
                });
        all.put(
                "unknown branches",
                b -> {
                    b.commit("f", false);
                    b.rollback("f");
                    b.commit("f", true);
                    b.prepare("f");
                    b.sql(COUNT);
                });
        all.put(
                "steps out of order",
                b -> {
                    b.end("g", TMSUCCESS);
                    b.start("g", TMNOFLAGS);
                    b.prepare("g");
                    b.commit("g", true);
                    b.start("g", TMNOFLAGS);
                    b.end("h", TMSUCCESS);
                    b.end("g", TMSUCCESS);
                    b.start("h", TMNOFLAGS);
                    b.rollback("g");
                });
    }

    private static void flags(Map<String, Program> all) {
        all.put(
                "flags",
                b -> {
                    b.start("i", TMONEPHASE);
                    b.start("i", TMJOIN | TMRESUME);
                    b.end("i", TMONEPHASE);
                    b.recover("i", TMNOFLAGS);
                    b.recover("i", TMSTARTRSCAN);
                    b.recover("i", TMENDRSCAN);
                    b.recover("i", TMONEPHASE);
                    b.forget("i");
                });
        all.put(
                "suspended, resumed, joined",
                b -> {
                    b.start("j", TMNOFLAGS);
                    b.end("j", TMSUSPEND);
                    b.start("j", TMRESUME);
                    b.end("j", TMSUCCESS);
                    b.start("j", TMRESUME);
                    b.end("j", TMSUCCESS);
                    b.start("j", TMJOIN);
                    b.end("j", TMSUCCESS);
                    b.rollback("j");
                });
    }

    private static void others(Map<String, Program> all) {
        all.put(
                "a failed statement",
                b -> {
                    b.start("k", TMNOFLAGS);
                    b.sql(INSERT);
                    b.sql("select nothing from nowhere");
                    b.end("k", TMFAIL);
                    b.rollback("k");
                    b.sql(COUNT);
                });
        all.put(
                "timeouts",
                b -> {
                    b.step("timeout", () -> b.resource().getTransactionTimeout());
                    b.step("set timeout", () -> b.resource().setTransactionTimeout(10));
                    b.step("same", () -> b.resource().isSameRM(b.resource()));
                });
        all.put(
                "between branches",
                b -> {
                    b.sql(INSERT);
                    b.start("l", TMNOFLAGS);
                    b.sql("delete from branches where id = 1");
                    b.end("l", TMSUCCESS);
                    b.rollback("l");
                    b.sql(COUNT);
                });
    }

    @TestFactory
    Stream<DynamicContainer> sameAsDirect() throws SQLException {
        return Stream.of(
                container("postgresql", Database.postgres()),
                container("mariadb", Database.mariadb()),
                container("mysql", Database.mysql()),
                container("h2", Database.h2()));
    }

    private static DynamicContainer container(String name, Database database) throws SQLException {
        broker.serveKept(name, database, 4);
        database.prepare("drop table if exists branches", "create table branches (id int)");
        XADataSource through = Branching.through(broker, name);
        return DynamicContainer.dynamicContainer(
                name,
                programs().entrySet().stream()
                        .filter(program ->
                                !(name.equals("h2") && BROKEN.contains(program.getKey())))
                        .map(program ->
                                DynamicTest.dynamicTest(
                                        program.getKey(),
                                        () -> {
                                            List<String> direct =
                                                    run(
                                                            database,
                                                            Branching.direct(database),
                                                            program.getValue());
                                            List<String> ours =
                                                    run(database, through, program.getValue());
                                            same(name + "/" + program.getKey(), direct, ours);
                                        })));
    }

    private static void same(String where, List<String> direct, List<String> through) {
        assertThat(through).as(where).isEqualTo(direct);
    }

    private static List<String> run(Database database, XADataSource source, Program program)
            throws SQLException {
        database.prepare("delete from branches");
        try (Branching branching = new Branching(source)) {
            program.run(branching);
            return branching.told();
        }
    }
}
