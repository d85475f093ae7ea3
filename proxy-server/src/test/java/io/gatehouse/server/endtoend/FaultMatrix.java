package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.OwnServer;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A server, the cable to it, a broker, and the faults that docs/reference/faults.md tells of. */
final class FaultMatrix implements AutoCloseable {
    private static final Path PAGE = Path.of("../docs/reference/faults.md");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int ROWS = 20_000;

    /** In all rows but the first quarter: the rest is more than what buffers hold of it. */
    private static final String LATE = "late in the result";

    /** What happens; a column of the page. */
    private enum Blow {
        CONNECTION_KILLED,
        SERVER_KILLED,
        SERVER_STOPPED,
        SERVER_PAUSED,
        NETWORK_RESET,
        NETWORK_CLOSED,
        NETWORK_SILENT;

        void strike(FaultMatrix site) {
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

        void heal(FaultMatrix site) {
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
        CONNECTING {
            @Override
            String outcome(FaultMatrix site, Blow blow) {
                site.cable.beforeConnecting(() -> blow.strike(site));
                // A plain client's login needs the server already.
                return state(() -> Talk.ask(site.connect(), "select 1"));
            }
        },
        IDLE_IN_THE_POOL {
            @Override
            String outcome(FaultMatrix site, Blow blow) throws SQLException {
                Connection c = site.connected();
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
            String outcome(FaultMatrix site, Blow blow) throws SQLException {
                Connection c = site.connected();
                site.cable.before("fault read", true, () -> blow.strike(site));
                return state(() -> Talk.ask(c, "select 'fault read'"));
            }
        },
        CHANGE_IN_AUTOCOMMIT {
            @Override
            String outcome(FaultMatrix site, Blow blow) throws SQLException {
                Connection c = site.connected();
                site.cable.before("'the change'", true, () -> blow.strike(site));
                return state(() -> Talk.run(c, site.change("the change")));
            }
        },
        MIDDLE_OF_A_RESULT {
            @Override
            String outcome(FaultMatrix site, Blow blow) throws SQLException {
                Connection c = site.connected();
                site.cable.before(LATE, false, () -> blow.strike(site));
                return state(() -> readOut(c));
            }
        },
        BETWEEN_STATEMENTS_OF_A_TRANSACTION {
            @Override
            String outcome(FaultMatrix site, Blow blow) throws SQLException {
                Connection c = site.connect();
                c.setAutoCommit(false);
                Talk.run(c, site.change("first of two"));
                blow.strike(site);
                return state(() -> Talk.run(c, site.change("second of two")));
            }
        },
        COMMIT {
            @Override
            String outcome(FaultMatrix site, Blow blow) throws SQLException {
                Connection c = site.connect();
                c.setAutoCommit(false);
                Talk.run(c, site.change("committed"));
                site.cable.before("COMMIT", true, () -> blow.strike(site));
                return state(c::commit);
            }
        };

        abstract String outcome(FaultMatrix site, Blow blow) throws SQLException;

        /** How often the change may have been made after this. */
        boolean allows(int changes, String told) {
            return switch (this) {
                case BETWEEN_STATEMENTS_OF_A_TRANSACTION -> changes == 0;
                // Made as the client was told, and at most once where it was told nothing certain.
                case CHANGE_IN_AUTOCOMMIT, COMMIT ->
                        told.equals("no error")
                                ? changes == 1
                                : changes == 0 || (changes == 1 && told.equals("08007"));
                default -> changes == 0;
            };
        }
    }

    /** One cell of the page. */
    record Cell(Moment moment, Blow blow, String expected) {
        @Override
        public String toString() {
            return moment + ", " + blow;
        }
    }

    private final OwnServer server;
    private final Door door;
    private final Forwarder cable;
    private final TestBroker broker;
    private final List<Connection> opened = new ArrayList<>();
    private String pool = "";

    FaultMatrix(OwnServer server, Door door) throws Exception {
        this.server = server;
        this.door = door;
        this.cable = new Forwarder(server.server());
        this.broker = TestBroker.permissive();
        try (Connection c = server.database().direct()) {
            Talk.run(c, "create table fault_changes (pool varchar(90), what varchar(90))");
            Talk.run(c, "create table fault_rows (id int primary key, pad varchar(600))");
            c.setAutoCommit(false);
            try (var insert = c.prepareStatement("insert into fault_rows values (?, ?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.setInt(1, i);
                    // So many that a buffer's end cannot hide them all.
                    insert.setString(2, (i < ROWS / 4 ? "" : LATE) + "x".repeat(500));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            c.commit();
        }
    }

    private void open(String name) {
        pool = name;
        broker.serve(
                name,
                Database.of(server.database().kind(), cable.server()),
                PoolBounds.of(2).connectTimeout(SECOND).settings(),
                new Timeouts(SECOND, Duration.ofSeconds(60), Duration.ofMillis(500)));
    }

    private Connection connect() throws SQLException {
        Connection c = door.connect(broker, pool);
        opened.add(c);
        return c;
    }

    /** A client of a pool that has a connection. */
    private Connection connected() throws SQLException {
        Connection c = connect();
        Talk.ask(c, "select 1");
        return c;
    }

    @Override
    public void close() {
        broker.close();
        cable.close();
        server.close();
    }

    /**
     * What the page says of a database and the way to it; a cell that is not measured as written
     * fails.
     */
    static Stream<Cell> cells(String section) {
        List<Cell> cells = new ArrayList<>();
        Set<Moment> rows = EnumSet.noneOf(Moment.class);
        boolean here = false;
        for (String line : Talk.text(PAGE).lines().toList()) {
            if (line.startsWith("## ")) {
                here = line.substring(3).equals(section);
            }
            String[] parts = line.split("\\|");
            Moment moment = parts.length < 3 ? null : find(parts[1]);
            if (here && moment != null) {
                rows.add(moment);
                assertThat(parts).as(line).hasSize(Blow.values().length + 2);
                for (Blow blow : Blow.values()) {
                    String text = parts[blow.ordinal() + 2].replace("`", "").strip();
                    if (!text.equals("—")) {
                        cells.add(new Cell(moment, blow, text));
                    }
                }
            }
        }
        assertThat(rows).as("rows of " + section).containsExactly(Moment.values());
        return cells.stream();
    }

    private static @Nullable Moment find(String words) {
        String name = words.strip().toUpperCase(Locale.ROOT).replace(' ', '_');
        return Stream.of(Moment.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Measures a cell, and that nothing is left of it. */
    void measure(Cell cell) throws Exception {
        open((cell.moment + "-" + cell.blow).toLowerCase(Locale.ROOT));
        long start = System.nanoTime();
        String measured;
        try {
            measured = cell.moment.outcome(this, cell.blow);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("how long it took")
                    .isLessThan(Duration.ofSeconds(12));
        } finally {
            cell.blow.heal(this);
        }
        long back = System.nanoTime();
        Talk.eventually("the pool serves again", this::serves);
        Duration healing = Duration.ofNanos(System.nanoTime() - back);
        for (Connection each : opened) {
            each.close();
        }
        opened.clear();
        Talk.quiet(broker);
        String count = "select count(*) from fault_changes where pool = '" + pool + "'";
        try (Connection direct = server.database().direct()) {
            int changes = Integer.parseInt(Talk.ask(direct, count));
            assertThat(cell.moment.allows(changes, measured))
                    .as("%s, and %d changes", measured, changes)
                    .isTrue();
        }
        assertThat(List.of(cell.expected.split(" or "))).as(cell.toString()).contains(measured);
        assertThat(healing).as("until the pool serves again").isLessThan(SECOND);
    }

    private boolean serves() {
        try (Connection c = door.connect(broker, pool)) {
            return "3".equals(Talk.ask(c, "select 3"));
        } catch (SQLException e) {
            return false;
        }
    }

    private String change(String what) {
        return "insert into fault_changes values ('" + pool + "', '" + what + "')";
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
