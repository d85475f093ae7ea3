package io.gatehouse.server.session;

import io.gatehouse.server.kind.Isolation;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The modes behind BEGIN, START TRANSACTION and SET TRANSACTION.
 *
 * @param unsupported what the broker cannot carry out over a JDBC connection, or null
 */
record TransactionOptions(
        @Nullable Isolation isolation, @Nullable Boolean readOnly, @Nullable String unsupported) {

    static TransactionOptions parse(String options) {
        String text = options.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s,]+", " ");
        Isolation isolation = null;
        for (Isolation level : Isolation.values()) {
            if (text.contains("ISOLATION LEVEL " + level.sql())) {
                isolation = level;
            }
        }
        Boolean readOnly = null;
        if (text.contains("READ ONLY")) {
            readOnly = true;
        } else if (text.contains("READ WRITE")) {
            readOnly = false;
        }
        String rest = text.replace("NOT DEFERRABLE", "");
        String unsupported = null;
        if (rest.contains("DEFERRABLE")) {
            unsupported = "DEFERRABLE";
        } else if (rest.contains("SNAPSHOT")) {
            unsupported = "SNAPSHOT";
        }
        return new TransactionOptions(isolation, readOnly, unsupported);
    }

    /** What a session carries that begins its transactions so from now on. */
    CarriedState over(CarriedState carried) {
        CarriedState leveled = isolation == null ? carried : carried.withIsolation(isolation);
        return readOnly == null ? leveled : leveled.withReadOnly(readOnly);
    }
}
