package io.gatehouse.server.session;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The prepared statements and portals of a plain client, by name; the empty name may be taken again
 * and again. Owned by the event loop.
 */
final class PlainNames {
    private final int limit;
    private final long mostBytes;
    private long bytes;
    private final Map<String, PlainStatement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    /**
     * @param limit of statements, and of portals
     * @param mostBytes of all of them together, about
     */
    PlainNames(int limit, long mostBytes) {
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    /** Why a statement of that name cannot be made; null when it can. */
    @Nullable Fault refuseStatement(String name) {
        if (!name.isEmpty() && statements.containsKey(name)) {
            return PlainFaults.statementExists(name);
        }
        return statements.size() < limit && bytes < mostBytes ? null : full("prepared statements");
    }

    /** Why a portal of that name cannot be made; null when it can. */
    @Nullable Fault refusePortal(String name) {
        if (!name.isEmpty() && portals.containsKey(name)) {
            return PlainFaults.portalExists(name);
        }
        return portals.size() < limit && bytes < mostBytes ? null : full("portals");
    }

    private Fault full(String what) {
        return PlainFaults.tooManyNames(what, limit, mostBytes);
    }

    @Nullable PlainStatement statement(String name) {
        return statements.get(name);
    }

    void put(String name, PlainStatement statement) {
        removeStatement(name);
        statements.put(name, statement);
        bytes += weight(statement);
    }

    /** Whether there was one. */
    boolean removeStatement(String name) {
        PlainStatement old = statements.remove(name);
        bytes -= old == null ? 0 : weight(old);
        return old != null;
    }

    void removeStatements() {
        List.copyOf(statements.keySet()).forEach(this::removeStatement);
    }

    /**
     * DEALLOCATE.
     *
     * @param text the statement
     * @return why not, or null
     */
    @Nullable Fault deallocate(String text) {
        if (Tags.all(text)) {
            removeStatements();
            return null;
        }
        String rest = text.strip();
        String name = rest.substring(rest.lastIndexOf(' ') + 1);
        String folded =
                name.startsWith("\"")
                        ? ServerParameters.unquoted(name)
                        : name.toLowerCase(Locale.ROOT);
        return removeStatement(folded) ? null : Faults.unknownStatement(folded);
    }

    @Nullable Portal portal(String name) {
        return portals.get(name);
    }

    void put(String name, Portal portal) {
        removePortal(name);
        portals.put(name, portal);
        bytes += Weight.of(portal.parameters);
    }

    @Nullable Portal removePortal(String name) {
        Portal old = portals.remove(name);
        bytes -= old == null ? 0 : Weight.of(old.parameters);
        return old;
    }

    /** Takes all portals away. */
    List<Portal> removePortals() {
        List<Portal> all = List.copyOf(portals.values());
        List.copyOf(portals.keySet()).forEach(this::removePortal);
        return all;
    }

    private static long weight(PlainStatement statement) {
        return 2L * statement.text().sql().length();
    }
}
