package io.gatehouse.server.differential;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.DynamicTest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The programs of this package, run on one database directly and through the broker. */
public final class Differential {
    private final String name;
    private final Door direct;
    private final Door through;
    private final Flavor flavor;

    /** A way to a database. */
    public interface Door {
        Connection open() throws SQLException;
    }

    /**
     * @param name how the known differences call the way through the broker
     */
    Differential(String name, Door direct, Door through, Flavor flavor) {
        this.name = name;
        this.direct = direct;
        this.through = through;
        this.flavor = flavor;
    }

    /** For MySQL, which the broker serves by this name. */
    public static Differential mysql(TestBroker broker, String name, Door direct) {
        return new Differential(name, direct, () -> broker.connect(name), Flavor.mysql());
    }

    /** For SQL Server, which the broker serves by this name. */
    public static Differential sqlServer(TestBroker broker, String name, Door direct) {
        return new Differential(name, direct, () -> broker.connect(name), Flavor.sqlserver());
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
        try (Connection c = through.open()) {
            Comparison.same(name + "/" + what, expected, Transcript.of(c, program));
        }
    }
}
