package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a user who may write tries against the default policy: no table is emptied or dropped. */
@Timeout(60)
class WriterDoorsTest {
    private static TestBroker broker;

    private static final List<String> EVERYWHERE =
            List.of(
                    "drop table quarry",
                    "delete from quarry",
                    "delete from quarry where 1 = 1",
                    "delete from quarry where id = id",
                    "truncate table quarry",
                    "select 1; drop table quarry",
                    "select 'x' -- '\n; drop table quarry",
                    "/* { */ drop table quarry /* } */",
                    "{drop table quarry}",
                    "{fn drop table quarry}",
                    "{oj drop table quarry}",
                    "{call drop table quarry}",
                    "select {fn 1}; drop table quarry",
                    "select '{fn ''}'; drop table quarry; --'",
                    "select '{d ''}' /* ' */ ; drop table quarry; --",
                    "select {escape '\\'}; drop table quarry; --'",
                    "select 'a' {escape '\\'} ; drop table quarry; -- '",
                    "commit; drop table quarry",
                    "explain analyze delete from quarry");

    private static final List<String> POSTGRES =
            List.of(
                    "with x as (delete from quarry returning 1) select * from x",
                    "do 'begin drop table quarry; end'",
                    "prepare p as delete from quarry",
                    "select $a$ $$ $a$; drop table quarry; -- $$",
                    "select E'\\''; drop table quarry; --'",
                    "select U&'\\0027'; drop table quarry; --'",
                    "select 'a'\n'b'; drop table quarry",
                    "select e'a'\n'\\''; drop table quarry; --'",
                    "select {fn pg_read_file('/etc/passwd')}",
                    "select {fn query_to_xml('drop table quarry', true, true, '')}",
                    "select query_to_xml({fn concat('drop table ', 'quarry')}, true, true, '')",
                    "select \"query_to_xml\"('drop table quarry', true, true, '')",
                    "merge into quarry q using quarry r on true when matched then delete",
                    "copy quarry to program 'true'",
                    "copy (select 1) to '/tmp/gatehouse-attack'",
                    "set role postgres; drop table quarry",
                    "set session_replication_role to replica; delete from quarry",
                    "declare c cursor with hold for delete from quarry returning 1",
                    "select lo_import('/etc/passwd')",
                    "select dblink_exec('dbname=postgres', 'drop table quarry')");

    private static final List<String> MARIADB =
            List.of(
                    "/*! drop table quarry */",
                    "/*!99999 drop table quarry */",
                    "/*M! drop table quarry */",
                    "select 1 /*!; drop table quarry */",
                    "select \"a\\\"; drop table quarry; -- \"; drop table quarry",
                    "select 1 # '\n; drop table quarry",
                    "select 1 --1\n; drop table quarry",
                    "execute immediate 'drop table quarry'",
                    "set @s = 'drop table quarry'; execute immediate @s",
                    "prepare p from 'drop table quarry'",
                    "begin not atomic drop table quarry; end",
                    "if 1 then drop table quarry; end if",
                    "delete q from quarry q",
                    "delete from quarry limit 1000",
                    "update quarry set id = id + 100",
                    "select load_file('/etc/passwd')",
                    "select {fn load_file('/etc/passwd')}",
                    "set sql_select_limit = load_file('/etc/passwd')",
                    "select 1 into outfile '/tmp/gatehouse-attack'",
                    "load data local infile '/etc/passwd' into table quarry",
                    "delimiter //\ndrop table quarry//",
                    "set sql_mode = ansi_quotes",
                    "set session sql_mode = (select 'ANSI_QUOTES')",
                    "set @@sql_mode := 0x414e53495f51554f544553",
                    "set names gbk");

    @BeforeEach
    void quarry() throws SQLException {
        for (TestBroker.Database database :
                List.of(TestBroker.Database.postgres(), TestBroker.Database.mariadb())) {
            try (Connection direct = database.direct();
                    Statement statement = direct.createStatement()) {
                statement.execute("drop table if exists quarry");
                statement.execute("create table quarry (id int primary key)");
                statement.execute("insert into quarry values (1), (2), (3)");
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        broker =
                TestBroker.withDefaultPolicy()
                        .serve("pg", TestBroker.Database.postgres(), 2)
                        .serve("maria", TestBroker.Database.mariadb(), 2);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private enum How {
        STATEMENT,
        NO_ESCAPES,
        PREPARED,
        KEYS,
        BATCH,
        PREPARED_BATCH,
        QUERY
    }

    private static void run(Connection connection, String sql, How how) throws SQLException {
        switch (how) {
            case STATEMENT, NO_ESCAPES, BATCH, QUERY -> {
                try (Statement statement = connection.createStatement()) {
                    statement.setEscapeProcessing(how != How.NO_ESCAPES);
                    if (how == How.BATCH) {
                        statement.addBatch("select 1");
                        statement.addBatch(sql);
                        statement.executeBatch();
                    } else if (how == How.QUERY) {
                        statement.executeQuery(sql).close();
                    } else {
                        statement.execute(sql);
                    }
                }
            }
            case PREPARED, KEYS, PREPARED_BATCH -> {
                try (PreparedStatement statement =
                        how == How.KEYS
                                ? connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                                : connection.prepareStatement(sql)) {
                    if (how == How.PREPARED_BATCH) {
                        statement.addBatch();
                        statement.addBatch();
                        statement.executeBatch();
                    } else {
                        statement.execute();
                    }
                }
            }
        }
    }

    private static void attack(
            TestBroker.Database database, Connection connection, List<String> texts)
            throws SQLException {
        for (String sql : texts) {
            for (How how : How.values()) {
                String said = "nothing";
                try {
                    run(connection, sql, how);
                } catch (SQLException e) {
                    said = e.getMessage();
                } catch (ClassCastException e) {
                    // pgjdbc splits texts by itself, and fails over some of them.
                    said = e.toString();
                }
                try (Connection direct = database.direct();
                        Statement statement = direct.createStatement();
                        ResultSet rows =
                                statement.executeQuery(
                                        "select count(*) from quarry where id in (1, 2, 3)")) {
                    rows.next();
                    assertThat(rows.getInt(1)).as("%s by %s said %s", sql, how, said).isEqualTo(3);
                }
                assertThat(said).as("%s by %s", sql, how).isNotEqualTo("nothing");
            }
        }
    }

    private static List<String> with(List<String> more) {
        List<String> all = new ArrayList<>(EVERYWHERE);
        all.addAll(more);
        return all;
    }

    @Test
    void through_the_driver() throws SQLException {
        try (Connection connection = broker.connect("pg")) {
            attack(TestBroker.Database.postgres(), connection, with(POSTGRES));
        }
        try (Connection connection = broker.connect("maria")) {
            attack(TestBroker.Database.mariadb(), connection, with(MARIADB));
        }
    }

    @Test
    void through_pgjdbc() throws SQLException {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = broker.connectAsPostgres("pg", "preferQueryMode", mode)) {
                attack(TestBroker.Database.postgres(), connection, with(POSTGRES));
            }
            try (Connection connection =
                    broker.connectAsPostgres("maria", "preferQueryMode", mode)) {
                attack(TestBroker.Database.mariadb(), connection, with(MARIADB));
            }
        }
    }
}
