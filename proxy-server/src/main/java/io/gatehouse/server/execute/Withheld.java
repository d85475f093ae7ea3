package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a client hears of errors and warnings of a statement that comes near a masked column:
 * everything but the server's words, which may quote a value.
 */
record Withheld(Dialect dialect) {
    /** Classes whose words say nothing of any row. */
    private static final Set<String> SAFE_CLASSES = Set.of("08", "25", "40", "53", "55", "57");

    /** Of MySQL and MariaDB: names of tables and columns that are not there. */
    private static final Set<String> SAFE_STATES = Set.of("42S02", "42S22");

    private static final String SAFE_FIELDS = "SPstcdnFLR";

    /** The same fault, without what may quote a value. */
    Fault of(Fault fault) {
        Fault next = fault.next() == null ? null : of(fault.next());
        if (safe(fault)) {
            return new Fault(
                    fault.kind(),
                    fault.sqlState(),
                    fault.vendorCode(),
                    fault.message(),
                    fault.hint(),
                    fields(fault),
                    next);
        }
        return new Fault(
                fault.kind(),
                fault.sqlState(),
                fault.vendorCode(),
                "the database's message is withheld, because the statement comes near a masked"
                        + " column and the message may quote it",
                "The SQLSTATE says what kind of error it is.",
                fields(fault),
                next);
    }

    private boolean safe(Fault fault) {
        String state = fault.sqlState();
        if (state.length() == 5 && SAFE_CLASSES.contains(state.substring(0, 2))) {
            return true;
        }
        return switch (dialect) {
            // It has a position where the text itself is at fault, before any row is read.
            case POSTGRESQL -> state.startsWith("42") && fault.fields().containsKey('P');
            case MYSQL, MARIADB -> SAFE_STATES.contains(state);
            case SQLSERVER, ORACLE, H2, SQLITE -> false;
        };
    }

    private static Map<Character, String> fields(Fault fault) {
        Map<Character, String> fields = new TreeMap<>();
        fault.fields()
                .forEach((letter, value) -> {
                    if (SAFE_FIELDS.indexOf(letter) >= 0) {
                        fields.put(letter, value);
                    }
                });
        return Map.copyOf(fields);
    }

    static Fault of(@Nullable Withheld withheld, Fault fault) {
        return withheld == null ? fault : withheld.of(fault);
    }
}
