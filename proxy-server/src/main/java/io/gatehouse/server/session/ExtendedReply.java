package io.gatehouse.server.session;

import io.gatehouse.server.execute.Column;
import io.gatehouse.server.execute.ParameterInfo;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.RowsWriter;
import io.gatehouse.server.wire.TransactionStatus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The answer to one request of the extension (docs/protocol/PROTOCOL.md, section 5). */
final class ExtendedReply extends WriterReply {
    private final int request;
    private final SessionLimits limits;
    private final LastColumns last;
    private final Holdings holdings;
    private final List<Fault> warnings = new ArrayList<>();
    private int results;
    private @Nullable RowsWriter rowsWriter;
    private @Nullable Runnable onFailure;

    /**
     * @param last what was last sent for the statement; a new one for other requests
     * @param holdings told with the end, where they changed
     */
    ExtendedReply(
            int request,
            SessionContext session,
            Demand demand,
            LastColumns last,
            Holdings holdings,
            Runnable onWait) {
        super(session.client(), demand, onWait);
        this.request = request;
        this.limits = session.limits();
        this.last = last;
        this.holdings = holdings;
    }

    /**
     * Makes this the answer to a part of a batch that is not its last: it is not ended by Done.
     *
     * @param failed told when the part fails
     */
    void quietly(Runnable failed) {
        onFailure = failed;
    }

    @Override
    public int largestRow() {
        return limits.row();
    }

    @Override
    long cost(Backend.Rows rows) {
        return switch (rows) {
            case Backend.ExtRows m -> m.length();
            case Backend.ExtPart m -> m.length();
            case Backend.DataRows m -> throw new IllegalStateException("rows of a plain session");
        };
    }

    @Override
    public int wholeValue() {
        return limits.whole();
    }

    @Override
    public void startPieces(long size) {
        RowsWriter writer = rowsWriter();
        if (writer.pendingRows() > 0) {
            ship(writer.takeEnded());
        }
        writer.startPieces(size);
    }

    @Override
    public boolean piece(byte[] bytes, int offset, int length) throws InterruptedException {
        RowsWriter writer = rowsWriter();
        int end = offset + length;
        for (int at = offset; at < end; at += limits.chunk()) {
            writer.piece(bytes, at, Math.min(limits.chunk(), end - at));
            if (writer.pendingBytes() >= limits.chunk()) {
                ship(writer.takeOpen());
                if (!demand().wanted() && !awaitDemand()) {
                    return false;
                }
            }
        }
        return !demand().abandoned();
    }

    @Override
    public void endPieces() {
        rowsWriter().endPieces();
    }

    private RowsWriter rowsWriter() {
        if (rowsWriter == null) {
            throw new IllegalStateException("a value without columns");
        }
        return rowsWriter;
    }

    @Override
    boolean wantsNext() {
        return demand().wanted();
    }

    @Override
    public void columns(Kind kind, boolean fullDetail, List<Column> columns) {
        RowsWriter writer = new RowsWriter(request, limits.chunk(), limits.row());
        int[] types = new int[columns.size()];
        Arrays.setAll(types, i -> columns.get(i).type());
        writer.columns(types);
        start(writer);
        rowsWriter = writer;
        Backend.RowKind rowKind =
                switch (kind) {
                    case RESULT -> Backend.RowKind.RESULT;
                    case GENERATED_KEYS -> Backend.RowKind.GENERATED_KEYS;
                    case OUT_PARAMETERS -> Backend.RowKind.OUT_PARAMETERS;
                    case CURSOR -> Backend.RowKind.CURSOR;
                };
        boolean ofCall = kind == Kind.OUT_PARAMETERS || kind == Kind.CURSOR;
        boolean known = !ofCall && last.known(results++, columns, fullDetail);
        List<Backend.ExtColumn> sent =
                known ? null : columns.stream().map(ExtendedReply::column).toList();
        add(new Backend.ExtColumns(request, rowKind, fullDetail, sent));
    }

    private static Backend.ExtColumn column(Column c) {
        return new Backend.ExtColumn(
                c.label(),
                c.type(),
                c.jdbcType(),
                c.typeName(),
                c.precision(),
                c.scale(),
                c.displaySize(),
                c.nullable(),
                c.bits(),
                c.className(),
                c.name(),
                c.table(),
                c.schema(),
                c.catalog());
    }

    @Override
    public void endRows(boolean complete) {
        drain();
        stop();
        if (complete || !demand().abandoned()) {
            add(new Backend.ExtEndRows(request, complete));
        }
    }

    @Override
    public void count(long updateCount) {
        counted(Math.max(0, updateCount));
        add(new Backend.ExtCount(request, updateCount));
    }

    @Override
    public void batchCounts(long[] counts) {
        LongStream.of(counts).filter(c -> c > 0).forEach(this::counted);
        add(new Backend.ExtBatchCounts(request, LongStream.of(counts).boxed().toList()));
    }

    @Override
    public void parameters(List<ParameterInfo> parameters) {
        add(
                new Backend.ExtParameters(
                        request, parameters.stream().map(ExtendedReply::parameter).toList()));
    }

    private static Backend.ExtParameter parameter(ParameterInfo p) {
        return new Backend.ExtParameter(
                p.type(),
                p.jdbcType(),
                p.typeName(),
                p.className(),
                p.precision(),
                p.scale(),
                p.nullable(),
                p.signed(),
                p.mode());
    }

    @Override
    public void warning(Fault warning) {
        warnings.add(warning);
    }

    @Override
    public void done(TransactionState transaction) {
        stop();
        warn();
        holdings.news().forEach(this::add);
        if (onFailure == null) {
            add(new Backend.ExtDone(request, status(transaction)));
        }
        send();
    }

    @Override
    public void failed(Fault fault, TransactionState transaction) {
        stop();
        warn();
        if (onFailure != null) {
            onFailure.run();
        }
        holdings.news().forEach(this::add);
        add(new Backend.ExtFailed(request, status(transaction), fault));
        send();
    }

    private void warn() {
        if (!warnings.isEmpty()) {
            add(new Backend.ExtWarnings(request, List.copyOf(warnings)));
            warnings.clear();
        }
    }

    static TransactionStatus status(TransactionState transaction) {
        return switch (transaction) {
            case NONE -> TransactionStatus.NONE;
            case OPEN -> TransactionStatus.OPEN;
            case FAILED -> TransactionStatus.FAILED;
        };
    }
}
