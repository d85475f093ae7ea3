package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Real servers hold secrets in masked columns: none of them may reach a client, by any way. */
class MaskOracleTest {
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.with(MaskStatements.POLICY);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    /** Every attack that any kind knows, and those of this one. */
    private static void every(Database database, String name, List<String> own, List<String> named)
            throws Exception {
        List<String> attacks = new ArrayList<>(MaskStatements.everywhere());
        attacks.addAll(own);
        attacks.addAll(named);
        MaskTrial trial = new MaskTrial();
        try (Connection through = broker.connect(name);
                Connection direct = database.direct()) {
            for (boolean prepared : new boolean[] {false, true}) {
                each(trial, through, direct, attacks, prepared);
            }
        }
        trial.pass(100);
    }

    private static void each(
            MaskTrial trial,
            Connection through,
            Connection direct,
            List<String> attacks,
            boolean prepared)
            throws Exception {
        for (String sql : attacks) {
            // Its changes are undone, for the direct client's sake.
            trial.attack(through, direct, sql, prepared);
        }
        for (String sql : MaskStatements.CLEAN) {
            trial.clean(through, direct, sql, prepared);
        }
    }

    private static void set(Database database, String text, String blob) throws SQLException {
        database.prepare(MaskStatements.schema(text, blob).toArray(String[]::new));
    }

    private static void postgresSchema() throws SQLException {
        Database database = Database.postgres();
        database.prepare(
                "drop view if exists mk_view",
                "drop function if exists mk_rows()",
                "drop table if exists mk_customers cascade",
                "drop sequence if exists mk_seq",
                "create sequence mk_seq");
        set(database, "text", "bytea");
        database.prepare(
                "create view mk_view as select id, email as contact from mk_customers",
                "create or replace function mk_reads() returns text language sql stable as"
                        + " 'select email from mk_customers limit 1'",
                "create function mk_leak(mk_customers) returns text language sql stable as"
                        + " 'select $1.email'",
                "create function mk_rows() returns setof mk_customers language sql stable as"
                        + " 'select * from mk_customers'",
                "create or replace procedure mk_tells() language plpgsql as"
                        + " 'begin raise notice ''%'', (select email from mk_customers limit 1);"
                        + " end'",
                "analyze mk_customers");
    }

    private static void servePostgres() throws SQLException {
        broker.serve("pg", Database.postgres(), 2);
        postgresSchema();
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(MaskStatements.everywhere());
        all.addAll(MaskStatements.postgresql());
        all.addAll(MaskNames.POSTGRESQL);
        return all;
    }

    private static void postgres(Connection through, boolean prepared) throws Exception {
        postgresSchema();
        MaskTrial trial = new MaskTrial();
        try (Connection direct = Database.postgres().direct()) {
            each(trial, through, direct, all(), prepared);
        }
        trial.pass(300);
    }

    @Test
    void postgresByOurDriver() throws Exception {
        broker.serve("pg", Database.postgres(), 2);
        try (Connection c = broker.connect("pg")) {
            postgres(c, false);
            postgres(c, true);
        }
    }

    @Test
    void postgresByItsOwnDriver() throws Exception {
        broker.serve("pg", Database.postgres(), 2);
        try (Connection c = broker.connectAsPostgres("pg")) {
            postgres(c, true);
        }
        try (Connection c = broker.connectAsPostgres("pg", "preferQueryMode", "simple")) {
            postgres(c, false);
        }
    }

    @Test
    void postgresInTransactionsAndByCursors() throws Exception {
        servePostgres();
        MaskTrial trial = new MaskTrial();
        try (Connection c = broker.connect("pg");
                Connection direct = Database.postgres().direct()) {
            for (Connection each : List.of(c, direct)) {
                MaskTrial.run(each, "begin", false);
                MaskTrial.run(
                        each, "declare k1 cursor for select id, email from mk_customers", false);
                MaskTrial.run(
                        each, "declare k2 cursor for select lower(email) from mk_customers", false);
                MaskTrial.run(each, "declare k3 cursor for select * from mk_customers", false);
            }
            trial.attack(c, direct, "fetch 2 from k1", false);
            trial.attack(c, direct, "fetch all from k1", true);
            trial.attack(c, direct, "fetch all from k3", false);
            trial.attack(c, direct, "fetch all from k2", false);
            MaskTrial.run(c, "rollback", false);
            c.setAutoCommit(false);
            try (Statement s = c.createStatement()) {
                s.setFetchSize(1);
                try (ResultSet rs = s.executeQuery("select * from mk_customers")) {
                    assertThat(MaskTrial.leak(MaskTrial.read(rs))).isEmpty();
                }
            }
            try (PreparedStatement s =
                    c.prepareStatement(
                            "insert into mk_customers(id, email, ssn) values (77, ?, ?)",
                            Statement.RETURN_GENERATED_KEYS)) {
                s.setString(1, MaskStatements.EMAIL);
                s.setString(2, MaskStatements.SSN);
                s.executeUpdate();
                try (ResultSet rs = s.getGeneratedKeys()) {
                    MaskTrial.Got keys = MaskTrial.read(rs);
                    assertThat(keys.rows()).hasSize(1);
                    assertThat(MaskTrial.leak(keys)).isEmpty();
                }
            }
            c.rollback();
        }
        trial.pass(2);
    }

    @Test
    void whatIsReturnedForKeysIsMasked() throws Exception {
        servePostgres();
        for (String sql :
                List.of(
                        "update mk_customers set note = note where id = 1 returning lower(email) as"
                                + " note",
                        "insert into mk_customers(id, email) values (1, 'x') on conflict (id) do"
                                + " update set note = mk_customers.note returning email as id,"
                                + " email || '' as note",
                        "delete from mk_orders using mk_customers c where c.id = customer"
                                + " returning upper(c.email) as note")) {
            try (Connection c = broker.connect("pg");
                    PreparedStatement s =
                            c.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                s.execute();
                MaskTrial.Got keys = MaskTrial.read(s.getGeneratedKeys());
                MaskTrial.Got rows =
                        s.getResultSet() == null ? keys : MaskTrial.read(s.getResultSet());
                assertThat(MaskTrial.leak(keys)).as(sql + keys).isEmpty();
                assertThat(MaskTrial.leak(rows)).as(sql + rows).isEmpty();
            }
        }
    }

    @Test
    void severalStatementsOfOneText() throws Exception {
        servePostgres();
        String text = "select note from mk_orders; select * from mk_customers; select 1";
        try (Connection c = broker.connectAsPostgres("pg", "preferQueryMode", "simple");
                Statement s = c.createStatement()) {
            boolean rows = s.execute(text);
            int results = 0;
            while (rows) {
                assertThat(MaskTrial.leak(MaskTrial.read(s.getResultSet()))).isEmpty();
                results++;
                rows = s.getMoreResults();
            }
            assertThat(results).isEqualTo(3);
        }
        try (Connection c = broker.connect("pg")) {
            assertThat(MaskTrial.run(c, text, false).failure()).contains("42501");
        }
    }

    @Test
    void whoIsNotMaskedSeesAll() throws Exception {
        servePostgres();
        try (Connection c = broker.connectAsOther("pg");
                Connection direct = Database.postgres().direct()) {
            String sql = "select * from mk_customers order by id";
            assertThat(MaskTrial.run(c, sql, true)).isEqualTo(MaskTrial.run(direct, sql, true));
            // The same statements tell everything where no mask is in the way.
            long telling =
                    all().stream()
                            .filter(each -> each.startsWith("select"))
                            .filter(each ->
                                    !MaskTrial.leak(MaskTrial.run(c, each, false)).isEmpty())
                            .count();
            assertThat(telling).isGreaterThan(300);
        }
    }

    @Test
    void metadataIsAsBefore() throws Exception {
        // Connections of its own: those of others may have a temporary schema.
        broker.serve("meta", Database.postgres(), 2);
        postgresSchema();
        try (Connection direct = Database.postgres().direct();
                Connection stock = broker.connectAsPostgres("meta");
                Connection masked = broker.connect("meta");
                Connection unmasked = broker.connectAsOther("meta")) {
            assertThat(metadata(stock)).isEqualTo(metadata(direct));
            assertThat(metadata(masked)).isEqualTo(metadata(unmasked));
        }
    }

    private static List<MaskTrial.Got> metadata(Connection c) throws SQLException {
        DatabaseMetaData meta = c.getMetaData();
        return List.of(
                MaskTrial.read(meta.getTables(null, "public", "mk%", null)),
                MaskTrial.read(meta.getColumns(null, "public", "mk%", null)),
                MaskTrial.read(meta.getPrimaryKeys(null, "public", "mk_customers")),
                MaskTrial.read(meta.getIndexInfo(null, "public", "mk_customers", false, false)),
                MaskTrial.read(meta.getImportedKeys(null, "public", "mk_orders")),
                MaskTrial.read(meta.getProcedures(null, "public", "mk%")),
                MaskTrial.read(meta.getFunctions(null, "public", "mk%")),
                MaskTrial.read(meta.getSchemas()),
                MaskTrial.read(meta.getTableTypes()),
                MaskTrial.read(meta.getTablePrivileges(null, "public", "mk%")));
    }

    @Test
    void mariadb() throws Exception {
        Database database = Database.mariadb();
        set(database, "varchar(100)", "blob");
        broker.serve("maria", database, 2);
        every(
                database,
                "maria",
                List.of(
                        "select email into @x from mk_customers limit 1",
                        "select @x",
                        "select @y := email from mk_customers",
                        "set @z = (select email from mk_customers limit 1)",
                        "select group_concat(email) from mk_customers",
                        "select extractvalue(1, concat('~', (select email from mk_customers"
                                + " limit 1)))",
                        "select updatexml(1, concat('~', email), 1) from mk_customers",
                        "show warnings",
                        "explain extended select email from mk_customers where id = 1",
                        "analyze format=json select email from mk_customers where id = 1",
                        "select last_insert_id(salary) from mk_customers",
                        "select last_insert_id()",
                        "insert into mk_kept (note) values ('x') returning (select max(email) from"
                                + " mk_customers)",
                        "delete from mk_customers where id = 99 returning email",
                        "insert into mk_customers (id, email) values (1, 'x') on duplicate key"
                                + " update note = email",
                        "insert into mk_customers (id, email) values (1, 'x')",
                        "select json_arrayagg(email) from mk_customers",
                        "select hex(email), to_base64(email) from mk_customers",
                        "select * from information_schema.processlist",
                        "select min_value, max_value from mysql.column_stats",
                        "handler mk_customers open",
                        "select sys.x(email) from mk_customers",
                        "signal sqlstate '45000' set message_text = 'x'"),
                MaskNames.MARIADB);
    }

    @Test
    void h2() throws Exception {
        Database database = Database.h2();
        broker.serveKept("h2", database, 2);
        set(database, "varchar(100)", "blob");
        every(
                database,
                "h2",
                List.of(
                        "select listagg(email, ',') from mk_customers",
                        "select json_object('a': email) from mk_customers",
                        "select array_agg(email) from mk_customers",
                        "select cast(email as int) from mk_customers",
                        "select * from final table (update mk_customers set note = 'n')",
                        "select email from old table (delete from mk_customers where id = 88)",
                        "select * from query('select email from mk_customers')",
                        "script nodata",
                        "create alias mk_a for \"java.lang.System.getProperty\"",
                        "create view mk_v as select email x from mk_customers",
                        "explain analyze select email from mk_customers where id = 1"),
                MaskNames.H2);
    }

    @Test
    void sqlite(@TempDir Path dir) throws Exception {
        Database database = Database.sqlite(dir.resolve("masks.db"));
        set(database, "text", "blob");
        broker.serve("lite", database, 1);
        every(
                database,
                "lite",
                List.of(
                        "select group_concat(email) from mk_customers",
                        "select json_group_array(email) from mk_customers",
                        "select hex(email), quote(email), typeof(email) from mk_customers",
                        "select email as \"x\" from mk_customers indexed by none",
                        "insert into mk_kept values ('a') returning note",
                        "update mk_customers set note = 'n' where id = 1 returning *",
                        "select * from main.mk_customers",
                        "select rowid, * from mk_customers",
                        "select load_extension(email) from mk_customers",
                        "attach ':memory:' as other",
                        "select sql from sqlite_master",
                        "explain select email from mk_customers"),
                MaskNames.SQLITE);
    }
}
