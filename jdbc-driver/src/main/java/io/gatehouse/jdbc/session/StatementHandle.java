package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.CallParameter;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One text that the broker knows, or will know with its first use, by a number. */
public final class StatementHandle {
    private static final int NOWHERE = -1;

    private final int id;
    private final String sql;
    private final int flags;
    private final int keys;
    private final List<String> keyColumns;
    private final boolean redefines;

    private volatile List<CallParameter> signature = List.of();
    private volatile List<CallParameter> signed = List.of();
    private volatile int preparedIn = NOWHERE;
    private volatile int knownIn = NOWHERE;
    private volatile @Nullable List<Column> lastRows;
    private volatile @Nullable List<Column> lastKeys;

    /**
     * A text; nothing is sent yet.
     *
     * @param id a number from {@link Session#newStatementId}; a later handle may take it over
     * @param flags {@link Request.Prepare#DIRECT} and its like
     * @param keys 0 no generated keys, 1 the backend's choice, 2 the names of {@code keyColumns}, 3
     *     their numbers
     */
    public StatementHandle(int id, String sql, int flags, int keys, List<String> keyColumns) {
        this.id = id;
        this.sql = sql;
        this.flags = flags;
        this.keys = keys;
        this.keyColumns = List.copyOf(keyColumns);
        this.redefines = Wording.mayRedefine(sql);
    }

    /** Whether it may change what the backend's metadata tells. */
    boolean mayRedefine() {
        return redefines;
    }

    /** The statement's number. */
    public int id() {
        return id;
    }

    /** Whether another handle would be prepared to the same effect. */
    public boolean isLike(StatementHandle other) {
        return sql.equals(other.sql)
                && flags == other.flags
                && keys == other.keys
                && keyColumns.equals(other.keyColumns);
    }

    /** Whether it is a callable statement. */
    public boolean isCall() {
        return (flags & Request.Prepare.CALL) != 0;
    }

    /** The columns of its last result, null before there was one. */
    public @Nullable List<Column> lastColumns() {
        return lastRows;
    }

    /** Says what its parameters are from the next execution on. */
    public void signature(List<CallParameter> parameters) {
        signature = List.copyOf(parameters);
    }

    /** What the broker of that epoch does not know of its parameters; null where it knows all. */
    @Nullable List<CallParameter> unsigned(int epoch) {
        List<CallParameter> wanted = signature;
        return wanted.equals(isPrepared(epoch) ? signed : List.of()) ? null : wanted;
    }

    String sql() {
        return sql;
    }

    /** Whether the broker of that epoch knows it. */
    boolean isPrepared(int epoch) {
        return preparedIn == epoch;
    }

    void prepared(int epoch) {
        preparedIn = epoch;
        knownIn = epoch;
        signed = signature;
    }

    /** It is to be prepared again at its next use. */
    void doubted() {
        preparedIn = NOWHERE;
    }

    /** Whether the broker may keep something under its number, even after it has failed. */
    boolean isKnown(int epoch) {
        return knownIn == epoch;
    }

    void forgotten() {
        preparedIn = NOWHERE;
        knownIn = NOWHERE;
    }

    Request.Prepare prepare() {
        return new Request.Prepare(id, flags, sql, keys, keyColumns);
    }

    @Nullable List<Column> last(boolean ofKeys) {
        return ofKeys ? lastKeys : lastRows;
    }

    void last(boolean ofKeys, List<Column> columns) {
        if (ofKeys) {
            lastKeys = columns;
        } else {
            lastRows = columns;
        }
    }
}
