package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.kind.Kind;

/** Explains why PostgreSQL's catalog, which its clients like to read, is not found elsewhere. */
final class ForeignCatalog {
    private static final String CATALOG = "pg_catalog.";

    private ForeignCatalog() {}

    /** What a client is told whose statement failed, or was refused. */
    static Fault explained(Kind kind, String sql, Fault fault) {
        boolean asks = kind.dialect() != Dialect.POSTGRESQL && sql.contains(CATALOG);
        return asks && isOfStatement(fault.sqlState())
                ? PlainFaults.noCatalog(kind.name(), fault.message())
                : fault;
    }

    /** Whether it is the statement's own fault, and not the connection's or a limit's. */
    private static boolean isOfStatement(String sqlState) {
        return switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
            case "08", "40", "53", "54", "57", "XX" -> false;
            default -> true;
        };
    }
}
