package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Chopper;
import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Wherever TCP cuts what a client says, the gate says the same. */
@Timeout(120)
class SplitDoorsTest {
    private static final long SEED = Long.getLong("gatehouse.seed", 20_260_102L);
    private static final int ROUNDS = 4;

    /** Texts that are refused, and texts that are not. */
    private static final List<String> TEXTS =
            List.of(
                    "select count(*) from splits where id > 1",
                    "delete from splits",
                    "delete from splits where id = 99",
                    "select 'delete from splits' as x",
                    "select 1; drop table splits",
                    "drop table splits",
                    "/* " + "x".repeat(3_000) + " */ delete from splits where 1 = 1",
                    "/* " + "y".repeat(3_000) + " */ select count(*) from splits",
                    "update splits set id = 1 where id = id",
                    "insert into splits (id) select 77 from splits where id = 99");

    @TempDir static Path dir;
    private static TestBroker broker;
    private static Chopper chopper;

    @BeforeAll
    static void start() throws Exception {
        TestBroker.Database postgres = TestBroker.Database.postgres();
        TestBroker.Database mariadb = TestBroker.Database.mariadb();
        TestBroker.Database sqlite = TestBroker.Database.sqlite(dir.resolve("splits.db"));
        TestBroker.Database h2 = TestBroker.Database.h2();
        broker =
                TestBroker.withDefaultPolicy()
                        .serve("postgresql", postgres, 2)
                        .serve("mariadb", mariadb, 2)
                        .serve("mysql", TestBroker.Database.mysql(), 2)
                        .serve("sqlite", sqlite, 2)
                        .serveKept("h2", h2, 2);
        for (TestBroker.Database database : List.of(postgres, mariadb, sqlite, h2)) {
            database.prepare(
                    "drop table if exists splits",
                    "create table splits (id int primary key)",
                    "insert into splits values (1), (2), (3)");
        }
        chopper = new Chopper(broker.port(), SEED);
    }

    @AfterAll
    static void stop() {
        chopper.close();
        broker.close();
    }

    private static Connection connect(String door, int port, String name) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", TestBroker.USER);
        all.setProperty("password", TestBroker.PASSWORD);
        if (door.equals("gatehouse")) {
            return DriverManager.getConnection(
                    "jdbc:gatehouse://127.0.0.1:" + port + "/" + name, all);
        }
        all.setProperty("sslmode", "disable");
        all.setProperty("preferQueryMode", door);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + name, all);
    }

    private static List<String> said(Connection connection) {
        List<String> said = new ArrayList<>();
        for (String text : TEXTS) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
                said.add("ok");
            } catch (SQLException e) {
                said.add(e.getSQLState() + " " + e.getMessage());
            }
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                statement.execute();
                said.add("ok");
            } catch (SQLException e) {
                said.add(e.getSQLState() + " " + e.getMessage());
            }
        }
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "mysql", "sqlite", "h2"})
    void splitsChangeNoVerdict(String name) throws SQLException {
        int texts = 0;
        for (String door : List.of("gatehouse", "simple", "extended")) {
            List<String> whole;
            try (Connection connection = connect(door, broker.port(), name)) {
                whole = said(connection);
            }
            assertThat(whole).anyMatch("ok"::equals).anyMatch(s -> s.contains("no-unbounded"));
            for (int i = 0; i < ROUNDS; i++) {
                try (Connection connection = connect(door, chopper.port(), name)) {
                    assertThat(said(connection))
                            .as("%s by %s, seed %d", name, door, SEED)
                            .isEqualTo(whole);
                }
                texts += whole.size();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d texts, %d packets so far, seed %d%n",
                name,
                texts,
                chopper.packets(),
                SEED);
        assertThat(texts).isGreaterThan(200);
    }
}
