package io.gatehouse.jdbc.wire;

import io.gatehouse.jdbc.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A message from the broker that belongs to a request: a closed family. */
public abstract class Reply extends BackendMessage {
    private final int request;

    private Reply(int request) {
        this.request = request;
    }

    /** The request's id; 0 only for {@link Failed}: the session. */
    public final int request() {
        return request;
    }

    /** Calls the handler's method for this message. */
    public abstract void give(Handler handler) throws ProtocolFault;

    /** One method per message. */
    public interface Handler {
        void columns(Columns m) throws ProtocolFault;

        void rows(Rows m) throws ProtocolFault;

        void endRows(EndRows m) throws ProtocolFault;

        void wanted(Wanted m);

        void count(Count m) throws ProtocolFault;

        void batchCounts(BatchCounts m) throws ProtocolFault;

        void parameters(Parameters m) throws ProtocolFault;

        void warnings(Warnings m) throws ProtocolFault;

        void done(Done m) throws ProtocolFault;

        void failed(Failed m) throws ProtocolFault;
    }

    /** The columns of the rows that follow. */
    public static final class Columns extends Reply {
        /** The kind of a statement's own rows. */
        public static final int RESULT = 0;

        /** The kind of generated keys. */
        public static final int KEYS = 1;

        /** The kind of the row of a call's OUT parameters. */
        public static final int OUT_PARAMETERS = 2;

        /** The kind of the rows of a cursor among the OUT parameters. */
        public static final int CURSOR = 3;

        private final int kind;
        private final boolean full;
        private final @Nullable List<Column> columns;

        Columns(int request, int kind, boolean full, @Nullable List<Column> columns) {
            super(request);
            this.kind = kind;
            this.full = full;
            this.columns = columns;
        }

        /** Which rows follow: one of the constants. */
        public int kind() {
            return kind;
        }

        /** Whether all fields of the columns are known. */
        public boolean full() {
            return full;
        }

        /** The columns; null: as last sent for the statement. */
        public @Nullable List<Column> columns() {
            return columns;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.columns(this);
        }
    }

    /** Some rows, or a part of one, still encoded. */
    public static final class Rows extends Reply {
        private final int count;
        private final boolean part;
        private final byte[] bytes;
        private final int offset;

        private Rows(int request, int count, boolean part, byte[] bytes, int offset) {
            super(request);
            this.count = count;
            this.part = part;
            this.bytes = bytes;
            this.offset = offset;
        }

        static Rows whole(int request, int count, byte[] bytes, int offset) {
            return new Rows(request, count, false, bytes, offset);
        }

        static Rows part(int request, boolean last, byte[] bytes, int offset) {
            return new Rows(request, last ? 1 : 0, true, bytes, offset);
        }

        /** Whether this is a part of one row, which its last part counts. */
        public boolean isPart() {
            return part;
        }

        /** How many rows. */
        public int count() {
            return count;
        }

        /** The frame's body, whose rows begin at {@link #offset}; nobody changes it. */
        public byte[] bytes() {
            return bytes;
        }

        public int offset() {
            return offset;
        }

        /** What this takes of the credit: the length field of its frame. */
        public int cost() {
            return bytes.length + 4;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.rows(this);
        }
    }

    /** The rows of one result have ended. */
    public static final class EndRows extends Reply {
        private final boolean stopped;

        EndRows(int request, boolean stopped) {
            super(request);
            this.stopped = stopped;
        }

        /** Whether there might have been more. */
        public boolean stopped() {
            return stopped;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.endRows(this);
        }
    }

    /** The broker can take more of a parameter's value. */
    public static final class Wanted extends Reply {
        private final int parameter;
        private final int bytes;

        Wanted(int request, int parameter, int bytes) {
            super(request);
            this.parameter = parameter;
            this.bytes = bytes;
        }

        /** The parameter's place, from 0. */
        public int parameter() {
            return parameter;
        }

        public int bytes() {
            return bytes;
        }

        @Override
        public void give(Handler handler) {
            handler.wanted(this);
        }
    }

    /** An update count. */
    public static final class Count extends Reply {
        private final long count;

        Count(int request, long count) {
            super(request);
            this.count = count;
        }

        public long count() {
            return count;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.count(this);
        }
    }

    /** The counts of a part of a batch. */
    public static final class BatchCounts extends Reply {
        private final long[] counts;

        BatchCounts(int request, long[] counts) {
            super(request);
            this.counts = counts;
        }

        public long[] counts() {
            return counts.clone();
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.batchCounts(this);
        }
    }

    /** A statement's parameters. */
    public static final class Parameters extends Reply {
        private final List<ParameterDescription> parameters;

        Parameters(int request, List<ParameterDescription> parameters) {
            super(request);
            this.parameters = parameters;
        }

        public List<ParameterDescription> parameters() {
            return parameters;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.parameters(this);
        }
    }

    /** Warnings, in order. */
    public static final class Warnings extends Reply {
        private final List<Fault> faults;

        Warnings(int request, List<Fault> faults) {
            super(request);
            this.faults = faults;
        }

        public List<Fault> faults() {
            return faults;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.warnings(this);
        }
    }

    /** The request has ended well. */
    public static final class Done extends Reply {
        private final char state;

        Done(int request, char state) {
            super(request);
            this.state = state;
        }

        /** The state of the transaction: {@code I}, {@code T} or {@code E}. */
        public char state() {
            return state;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.done(this);
        }
    }

    /** The request, or with id 0 the session, has failed. */
    public static final class Failed extends Reply {
        private final char state;
        private final List<Fault> faults;

        Failed(int request, char state, List<Fault> faults) {
            super(request);
            this.state = state;
            this.faults = faults;
        }

        /** The state of the transaction: {@code I}, {@code T} or {@code E}. */
        public char state() {
            return state;
        }

        /** Why: at least one. */
        public List<Fault> faults() {
            return faults;
        }

        @Override
        public void give(Handler handler) throws ProtocolFault {
            handler.failed(this);
        }
    }
}
