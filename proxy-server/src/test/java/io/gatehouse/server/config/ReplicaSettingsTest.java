package io.gatehouse.server.config;

import static io.gatehouse.server.config.ConfDir.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.kind.Encryption;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** What a connection's file may say of its replicas. */
final class ReplicaSettingsTest {
    @TempDir private Path dir;
    private ConfDir conf;

    @BeforeEach
    void begin() throws Exception {
        conf = new ConfDir(dir);
    }

    @Test
    void aReplicaIsAsItsPrimaryIsUnlessItSaysOtherwise() throws Exception {
        conf.write(
                "connections/shop.yaml",
                """
                kind: postgresql
                host: db.example.com
                port: 6000
                database: shop
                user: app
                password: {none: true}
                tls: require
                properties: {prepareThreshold: 3}
                pool: {size: 3}
                replicas:
                  sticky-after-write: 5s
                  servers:
                    - host: one.example.com
                    - {host: localhost, port: 6001, database: copy, user: reader, tls: off}
                """);

        LogicalConnection shop = conf.load().connections().get("shop");

        assertThat(shop.replicas().stickyAfterWrite()).isEqualTo(Duration.ofSeconds(5));
        assertThat(shop.replicas().servers())
                .extracting(LogicalConnection::name)
                .containsExactly("shop/replica-1", "shop/replica-2");
        LogicalConnection one = shop.replicas().servers().get(0);
        assertThat(one.target().host()).isEqualTo("one.example.com");
        assertThat(one.target().port()).isEqualTo(6000);
        assertThat(one.target().database()).isEqualTo("shop");
        assertThat(one.target().encryption()).isEqualTo(Encryption.REQUIRE);
        assertThat(one.target().properties()).isEqualTo(shop.target().properties());
        assertThat(one.backendUser()).isEqualTo("app");
        assertThat(one.pool()).isEqualTo(shop.pool());
        LogicalConnection two = shop.replicas().servers().get(1);
        assertThat(two.target().port()).isEqualTo(6001);
        assertThat(two.target().database()).isEqualTo("copy");
        assertThat(two.target().encryption()).isEqualTo(Encryption.OFF);
        assertThat(two.backendUser()).isEqualTo("reader");
    }

    @Test
    void namesWhatIsWrongWithReplicas() throws Exception {
        conf.write(
                "connections/shop.yaml",
                """
                kind: postgresql
                host: localhost
                database: shop
                user: app
                password: {none: true}
                replicas:
                  sticky-after-write: 2h
                  servers:
                    - host: far.example.com
                    - host: localhost
                    - {host: localhost, port: 0}
                    - {port: 6001}
                    - {host: localhost, port: 6002, password: hunter2}
                    - {host: localhost, port: 6003, pool: {size: 3}}
                    - {host: localhost, port: 6003}
                """);
        conf.write(
                "connections/none.yaml",
                "kind: sqlite\ndatabase: a.db\nreplicas: {servers: [{database: b.db, user: x}]}\n");
        conf.write(
                "connections/empty.yaml",
                "kind: sqlite\ndatabase: a.db\nreplicas: {servers: []}\n");

        assertThat(conf.problems())
                .anySatisfy(p -> place(p, "shop.yaml:7:23: 2h is out of range: 0 to 1h"))
                .anySatisfy(p -> place(p, "shop.yaml:9:13: the replica is not on this machine"))
                .anySatisfy(p -> place(p, "shop.yaml:10:13: the connection has this server"))
                .anySatisfy(p -> place(p, "shop.yaml:11:31: 0 is out of range: 1 to 65535"))
                .anySatisfy(p -> place(p, "shop.yaml:12:7: \"host\" is missing"))
                .anySatisfy(p -> place(p, "shop.yaml:13:47: a password is never written"))
                .anySatisfy(p -> place(p, "shop.yaml:14:37: unknown key \"pool\""))
                .anySatisfy(p -> place(p, "shop.yaml:15:14: the connection has this server"))
                .anySatisfy(p -> place(p, "none.yaml:3:45: kind sqlite takes neither user"))
                .anySatisfy(p -> place(p, "empty.yaml:3:11: name the servers"));
    }
}
