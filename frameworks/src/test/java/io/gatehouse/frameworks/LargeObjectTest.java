package io.gatehouse.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.frameworks.Library.Scan;
import io.gatehouse.server.testing.TestBroker;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

import org.hibernate.SessionFactory;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;

/** What a policy must allow to Hibernate's large objects on PostgreSQL, and how to need none. */
final class LargeObjectTest {
    private static final String THREE =
            """
            policy: 1
            default: allow
            rules:
              - name: large-objects
                match: {functions: [lo_from_bytea, lo_put, lo_get]}
                decide: allow
              - name: no-dangerous-functions
                match: {facts: [dangerous-function]}
                unless: {functions: [lo_from_bytea, lo_put, lo_get]}
                decide: deny
                reason: no other function of the kind is needed
                way-forward: leave it out
            """;

    @Entity(name = "Picture")
    static class Picture {
        @Id int id;

        @JdbcTypeCode(SqlTypes.LONG32VARBINARY)
        byte[] bytes;

        Picture() {}

        Picture(int id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }
    }

    /** Its product is named, so that it need not ask. */
    private static SessionFactory factory(TestBroker broker, Class<?> entity) {
        return new Configuration()
                .addAnnotatedClass(entity)
                .setProperty(JdbcSettings.JAKARTA_JDBC_URL, broker.url("orders"))
                .setProperty(JdbcSettings.JAKARTA_JDBC_USER, TestBroker.USER)
                .setProperty(JdbcSettings.JAKARTA_JDBC_PASSWORD, TestBroker.PASSWORD)
                .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false")
                .setProperty(JdbcSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL")
                .setProperty(SchemaToolingSettings.HBM2DDL_AUTO, "create-only")
                .buildSessionFactory();
    }

    private static TestBroker serving(TestBroker broker) throws Exception {
        return broker.serve("orders", BothWays.renewed(Product.POSTGRESQL), 2);
    }

    @Test
    void aLargeObjectIsRefusedAtFirst() throws Exception {
        try (TestBroker broker = serving(TestBroker.withDefaultPolicy());
                SessionFactory factory = factory(broker, Scan.class)) {
            assertThatThrownBy(() -> factory.inTransaction(session -> session.persist(scan())))
                    .hasStackTraceContaining("no-dangerous-functions");
        }
    }

    @Test
    void threeFunctionsAreEnough() throws Exception {
        try (TestBroker broker = serving(TestBroker.with(THREE));
                SessionFactory factory = factory(broker, Scan.class)) {
            factory.inTransaction(session -> session.persist(scan()));
            factory.inTransaction(session ->
                    assertThat(session.find(Scan.class, 1).picture).isEqualTo(scan().picture));
        }
    }

    private static Scan scan() {
        return new Scan(1, 100_000);
    }

    @Test
    void aPlainColumnNeedsNone() throws Exception {
        byte[] bytes = new byte[100_000];
        bytes[77] = 77;
        try (TestBroker broker = serving(TestBroker.withDefaultPolicy());
                SessionFactory factory = factory(broker, Picture.class)) {
            factory.inTransaction(session -> session.persist(new Picture(1, bytes)));
            factory.inTransaction(session -> {
                assertThat(session.find(Picture.class, 1).bytes).isEqualTo(bytes);
                assertThat(
                                session.createNativeQuery(
                                                "select pg_typeof(bytes) || '' from Picture",
                                                String.class)
                                        .getSingleResult())
                        .isEqualTo("bytea");
            });
        }
    }
}
