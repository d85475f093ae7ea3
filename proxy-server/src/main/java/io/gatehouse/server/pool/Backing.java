package io.gatehouse.server.pool;

import io.gatehouse.server.kind.Carrying;
import io.gatehouse.server.kind.Isolation;
import io.gatehouse.server.kind.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What is known about one backend connection for as long as it is open. Used by one lease at a
 * time. Never refers to the connection itself.
 */
final class Backing {
    private final Kind kind;
    private final @Nullable RowTap tap;
    private final @Nullable Socket socket;
    private final Map<Class<?>, Attachment> attachments = new HashMap<>();

    private final @Nullable Executor loop;
    private final long opened;
    private long lastAnswer;
    private CarriedState applied = CarriedState.PRISTINE;
    private boolean appliedIsKnown = true;
    private boolean spent;

    // What the driver's setters replaced first; captured then, not at opening, to save round trips.
    private @Nullable Isolation pristineIsolation;
    private @Nullable String pristineCatalog;
    private @Nullable String pristineSchema;

    /**
     * @param socket null where the driver closes its own without waiting
     * @param now as {@link System#nanoTime()}
     */
    Backing(Kind kind, @Nullable RowTap tap, @Nullable Socket socket, long now) {
        this.kind = kind;
        this.tap = tap;
        this.socket = socket;
        this.loop = tap == null ? null : tap.loop();
        this.opened = now;
        this.lastAnswer = now;
    }

    /** When the connection was opened. */
    long opened() {
        return opened;
    }

    /** The loop that watches the connection's socket; null where none does. */
    @Nullable Executor loop() {
        return loop;
    }

    void answered(long now) {
        lastAnswer = now;
    }

    /** When the connection was last known to be alive. */
    long lastAnswer() {
        return lastAnswer;
    }

    /** Closes the connection's socket where it is known. Any thread; does not block. */
    void cutOff() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    @Nullable RowTap tap() {
        return tap;
    }

    <T extends Attachment> T attachment(Class<T> type, Supplier<T> maker) {
        Attachment known = attachments.get(type);
        if (known == null) {
            known = maker.get();
            attachments.put(type, known);
        }
        return type.cast(known);
    }

    /** No reset undoes what was done on the connection. */
    void spend() {
        spent = true;
    }

    boolean spent() {
        return spent;
    }

    void returned() {
        for (Attachment each : attachments.values()) {
            // Asked first: what is returned forgets it.
            spent |= each.spoilt();
            each.returned();
        }
    }

    /** The full reset ran: the connection is as it was when it was opened. */
    void wasReset() {
        applied = CarriedState.PRISTINE;
        appliedIsKnown = true;
        attachments.values().forEach(Attachment::wasReset);
    }

    /** What was applied may have been undone; the next {@link #apply} sets everything. */
    void doubtApplied() {
        appliedIsKnown = false;
    }

    CarriedState applied() {
        return applied;
    }

    /** The connection has this state by the client's own statement. */
    void assume(CarriedState state) {
        applied = state;
    }

    /** Whether a plain CREATE makes something temporary, as in PostgreSQL's schema of that name. */
    boolean createsTemporary() {
        return "pg_temp".equalsIgnoreCase(applied.schema());
    }

    /** Whether {@link #apply} would send anything. */
    @SuppressWarnings("ReferenceEquality") // most often it is the very same
    boolean differs(CarriedState wanted) {
        return !appliedIsKnown || (applied != wanted && !applied.equals(wanted));
    }

    /** Makes the connection's state the wanted one. */
    void apply(Connection connection, CarriedState wanted) throws SQLException {
        if (!differs(wanted)) {
            return;
        }
        List<String> statements = new ArrayList<>();
        // A reset may take with it what is carried by another name, as RESET timezone does.
        boolean all = forget(wanted, statements) || !appliedIsKnown;
        // Whatever fails below leaves the state in doubt.
        appliedIsKnown = false;
        collectIsolation(connection, wanted, all, statements);
        if (all || wanted.readOnly() != applied.readOnly()) {
            String sql = kind.carrying().readOnly(wanted.readOnly());
            if (sql.isEmpty()) {
                connection.setReadOnly(wanted.readOnly());
            } else {
                statements.add(sql);
            }
        }
        collectPlace(connection, wanted, all, statements);
        collectTexts(wanted, all, statements);
        run(connection, statements);
        applied = wanted;
        appliedIsKnown = true;
    }

    private boolean forget(CarriedState wanted, List<String> statements) {
        List<String> gone =
                applied.settings().keySet().stream()
                        .filter(name -> !wanted.settings().containsKey(name))
                        .toList();
        gone.forEach(name -> add(statements, kind.carrying().pristineSetting(name)));
        return !gone.isEmpty();
    }

    private void collectIsolation(
            Connection connection, CarriedState wanted, boolean all, List<String> statements)
            throws SQLException {
        Isolation level = wanted.isolation();
        if (!all && level == applied.isolation()) {
            return;
        }
        String sql =
                level == null
                        ? kind.carrying().pristineIsolation()
                        : kind.carrying().isolation(level);
        if (!sql.isEmpty()) {
            statements.add(sql);
            return;
        }
        if (pristineIsolation == null) {
            if (level == null) {
                return;
            }
            pristineIsolation = byNumber(connection.getTransactionIsolation());
        }
        connection.setTransactionIsolation((level == null ? pristineIsolation : level).jdbc());
    }

    private static Isolation byNumber(int jdbc) {
        for (Isolation level : Isolation.values()) {
            if (level.jdbc() == jdbc) {
                return level;
            }
        }
        // SQL Server's snapshot, or none at all: the nearest that every kind has.
        return Isolation.SERIALIZABLE;
    }

    private void collectPlace(
            Connection connection, CarriedState wanted, boolean all, List<String> statements)
            throws SQLException {
        if (all || !Objects.equals(wanted.catalog(), applied.catalog())) {
            if (pristineCatalog == null && wanted.catalog() != null) {
                pristineCatalog = connection.getCatalog();
            }
            String catalog = wanted.catalog() == null ? pristineCatalog : wanted.catalog();
            if (catalog != null) {
                connection.setCatalog(catalog);
            }
        }
        if (!all && Objects.equals(wanted.schema(), applied.schema())) {
            return;
        }
        Carrying carrying = kind.carrying();
        String schema = wanted.schema();
        String sql = schema == null ? carrying.pristineSchema() : carrying.schema(schema);
        if (!sql.isEmpty()) {
            statements.add(sql);
            return;
        }
        if (pristineSchema == null && schema != null) {
            pristineSchema = connection.getSchema();
        }
        String place = schema == null ? pristineSchema : schema;
        if (place != null) {
            connection.setSchema(place);
        }
    }

    private void collectTexts(CarriedState wanted, boolean all, List<String> statements) {
        Carrying carrying = kind.carrying();
        if (all || !wanted.applicationName().equals(applied.applicationName())) {
            add(
                    statements,
                    wanted.applicationName().isEmpty()
                            ? carrying.pristineApplicationName()
                            : carrying.applicationName(wanted.applicationName()));
        }
        String zone = wanted.timeZone();
        if (all || !Objects.equals(zone, applied.timeZone())) {
            add(statements, zone == null ? carrying.pristineTimeZone() : carrying.timeZone(zone));
        }
        // A setting by name has the last word over what is carried for the same thing.
        boolean again = all || !statements.isEmpty();
        wanted.settings()
                .forEach((name, value) -> {
                    if (again || !value.equals(applied.settings().get(name))) {
                        add(statements, carrying.setting(name, value));
                    }
                });
    }

    private static void add(List<String> statements, String sql) {
        if (!sql.isEmpty()) {
            statements.add(sql);
        }
    }

    private void run(Connection connection, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (kind.carrying().joined()) {
                statement.execute(String.join("; ", statements));
            } else {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }
}
