package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ordinary applications do, written once and run both ways. */
final class Probes {
    private Probes() {}

    /** Every program by name; each is run on freshly cleaned tables. */
    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.putAll(ValueProbes.all(flavor));
        probes.putAll(TimeProbes.all(flavor));
        probes.putAll(StatementProbes.all(flavor));
        probes.putAll(UpdateProbes.all(flavor));
        probes.putAll(TransactionProbes.all(flavor));
        probes.putAll(CatalogProbes.all(flavor));
        probes.putAll(ScrollProbes.all());
        probes.putAll(EditProbes.all());
        probes.putAll(ArrayProbes.all());
        probes.putAll(ElementProbes.all());
        probes.putAll(RareProbes.all());
        probes.putAll(AbilityProbes.all());
        probes.putAll(MethodProbes.all());
        probes.putAll(ClosedProbes.all());
        return probes;
    }

    /** Undoes what a program left behind, also one that failed. */
    static void clean(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.executeUpdate("delete from probe where id > 900");
            s.executeUpdate("delete from keyed");
        }
    }
}
