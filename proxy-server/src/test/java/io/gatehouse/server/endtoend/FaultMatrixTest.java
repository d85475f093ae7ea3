package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.OwnServer;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Every cell of the tables in docs/reference/faults.md that is no dash, measured. */
@Timeout(60)
class FaultMatrixTest {
    private static final Path PAGE = Path.of("../docs/reference/faults.md");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int ROWS = 20_000;

    /** A database and the way to it, as one section of the page. */
    private enum Way {
        POSTGRESQL_BY_THE_GATEHOUSE_DRIVER(Door.DRIVER),
        POSTGRESQL_BY_A_POSTGRESQL_DRIVER(Door.PGJDBC),
        MARIADB_BY_THE_GATEHOUSE_DRIVER(Door.DRIVER);

        private final Door door;

        Way(Door door) {
            this.door = door;
        }
    }

    /** What happens; a column of the page. */
    private enum Blow {
        CONNECTION_KILLED,
        SERVER_KILLED,
        SERVER_STOPPED,
        SERVER_PAUSED,
        NETWORK_RESET,
        NETWORK_CLOSED,
        NETWORK_SILENT;

        void strike(Site site) {
            // The client may hear of it before it is over, and must not heal it meanwhile.
            synchronized (site) {
                try {
                    switch (this) {
                        case CONNECTION_KILLED -> site.server.killConnections();
                        case SERVER_KILLED -> site.server.kill();
                        case SERVER_STOPPED -> site.server.stop();
                        case SERVER_PAUSED -> site.server.pause();
                        case NETWORK_RESET -> site.cable.reset();
                        case NETWORK_CLOSED -> site.cable.cut();
                        case NETWORK_SILENT -> site.cable.silence();
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        void heal(Site site) {
            synchronized (site) {
                if (this == SERVER_PAUSED) {
                    site.server.resume();
                }
                site.cable.restore();
                site.server.start();
            }
        }
    }

    /** When it happens; a row of the page. */
    private enum Moment {
        IDLE_IN_THE_POOL {
            @Override
            String outcome(Site site, Connection c, Blow blow) {
                assertThat(state(() -> Talk.ask(c, "select 1"))).isEqualTo("no error");
                blow.strike(site);
                if (blow == Blow.SERVER_KILLED || blow == Blow.SERVER_STOPPED) {
                    // Back again before anybody asks: all that the pool has is stale.
                    blow.heal(site);
                }
                return state(() -> Talk.ask(c, "select 2"));
            }
        },
        READ_IN_AUTOCOMMIT {
            @Override
            String outcome(Site site, Connection c, Blow blow) {
                assertThat(state(() -> Talk.ask(c, "select 1"))).isEqualTo("no error");
                site.cable.before("fault read", true, () -> blow.strike(site));
                return state(() -> Talk.ask(c, "select 'fault read'"));
            }
        },
        CHANGE_IN_AUTOCOMMIT {
            @Override
            String outcome(Site site, Connection c, Blow blow) {
                assertThat(state(() -> Talk.ask(c, "select 1"))).isEqualTo("no error");
                site.cable.before("'the change'", true, () -> blow.strike(site));
                return state(() -> Talk.run(c, change(site, "the change")));
            }
        },
        MIDDLE_OF_A_RESULT {
            @Override
            String outcome(Site site, Connection c, Blow blow) {
                assertThat(state(() -> Talk.ask(c, "select 1"))).isEqualTo("no error");
                site.cable.before("row-15000-", false, () -> blow.strike(site));
                return state(() -> readOut(c));
            }
        },
        BETWEEN_STATEMENTS_OF_A_TRANSACTION {
            @Override
            String outcome(Site site, Connection c, Blow blow) throws SQLException {
                c.setAutoCommit(false);
                Talk.run(c, change(site, "first of two"));
                blow.strike(site);
                String state = state(() -> Talk.run(c, change(site, "second of two")));
                site.uncommitted = true;
                return state;
            }
        },
        COMMIT {
            @Override
            String outcome(Site site, Connection c, Blow blow) throws SQLException {
                c.setAutoCommit(false);
                Talk.run(c, change(site, "committed"));
                site.cable.before("COMMIT", true, () -> blow.strike(site));
                return state(c::commit);
            }
        };

        abstract String outcome(Site site, Connection c, Blow blow) throws SQLException;
    }

    /** One cell of the page. */
    private record Cell(Way way, Blow blow, Moment moment, String expected) {
        @Override
        public String toString() {
            return way + ", " + moment + ", " + blow;
        }
    }

    /** A server, the cable to it, and a broker's pool that nobody used before. */
    private static final class Site {
        private final OwnServer server;
        private final Forwarder cable;
        private final TestBroker broker;
        private String pool = "";
        private boolean uncommitted;

        Site(OwnServer server) throws Exception {
            this.server = server;
            this.cable = new Forwarder(server.server());
            this.broker = TestBroker.permissive();
            try (Connection c = server.database().direct()) {
                Talk.run(c, "create table fault_changes (pool varchar(90), what varchar(90))");
                Talk.run(c, "create table fault_rows (id int primary key, pad varchar(300))");
                c.setAutoCommit(false);
                try (var insert = c.prepareStatement("insert into fault_rows values (?, ?)")) {
                    for (int i = 0; i < ROWS; i++) {
                        insert.setInt(1, i);
                        insert.setString(2, "row-" + i + "-" + "x".repeat(200));
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                c.commit();
            }
        }

        void open(String name) {
            pool = name;
            uncommitted = false;
            Databases.Server behind = cable.server();
            PoolSettings settings =
                    new PoolSettings(
                            2,
                            100,
                            SECOND.multipliedBy(5),
                            SECOND,
                            Duration.ofMinutes(30),
                            Duration.ofMinutes(10),
                            Duration.ofSeconds(1),
                            PoolSettings.PerUser.DEFAULT,
                            PoolSettings.Slow.DEFAULT);
            broker.serve(
                    name,
                    Database.of(server.database().kind(), behind),
                    settings,
                    new Timeouts(SECOND, Duration.ofSeconds(60), Duration.ofMillis(500)));
        }

        void close() {
            broker.close();
            cable.close();
            server.close();
        }
    }

    private static final Map<Boolean, Site> SITES = new HashMap<>();

    private static Site site(Way way) throws Exception {
        boolean mariadb = way == Way.MARIADB_BY_THE_GATEHOUSE_DRIVER;
        Site site = SITES.get(mariadb);
        if (site == null) {
            site = new Site(mariadb ? OwnServer.mariadb() : OwnServer.postgres());
            SITES.put(mariadb, site);
        }
        return site;
    }

    @AfterAll
    static void stop() {
        SITES.values().forEach(Site::close);
        SITES.clear();
    }

    /** The page is the expectation: a cell that is not measured as written fails. */
    static Stream<Cell> cells() throws IOException {
        List<Cell> cells = new ArrayList<>();
        Way way = null;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                way = find(Way.class, line.substring(3));
            }
            String[] parts = line.split("\\|");
            Moment moment = parts.length < 3 ? null : find(Moment.class, parts[1]);
            if (way != null && moment != null) {
                assertThat(parts).as(line).hasSize(Blow.values().length + 2);
                for (Blow blow : Blow.values()) {
                    String text = parts[blow.ordinal() + 2].replace("`", "").strip();
                    if (!text.equals("—")) {
                        cells.add(new Cell(way, blow, moment, text));
                    }
                }
            }
        }
        assertThat(cells).isNotEmpty();
        return cells.stream();
    }

    private static <E extends Enum<E>> E find(Class<E> type, String words) {
        String name = words.strip().toUpperCase(Locale.ROOT).replace(' ', '_').replace(",", "");
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isAsThePageSays(Cell cell) throws Exception {
        Site site = site(cell.way);
        site.open(
                (cell.way.ordinal() + "-" + cell.moment + "-" + cell.blow)
                        .toLowerCase(Locale.ROOT));
        long start = System.nanoTime();
        Connection c = cell.way.door.connect(site.broker, site.pool);
        String measured;
        try {
            measured = cell.moment.outcome(site, c, cell.blow);
        } finally {
            cell.blow.heal(site);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("how long it took")
                .isLessThan(Duration.ofSeconds(12));
        long back = System.nanoTime();
        Talk.eventually("the pool serves again", () -> serves(site, cell.way.door));
        Duration healing = Duration.ofNanos(System.nanoTime() - back);
        Talk.state(() -> {
            c.close();
            throw new SQLException("closed", "00000");
        });
        Talk.quiet(site.broker);
        String count = "select count(*) from fault_changes where pool = '" + site.pool + "'";
        try (Connection direct = site.server.database().direct()) {
            assertThat(Integer.parseInt(Talk.ask(direct, count)))
                    .as("how often the change was made")
                    .isLessThanOrEqualTo(site.uncommitted ? 0 : 1)
                    .isGreaterThanOrEqualTo(
                            cell.moment == Moment.COMMIT && measured.equals("no error") ? 1 : 0);
        }
        assertThat(List.of(cell.expected.split(" or "))).as(cell.toString()).contains(measured);
        assertThat(healing).as("until the pool serves again").isLessThan(SECOND);
    }

    private static boolean serves(Site site, Door door) {
        try (Connection c = door.connect(site.broker, site.pool)) {
            return "3".equals(Talk.ask(c, "select 3"));
        } catch (SQLException e) {
            return false;
        }
    }

    private static String change(Site site, String what) {
        return "insert into fault_changes values ('" + site.pool + "', '" + what + "')";
    }

    private static void readOut(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select pad from fault_rows")) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            assertThat(count).isEqualTo(ROWS);
        }
    }

    private interface Work {
        void go() throws SQLException;
    }

    private static String state(Work work) {
        try {
            work.go();
            return "no error";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
