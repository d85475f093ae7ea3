package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * What pgjdbc asked for, so that each answer finds its question: which statement a RowDescription
 * describes, and which statement's rows come when pgjdbc, knowing the description, did not ask.
 */
final class TapRequests {
    /** Ends what the server answers up to a ReadyForQuery. */
    private static final String SYNC = "\0sync";

    private static final String SIMPLE_QUERY = "\0query";

    private final ArrayDeque<String> asked = new ArrayDeque<>();
    private final Map<String, TapFields> described = new HashMap<>();
    private @Nullable String bound;
    private @Nullable TapFields current;

    void forgetBound() {
        bound = null;
        current = null;
    }

    void bind(String statement) {
        bound = statement;
    }

    void describePortal() {
        asked.add(bound == null ? "" : bound);
    }

    void describeStatement(String name) {
        asked.add(name);
    }

    void closeStatement(String name) {
        described.remove(name);
    }

    void sync() {
        asked.add(SYNC);
    }

    void simpleQuery() {
        asked.add(SIMPLE_QUERY);
    }

    void description(TapFields fields) {
        current = fields;
        String head = asked.peek();
        if (head != null && !head.equals(SYNC) && !head.equals(SIMPLE_QUERY)) {
            asked.poll();
            described.put(head, fields);
        }
    }

    void noData() {
        String head = asked.peek();
        if (head != null && !head.equals(SYNC) && !head.equals(SIMPLE_QUERY)) {
            asked.poll();
        }
    }

    void ready() {
        // After an error the server answers nothing up to the Sync.
        String head = asked.poll();
        while (head != null && !head.equals(SYNC) && !head.equals(SIMPLE_QUERY)) {
            head = asked.poll();
        }
    }

    /** What describes the rows that come now; null when that is not known. */
    @Nullable TapFields current() {
        if (current == null && bound != null) {
            current = described.get(bound);
        }
        return current;
    }
}
