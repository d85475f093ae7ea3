package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a connection tells of its database. */
final class CatalogProbes {
    private CatalogProbes() {}

    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("product", CatalogProbes::product);
        probes.put("tables", CatalogProbes::tables);
        return probes;
    }

    private static void product(Connection c, Transcript t) throws SQLException {
        DatabaseMetaData data = c.getMetaData();
        t.note("product", data.getDatabaseProductName());
        t.note("version", data.getDatabaseProductVersion());
        t.note("major", data.getDatabaseMajorVersion());
        t.note("minor", data.getDatabaseMinorVersion());
        t.note("quote", data.getIdentifierQuoteString());
        t.note("upper", data.storesUpperCaseIdentifiers());
        t.note("lower", data.storesLowerCaseIdentifiers());
        t.note("savepoints", data.supportsSavepoints());
        t.note("batches", data.supportsBatchUpdates());
        t.note("keys", data.supportsGetGeneratedKeys());
        t.note("transactions", data.supportsTransactions());
        t.note("isolation", data.getDefaultTransactionIsolation());
        t.value("keywords", data::getSQLKeywords);
        t.note("functions", data.getNumericFunctions());
        t.note("length", data.getMaxColumnNameLength());
        t.note("schema term", data.getSchemaTerm());
        t.note("catalog term", data.getCatalogTerm());
        t.note("escape", data.getSearchStringEscape());
        t.note("holdability", c.getHoldability());
    }

    private static void tables(Connection c, Transcript t) throws SQLException {
        DatabaseMetaData data = c.getMetaData();
        String table = data.storesUpperCaseIdentifiers() ? "PROBE" : "probe";
        String place = c.getCatalog();
        everything(t, "types", data.getTableTypes());
        everything(t, "tables", data.getTables(place, null, table, null));
        everything(t, "tables of a type", data.getTables(place, null, table, types()));
        everything(t, "columns", data.getColumns(place, null, table, null));
        everything(t, "keys", data.getPrimaryKeys(place, null, table));
        everything(t, "indexes", data.getIndexInfo(place, null, table, false, true));
        everything(t, "imported", data.getImportedKeys(place, null, table));
        everything(t, "type info", data.getTypeInfo());
        t.metadata("of columns", data.getColumns(place, null, table, null).getMetaData());
    }

    private static String[] types() {
        return new String[] {"TABLE", "BASE TABLE"};
    }

    private static void everything(Transcript t, String what, ResultSet rows) throws SQLException {
        try (rows) {
            t.rows(what, rows);
        }
    }
}
