package io.gatehouse.server.differential;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.DynamicTest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The programs of this package for databases that other packages start. */
public final class Differential {
    private final TestBroker broker;
    private final String name;
    private final Direct direct;
    private final Flavor flavor;

    /** Connects past the broker with the vendor's driver. */
    public interface Direct {
        Connection open() throws SQLException;
    }

    private Differential(TestBroker broker, String name, Direct direct, Flavor flavor) {
        this.broker = broker;
        this.name = name;
        this.direct = direct;
        this.flavor = flavor;
    }

    /** For MySQL, which the broker serves by this name. */
    public static Differential mysql(TestBroker broker, String name, Direct direct) {
        return new Differential(broker, name, direct, Flavor.mysql());
    }

    /** For SQL Server, which the broker serves by this name. */
    public static Differential sqlServer(TestBroker broker, String name, Direct direct) {
        return new Differential(broker, name, direct, Flavor.sqlserver());
    }

    /** Makes the tables, and then every program as a test. */
    public Stream<DynamicTest> tests() {
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("set up", this::setUp)),
                Probes.all(flavor).entrySet().stream()
                        .map(program ->
                                DynamicTest.dynamicTest(
                                        program.getKey(),
                                        () -> same(program.getKey(), program.getValue()))));
    }

    private void setUp() throws SQLException {
        try (Connection c = direct.open();
                Statement s = c.createStatement()) {
            s.execute("drop table if exists probe");
            s.execute("drop table if exists keyed");
            for (String sql : flavor.setUp()) {
                s.execute(sql);
            }
        }
    }

    private void same(String what, Transcript.Probe program) throws SQLException {
        List<Transcript.Line> expected;
        try (Connection c = direct.open()) {
            Probes.clean(c);
            expected = Transcript.of(c, program);
        }
        try (Connection c = direct.open()) {
            Probes.clean(c);
        }
        try (Connection c = broker.connect(name)) {
            Comparison.same(name + "/" + what, expected, Transcript.of(c, program));
        }
    }
}
