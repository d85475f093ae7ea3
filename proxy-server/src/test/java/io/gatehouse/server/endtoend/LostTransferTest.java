package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.eventually;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.session.SessionLimits;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A client that vanishes while a large value is under way, or is too slow or too large with it. */
@Timeout(60)
class LostTransferTest {
    private static final int SIZE = 24 << 20;
    private static final int PART = 3 << 20;

    private static final Map<String, String> TYPES =
            Map.of("postgres", "bytea", "h2", "blob", "maria", "longblob");

    private static TestBroker broker;
    private static TestBroker strict;
    private static Forwarder cable;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        cable = new Forwarder(new Databases.Server("127.0.0.1", broker.port(), "", "", ""));
        SessionLimits usual = SessionLimits.DEFAULT;
        strict =
                TestBroker.permissive(
                        new SessionLimits(
                                usual.statements(),
                                usual.results(),
                                usual.queued(),
                                usual.row(),
                                usual.chunk(),
                                usual.frame(),
                                usual.whole(),
                                2L << 20,
                                Duration.ofMillis(300)));
        serve("postgres", Database.postgres());
        serve("h2", Database.h2());
        serve("maria", Database.mariadb());
        for (Map.Entry<String, String> kind : TYPES.entrySet()) {
            try (Connection c = broker.connect(kind.getKey());
                    Statement s = c.createStatement()) {
                s.execute("drop table if exists lost");
                s.execute("create table lost (id int primary key, data " + kind.getValue() + ")");
            }
        }
    }

    private static void serve(String name, Database database) throws SQLException {
        broker.serveKept(name, database, 1);
        strict.serveKept(name, database, 1);
    }

    @AfterAll
    static void stop() {
        cable.close();
        strict.close();
        broker.close();
    }

    /** A value that does something on its way. */
    private static final class Eventful extends InputStream {
        private final Runnable event;
        private final int size;
        private final int when;
        private int read;

        Eventful(int size, int when, Runnable event) {
            this.size = size;
            this.when = when;
            this.event = event;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("it is read by blocks");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (read < when && read + length >= when) {
                event.run();
            }
            int n = Math.min(length, size - read);
            read += n;
            return n > 0 || length == 0 ? n : -1;
        }
    }

    private static InputStream plain(int size) {
        return new Eventful(size, 0, () -> {});
    }

    private static Connection byCable(String kind) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:gatehouse://127.0.0.1:" + cable.server().port() + "/" + kind,
                TestBroker.USER,
                TestBroker.PASSWORD);
    }

    private static void upload(Connection c, int id, InputStream data) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("insert into lost values (?, ?)")) {
            s.setInt(1, id);
            s.setBinaryStream(2, data);
            s.executeUpdate();
        }
    }

    /** The only connection is free again, and nothing of the transaction stayed. */
    private static void nothingIsLeft(String kind, String rows) throws Exception {
        quiet(broker);
        eventually("the session is gone", () -> broker.sessions().views().isEmpty());
        try (Connection c = broker.connect(kind)) {
            assertThat(ask(c, "select count(*) from lost")).isEqualTo(rows);
            c.setAutoCommit(false);
            run(c, "insert into lost (id) values (99)");
            c.rollback();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "postgres,true",
        "postgres,false",
        "h2,true",
        "h2,false",
        "maria,true",
        "maria,false"
    })
    void inTheMiddleOfAnUpload(String kind, boolean autocommit) throws Exception {
        try (Connection c = broker.connect(kind)) {
            run(c, "delete from lost");
        }
        Connection c = byCable(kind);
        c.setAutoCommit(autocommit);
        if (!autocommit) {
            run(c, "insert into lost (id) values (1)");
        }
        assertThat(state(() -> upload(c, 2, new Eventful(SIZE, PART, cable::cut))))
                .matches("08.*|40001");
        nothingIsLeft(kind, "0");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres,true",
        "postgres,false",
        "h2,true",
        "h2,false",
        "maria,true",
        "maria,false"
    })
    void inTheMiddleOfADownload(String kind, boolean autocommit) throws Exception {
        try (Connection c = broker.connect(kind)) {
            run(c, "delete from lost");
            upload(c, 1, plain(SIZE));
        }
        Connection c = byCable(kind);
        c.setAutoCommit(autocommit);
        if (!autocommit) {
            run(c, "insert into lost (id) values (2)");
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select data from lost where id = 1")) {
            assertThat(rows.next()).isTrue();
            InputStream data = rows.getBinaryStream(1);
            assertThat(data.readNBytes(100_000)).hasSize(100_000);
            cable.cut();
        } catch (SQLException lost) {
            // Closing may notice.
            assertThat(lost.getSQLState()).startsWith("08");
        }
        nothingIsLeft(kind, "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "maria"})
    void aPieceThatDoesNotCome(String kind) throws Exception {
        InputStream slow = new Eventful(2 << 20, 3 << 19, () -> Talk.pause(Duration.ofSeconds(1)));
        try (Connection c = strict.connect(kind)) {
            run(c, "delete from lost");
            assertThat(state(() -> upload(c, 1, slow))).isEqualTo("57014");
            assertThat(ask(c, "select count(*) from lost")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "h2", "maria"})
    void aValueAboveTheLimit(String kind) throws Exception {
        try (Connection c = strict.connect(kind)) {
            run(c, "delete from lost");
            assertThat(state(() -> upload(c, 1, plain((2 << 20) + 1)))).isEqualTo("54000");
            assertThat(ask(c, "select count(*) from lost")).isEqualTo("0");
            upload(c, 2, plain(2 << 20));
            assertThat(ask(c, "select count(*) from lost")).isEqualTo("1");
        }
    }
}
