package io.gatehouse.server.testing;

import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.session.SessionView;

import java.util.ArrayDeque;
import java.util.List;

/** Keeps the latest statements that were put on record. Thread-safe. */
final class Recorded implements Ledger {
    private static final int MOST = 10_000;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    synchronized void forget() {
        entries.clear();
    }

    @Override
    public synchronized void statement(Entry entry) {
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    @Override
    public void opened(SessionView session) {}

    @Override
    public void closed(SessionView session) {}
}
