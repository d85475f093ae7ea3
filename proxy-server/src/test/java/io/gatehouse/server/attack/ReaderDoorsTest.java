package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a user who may only read tries at every door. The table must stay as it is. */
@Timeout(60)
class ReaderDoorsTest {
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        String policy = Files.readString(Path.of("../conf/policies/default.yaml"));
        broker =
                TestBroker.with(policy.replace("[readers]", "[testers]"))
                        .serve("pg", TestBroker.Database.postgres(), 2)
                        .serve("maria", TestBroker.Database.mariadb(), 2);
        try (Connection direct = TestBroker.Database.postgres().direct();
                Statement statement = direct.createStatement()) {
            statement.execute("drop table if exists victim");
            statement.execute("create table victim (id int primary key)");
            statement.execute("insert into victim select generate_series(1, 10)");
            statement.execute(
                    "create or replace function writes() returns int language plpgsql as"
                            + " 'begin delete from victim where id = 1; return 1; end'");
        }
        try (Connection direct = TestBroker.Database.mariadb().direct();
                Statement statement = direct.createStatement()) {
            statement.execute("drop table if exists victim");
            statement.execute("create table victim (id int primary key)");
            statement.execute("insert into victim values (1), (2), (3), (4), (5)");
            statement.execute("drop function if exists writes");
            statement.execute(
                    "create function writes() returns int begin delete from victim where id = 1;"
                            + " return 1; end");
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static int victims(TestBroker.Database database) throws SQLException {
        try (Connection direct = database.direct();
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from victim")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Each step may fail; what it said is returned. */
    private static List<String> tries(Connection connection, String... steps) throws SQLException {
        List<String> said = new ArrayList<>();
        for (String step : steps) {
            said.add(attempt(connection, step));
        }
        return said;
    }

    private static String attempt(Connection connection, String step) throws SQLException {
        try {
            switch (step) {
                case "@begin" -> connection.setAutoCommit(false);
                case "@commit" -> connection.commit();
                case "@rollback" -> connection.rollback();
                case "@savepoint" -> connection.setSavepoint("a");
                case "@tables" -> {
                    try (ResultSet rows =
                            connection.getMetaData().getTables(null, null, "victim", null)) {
                        rows.next();
                    }
                }
                default -> {
                    if (step.startsWith("@prepared ")) {
                        try (PreparedStatement statement =
                                connection.prepareStatement(step.substring(10))) {
                            statement.execute();
                        }
                    } else {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute(step);
                        }
                    }
                }
            }
            return "ok";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage().lines().findFirst().orElse("");
        }
    }

    private static final String[][] POSTGRES = {
        {"select writes()"},
        {"@begin", "select writes()", "@commit"},
        {"@begin", "@tables", "select writes()", "@commit"},
        {"@begin", "@savepoint", "select writes()", "@commit"},
        {"begin", "show work_mem", "set transaction read write", "select writes()", "commit"},
        {"begin", "savepoint a", "set transaction read write", "select writes()", "commit"},
        {"begin", "savepoint a", "select writes()", "commit"},
        {"set role none", "select writes()"},
        {"begin", "set role none", "select writes()", "commit"},
        {"begin", "set work_mem to '5MB'", "select writes()", "commit"},
        {"set \"default_transaction_read_only\" to off", "select writes()"},
        {"set \"Default_Transaction_Read_Only\" to off", "select writes()"},
        {"set default_transaction_read_only to default", "select writes()"},
        {"reset default_transaction_read_only", "select writes()"},
        {"begin", "reset transaction_read_only", "select writes()", "commit"},
        {"begin", "reset all", "select writes()", "commit"},
        {"discard all", "select writes()"},
        {"begin", "set local \"transaction_read_only\" to 'off'", "select writes()", "commit"},
        {"begin", "set transaction isolation level serializable", "select writes()", "commit"},
        {"select set_config('transaction_read_only', 'off', false), writes()"},
        {"prepare p as select writes()", "execute p"},
        {"declare c cursor with hold for select writes()", "fetch all from c"},
        {"begin", "declare c cursor for select writes()", "fetch all from c", "commit"},
        {"explain analyze select writes()"},
        {"explain analyze delete from victim where id = 1"},
        {"with x as (delete from victim where id = 1 returning id) select * from x"},
        {"copy (select writes()) to stdout"},
        {"do $$ begin delete from victim where id = 1; end $$"},
        {"commit; delete from victim where id = 1"},
        {"select 1; commit; delete from victim where id = 1"},
        {"select 'a\\''; delete from victim where id = 1; --'"},
        {"set standard_conforming_strings to off", "select 'a\\''; select writes(); --'"},
        {"@prepared select writes()"},
        {"@prepared select {fn writes()}"},
        {"@prepared {call writes()}"},
        {"@prepared {? = call writes()}"},
        {"select {fn writes()}"},
        {"select $$'$$, '{fn locate(a,b,c)}'"},
        {"create temp table t as select writes()"},
        {"select writes() into temp t"},
        {"values (writes())"},
        {"table victim"},
        {"select * from victim where id = writes()"},
        {"set search_path to public", "begin", "select writes()", "commit"},
        {"begin read write", "select writes()", "commit"},
        {"begin", "commit and chain", "select writes()", "commit"},
        {"set session characteristics as transaction read write", "select writes()"},
        {"select query_to_xml('select writes()', true, true, '')"},
    };

    @Test
    void through_the_driver_on_postgres() throws SQLException {
        for (String[] steps : POSTGRES) {
            try (Connection connection = broker.connect("pg")) {
                check(steps, tries(connection, steps));
            }
        }
    }

    @Test
    void through_pgjdbc_extended() throws SQLException {
        for (String[] steps : POSTGRES) {
            try (Connection connection = broker.connectAsPostgres("pg")) {
                check(steps, tries(connection, steps));
            }
        }
    }

    @Test
    void through_pgjdbc_simple() throws SQLException {
        for (String[] steps : POSTGRES) {
            try (Connection connection =
                    broker.connectAsPostgres("pg", "preferQueryMode", "simple")) {
                check(steps, tries(connection, steps));
            }
        }
    }

    private static final String[][] MARIADB = {
        {"select writes()"},
        {"@begin", "select writes()", "@commit"},
        {"@begin", "@tables", "select writes()", "@commit"},
        {"@begin", "@savepoint", "select writes()", "@commit"},
        {
            "start transaction",
            "select 1",
            "set transaction read write",
            "select writes()",
            "commit"
        },
        {"begin", "savepoint a", "select writes()", "commit"},
        {"set sql_select_limit = writes()"},
        {"set max_statement_time = (select writes())"},
        {"set @a = writes()"},
        {"begin", "set @a = writes()", "commit"},
        {"set sql_select_limit = 5", "select writes()"},
        {"set @@session.tx_read_only = 0", "select writes()"},
        {"set @@tx_read_only = 0", "select writes()"},
        {"set transaction_read_only = off", "select writes()"},
        {"set session transaction read write", "select writes()"},
        {"set transaction read write", "select writes()"},
        {"select 1 /*! , writes() */"},
        {"select 1 /*M! , writes() */"},
        {"/*!50000 delete from victim where id = 1 */"},
        {"/*M!100000 delete from victim where id = 1 */"},
        {"select 'a\\'; delete from victim where id = 1; -- '"},
        {"set sql_mode = 'NO_BACKSLASH_ESCAPES'", "select 'a\\'; delete from victim; -- '"},
        {"set sql_mode = concat('ANSI','_QUOTES')"},
        {"do writes()"},
        {"call x()"},
        {"@prepared select writes()"},
        {"@prepared {call writes()}"},
        {"@prepared {? = call writes()}"},
        {"select {fn writes()}"},
        {"@prepared select {fn writes()}"},
        {"execute immediate 'delete from victim where id = 1'"},
        {"prepare p from 'delete from victim where id = 1'", "execute p"},
        {"begin not atomic delete from victim where id = 1; end"},
        {"set statement max_statement_time=1 for delete from victim where id = 1"},
        {"explain analyze delete from victim where id = 1"},
        {"analyze delete from victim where id = 1"},
        {"analyze format=json select writes()"},
        {"handler victim open"},
        {"select * from victim procedure analyse()"},
        {"replace into victim values (1)"},
        {"with x as (select 1) delete from victim where id = 1"},
        {"xa start 'a'", "select writes()", "xa end 'a'", "xa commit 'a' one phase"},
        {"use mysql", "select gatehouse.writes()"},
        {"lock tables victim write", "select writes()", "unlock tables"},
        {"set autocommit=0", "select writes()", "commit"},
        {"set autocommit=1"},
        {"start transaction read write", "select writes()", "commit"},
        {"start transaction with consistent snapshot", "select writes()", "commit"},
        {"select nextval(s)"},
    };

    @Test
    void through_the_driver_on_mariadb() throws SQLException {
        for (String[] steps : MARIADB) {
            try (Connection connection = broker.connect("maria")) {
                check(steps, tries(connection, steps));
            }
        }
    }

    @Test
    void through_pgjdbc_on_mariadb() throws SQLException {
        for (String[] steps : MARIADB) {
            try (Connection connection =
                    broker.connectAsPostgres("maria", "preferQueryMode", "simple")) {
                check(steps, tries(connection, steps));
            }
        }
    }

    private static void check(String[] steps, List<String> said) throws SQLException {
        assertThat(victims(TestBroker.Database.postgres()))
                .as("%s said %s", List.of(steps), said)
                .isEqualTo(10);
        assertThat(victims(TestBroker.Database.mariadb()))
                .as("%s said %s", List.of(steps), said)
                .isEqualTo(5);
    }
}
