package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The version that a plain client is told at its login. */
@Timeout(60)
class PlainVersionTest {
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.permissive();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static String direct() throws SQLException {
        try (Connection c = Database.postgres().direct()) {
            return version(c);
        }
    }

    private static String version(Connection c) throws SQLException {
        return c.getMetaData().getDatabaseProductVersion();
    }

    private long borrowed() {
        return broker.pools().figures().stream().mapToLong(f -> f.borrowed()).sum();
    }

    @Test
    void isTheServersOwnAndAskedForOnce() throws Exception {
        broker.serve("pg", Database.postgres(), 2);
        List<CompletableFuture<String>> versions = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 24; i++) {
                versions.add(CompletableFuture.supplyAsync(this::versionAtLogin, clients));
            }
        }
        String expected = direct();
        assertThat(versions).allSatisfy(v -> assertThat(v.join()).isEqualTo(expected));
        assertThat(borrowed()).isEqualTo(1);
    }

    private String versionAtLogin() {
        try (Connection c = broker.connectAsPostgres("pg", "assumeMinServerVersion", "9.0")) {
            return version(c);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void needsNoPlaceInAFullPool() throws Exception {
        broker.serve("pg", Database.postgres(), 1);
        try (Connection holder = broker.connect("pg");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select 1");
            try (Connection c = broker.connectAsPostgres("pg", "assumeMinServerVersion", "9.0")) {
                assertThat(version(c)).isEqualTo(direct());
            }
            holder.rollback();
        }
    }

    @Test
    void failsTheLoginWhereTheServerCannotBeReached() throws Exception {
        broker.serve("gone", new Database("postgresql", "127.0.0.1", closed(), "x", "x", "x"), 1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> broker.connectAsPostgres("gone"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
                    .hasMessageContaining("FATAL")
                    .hasMessageContaining("gone");
        }
    }

    @Test
    void costsTheGatehouseDriverNothing() throws Exception {
        broker.serve("gone", new Database("postgresql", "127.0.0.1", closed(), "x", "x", "x"), 1);
        try (Connection c = broker.connect("gone")) {
            assertThat(c.isClosed()).isFalse();
        }
        assertThat(borrowed()).isZero();
    }

    @Test
    void isTheBrokersForOtherKinds() throws Exception {
        broker.serve("h2", Database.h2(), 1);
        try (Connection c = broker.connectAsPostgres("h2")) {
            assertThat(version(c)).isEqualTo("17.0 (Gatehouse test; h2)");
        }
    }

    private static int closed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
