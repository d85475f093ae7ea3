package io.gatehouse.server.session;

import io.gatehouse.server.execute.Column;
import io.gatehouse.server.execute.ParameterInfo;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.FaultClass;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.ValueFaults;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.DataRowWriter;
import io.gatehouse.server.wire.Formats;
import io.gatehouse.server.wire.Transcoder;
import io.gatehouse.server.wire.Types;

import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The answer to one statement of a plain PostgreSQL client. A row-limited portal uses one answer
 * for all its executions.
 */
final class PlainReply extends WriterReply {
    /** More rows than any result has. */
    private static final long ALL = Long.MAX_VALUE / 2;

    private final SessionLimits limits;
    private final PlainTypes types;
    private final ZoneId zone;
    private final Shape shape;
    private final Ending ending;
    private boolean describe;
    private boolean described;
    private boolean hadRows;
    private int results;
    private long sent;
    private long changed;
    private long limit;
    private boolean stopsInTransaction;
    private @Nullable Describing describing;
    private @Nullable DataRowWriter writer;
    private List<Column> columns = List.of();
    private int[] binaryTexts = {};
    private List<ParameterInfo> parameters = List.of();
    private @Nullable List<Backend.Field> fields;
    private boolean cut;
    private @Nullable Fault failure;
    private boolean repeatable;
    private UnaryOperator<Fault> explanation = UnaryOperator.identity();
    private AtomicReference<List<Integer>> shown = new AtomicReference<>(List.of());

    /** How an answer, or one execution of a portal, came to its end. */
    enum End {
        DONE,
        SUSPENDED,
        FAILED
    }

    /** Told on the event loop when nothing more comes. */
    interface Ending {
        void ended(PlainReply reply, End end);
    }

    /** The tag of CommandComplete. */
    interface Tag {
        /**
         * @param rows sent by this execution, or changed
         */
        String of(long rows, boolean hadRows);
    }

    /**
     * What the answer looks like.
     *
     * @param formats of the columns
     * @param describe whether RowDescription or NoData comes first
     * @param several whether one statement may have several results, as in a simple query
     * @param tag null where nothing is said at a good end
     */
    record Shape(Formats formats, boolean describe, boolean several, @Nullable Tag tag) {
        /** Nothing is answered unless it fails. */
        static final Shape SILENT = new Shape(Formats.TEXT, false, false, null);

        /** All rows as text, described; the tag is the statement's. */
        static final Shape SIMPLE = new Shape(Formats.TEXT, true, true, null);
    }

    PlainReply(
            SessionContext session,
            PlainTypes types,
            ZoneId zone,
            Shape shape,
            Runnable onWait,
            Ending ending) {
        super(session.client(), new Demand(ALL, session.client()::isWritable), onWait);
        this.limits = session.limits();
        this.types = types;
        this.zone = zone;
        this.shape = shape;
        this.describe = shape.describe();
        this.ending = ending;
    }

    /** What a description tells: of a statement with its parameters, or of a portal without. */
    interface Describing {
        /** The types of the parameters; null where they are not told. */
        @Nullable List<Integer> types(List<ParameterInfo> found);
    }

    /** What it failed with, if it did. */
    @Nullable Fault failure() {
        return failure;
    }

    /** Makes this the answer to Describe. */
    void describes(Describing what) {
        describing = what;
    }

    /** Puts messages in front of what is written next. */
    void begin(List<Backend> before) {
        before.forEach(this::add);
        sent = 0;
        cut = false;
    }

    /**
     * Asks for at most so many rows now; 0 for all.
     *
     * @param suspends whether the cursor waits for more, as it can inside a transaction
     */
    void ask(int maxRows, boolean suspends) {
        limit = maxRows == 0 ? 0 : maxRows;
        stopsInTransaction = suspends && limit > 0;
        demand().spend(demand().left());
        demand().grant(stopsInTransaction ? limit : ALL);
    }

    @Override
    public int largestRow() {
        return limits.row();
    }

    @Override
    long cost(Backend.Rows rows) {
        return 0;
    }

    @Override
    boolean wantsNext() {
        sent++;
        demand().spend(1);
        return demand().wanted();
    }

    @Override
    public void columns(Kind kind, boolean fullDetail, List<Column> all) {
        if (results++ > 0) {
            nextResult();
        }
        List<Integer> before = describe || describing != null ? List.of() : shown.get();
        if (!before.isEmpty() && before.size() != all.size()) {
            throw new GatehouseException(stale());
        }
        if (!shape.formats().fits(all.size())) {
            throw new GatehouseException(
                    Faults.protocolViolation(
                            "bind message has "
                                    + shape.formats().binary().size()
                                    + " result formats but query has "
                                    + all.size()
                                    + " columns"));
        }
        List<Backend.Field> told = new ArrayList<>(all.size());
        int[] ids = new int[all.size()];
        boolean[] binary = new boolean[all.size()];
        int[] texts = new int[all.size()];
        for (int i = 0; i < ids.length; i++) {
            Column column = all.get(i);
            binary[i] = shape.formats().isBinary(i);
            told.add(types.field(column, binary[i]));
            ids[i] = told.get(i).type();
            if (binary[i] && Transcoder.knows(ids[i])) {
                // The writer takes the finished bytes of such a value, as it does those of a bytea.
                texts[i] = ids[i];
                ids[i] = Types.BYTEA;
            } else if (binary[i] && !PlainTypes.hasBinary(ids[i])) {
                throw new GatehouseException(
                        ValueFaults.noBinaryColumn(column.label(), column.typeName()));
            }
        }
        List<Integer> now = told.stream().map(Backend.Field::type).toList();
        if (describing != null) {
            shown.set(now);
            fields = told;
            return;
        }
        if (!before.isEmpty() && !before.equals(now)) {
            throw new GatehouseException(stale());
        }
        shown.set(now);
        if (describe) {
            add(new Backend.RowDescription(told));
            described = true;
        }
        hadRows = true;
        DataRowWriter made = new DataRowWriter(ids, binary, zone, limits.chunk(), limits.row());
        writer = made;
        columns = all;
        binaryTexts = texts;
        start(made);
    }

    /** How a failure is told to the client. */
    void explains(UnaryOperator<Fault> how) {
        explanation = how;
    }

    /** What the client knows of the columns of its statement, which these answers hold to. */
    void shows(AtomicReference<List<Integer>> columns, boolean mayRepeat) {
        shown = columns;
        repeatable = mayRepeat;
    }

    /**
     * As the server says it. It also names the place in the server by which drivers know that they
     * may try again, but only where that does no harm: here the statement has run.
     */
    private Fault stale() {
        return new Fault(
                FaultClass.FEATURE_NOT_SUPPORTED,
                "0A000",
                0,
                "cached plan must not change result type",
                "",
                repeatable ? Map.of('R', "RevalidateCachedQuery") : Map.of(),
                null);
    }

    @Override
    public void text(String value) {
        DataRowWriter current = writer;
        int type = current == null ? 0 : binaryTexts[current.column()];
        if (current == null || type == 0) {
            super.text(value);
            return;
        }
        Column column = columns.get(current.column());
        bytes(
                Transcoder.binary(type, value)
                        .orElseThrow(() ->
                                new GatehouseException(
                                        ValueFaults.noBinaryValue(
                                                column.label(), column.typeName()))));
    }

    /** A procedure may bring several results; PostgreSQL's extended protocol has one only. */
    private void nextResult() {
        if (!shape.several()) {
            throw new GatehouseException(
                    Faults.notSupported("a statement with several results as a prepared one"));
        }
        complete();
        sent = 0;
        changed = 0;
        hadRows = false;
        described = false;
    }

    private void description(Describing what) {
        List<Integer> ids = what.types(parameters);
        if (ids != null) {
            add(new Backend.ParameterDescription(ids));
        }
        List<Backend.Field> known = fields;
        add(known == null ? new Backend.NoData() : new Backend.RowDescription(known));
    }

    private void complete() {
        Tag tag = shape.tag();
        if (describe && !described && !shape.several()) {
            add(new Backend.NoData());
        }
        described = true;
        if (tag != null) {
            add(new Backend.CommandComplete(tag.of(hadRows ? sent : changed, hadRows)));
        }
    }

    /** One row of one text, from the broker itself. */
    void answer(String column, String value) {
        columns(Kind.RESULT, false, List.of(PlainTypes.text(column)));
        startRow();
        text(value);
        endRow();
        endRows(true);
    }

    @Override
    public void endRows(boolean complete) {
        drain();
        stop();
        cut = !complete && limit > 0 && sent >= limit;
    }

    @Override
    public void count(long updateCount) {
        if (results++ > 0) {
            if (!shape.several()) {
                return;
            }
            nextResult();
        }
        changed = Math.max(0, updateCount);
        counted(changed);
    }

    @Override
    public void batchCounts(long[] counts) {
        throw new IllegalStateException("a plain session has no batches");
    }

    @Override
    public void parameters(List<ParameterInfo> found) {
        parameters = found;
    }

    @Override
    public void warning(Fault warning) {
        add(new Backend.NoticeResponse(severity(warning), warning));
    }

    private static String severity(Fault warning) {
        String told = warning.fields().get('V');
        if (told != null) {
            return told;
        }
        return warning.sqlState().startsWith("01") || !warning.sqlState().startsWith("00")
                ? "WARNING"
                : "NOTICE";
    }

    @Override
    public void done(TransactionState transaction) {
        stop();
        if (describing != null) {
            description(describing);
        } else if (cut) {
            add(new Backend.PortalSuspended());
        } else {
            complete();
        }
        ending.ended(this, End.DONE);
    }

    @Override
    public void failed(Fault fault, TransactionState transaction) {
        stop();
        Fault told = explanation.apply(fault);
        add(new Backend.ErrorResponse("ERROR", told));
        failure = told;
        ending.ended(this, End.FAILED);
    }

    /** Called on the event loop when the cursor is set aside, and on a worker that may wait. */
    @Override
    public void flush() {
        super.flush();
        if (stopsInTransaction && demand().left() <= 0) {
            stopsInTransaction = false;
            add(new Backend.PortalSuspended());
            describe = false;
            ending.ended(this, End.SUSPENDED);
        }
    }
}
