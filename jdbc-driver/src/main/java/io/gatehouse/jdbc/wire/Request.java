package io.gatehouse.jdbc.wire;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** A message of the extension from the driver to the broker: a closed family, each immutable. */
public abstract class Request {
    /** For the messages of this package. */
    Request() {}

    /** Writes this as one frame. */
    public abstract void write(FrameWriter out);

    /** Whether it changes nothing, however often it is carried out. */
    public boolean onlyAsks() {
        return false;
    }

    /** Whether the broker can carry its request out once it has this. */
    public boolean completes() {
        return true;
    }

    /** Whether it is to answer with rows. */
    public boolean expectsRows() {
        return false;
    }

    /** Whether it is a commit or a rollback, a {@link Transact}. */
    public boolean endsTransaction() {
        return false;
    }

    /** The kind of the message only: it may hold statements and values. */
    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }

    /** Gives a statement's text a number. */
    public static final class Prepare extends Request {
        /** Flag: no parameters, question marks are not placeholders. */
        public static final int DIRECT = 1;

        /** Flag: a callable statement. */
        public static final int CALL = 2;

        /** Flag: JDBC escapes are not processed. */
        public static final int NO_ESCAPES = 4;

        private final int statement;
        private final int flags;
        private final String sql;
        private final int keys;
        private final List<String> keyColumns;

        public Prepare(int statement, int flags, String sql, int keys, List<String> keyColumns) {
            this.statement = statement;
            this.flags = flags;
            this.sql = sql;
            this.keys = keys;
            this.keyColumns = keyColumns;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('a').int32(statement).int8(flags).text(sql).int8(keys);
            out.int16(keyColumns.size());
            for (String column : keyColumns) {
                out.text(column);
            }
            out.end();
        }
    }

    /** Says what the parameters of a callable statement are. */
    public static final class Signature extends Request {
        private final int statement;
        private final List<CallParameter> parameters;

        public Signature(int statement, List<CallParameter> parameters) {
            this.statement = statement;
            this.parameters = parameters;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('o').int32(statement).int16(parameters.size());
            for (CallParameter parameter : parameters) {
                parameter.write(out);
            }
            out.end();
        }
    }

    /** Runs a prepared statement. */
    public static final class Execute extends Request {
        /** Expect anything. */
        public static final int ANYTHING = 0;

        /** Expect rows. */
        public static final int ROWS = 1;

        /** Expect a count. */
        public static final int COUNT = 2;

        private final int request;
        private final int statement;
        private final int expect;
        private final int timeoutMillis;
        private final long maxRows;
        private final int fetchRows;
        private final int credit;
        private final List<Parameter> parameters;

        public Execute(
                int request,
                int statement,
                int expect,
                int timeoutMillis,
                long maxRows,
                int fetchRows,
                int credit,
                List<Parameter> parameters) {
            this.request = request;
            this.statement = statement;
            this.expect = expect;
            this.timeoutMillis = timeoutMillis;
            this.maxRows = maxRows;
            this.fetchRows = fetchRows;
            this.credit = credit;
            this.parameters = parameters;
        }

        @Override
        public boolean expectsRows() {
            return expect == ROWS;
        }

        @Override
        public boolean completes() {
            return !Parameter.anyArrives(parameters);
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('e').int32(request).int32(statement).int8(expect).int32(timeoutMillis);
            out.int64(maxRows).int32(fetchRows).int32(credit).int16(parameters.size());
            for (Parameter parameter : parameters) {
                parameter.write(out);
            }
            out.end();
        }
    }

    /** A part of a batch of one prepared statement. */
    public static final class Batch extends Request {
        private final int request;
        private final int statement;
        private final boolean last;
        private final int timeoutMillis;
        private final int parametersPerRow;
        private final List<List<Parameter>> rows;

        public Batch(
                int request,
                int statement,
                boolean last,
                int timeoutMillis,
                int parametersPerRow,
                List<List<Parameter>> rows) {
            this.request = request;
            this.statement = statement;
            this.last = last;
            this.timeoutMillis = timeoutMillis;
            this.parametersPerRow = parametersPerRow;
            this.rows = rows;
        }

        @Override
        public boolean completes() {
            return rows.size() != 1 || !Parameter.anyArrives(rows.get(0));
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('b').int32(request).int32(statement).int8(last ? 1 : 0);
            out.int32(timeoutMillis).int16(parametersPerRow).int32(rows.size());
            rows.forEach(row -> row.forEach(parameter -> parameter.write(out)));
            out.end();
        }
    }

    /** A part of a batch of texts. */
    public static final class BatchTexts extends Request {
        private final int request;
        private final boolean last;
        private final int timeoutMillis;
        private final List<String> statements;

        public BatchTexts(int request, boolean last, int timeoutMillis, List<String> statements) {
            this.request = request;
            this.last = last;
            this.timeoutMillis = timeoutMillis;
            this.statements = statements;
        }

        /** The texts. */
        public List<String> statements() {
            return statements;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('l').int32(request).int8(last ? 1 : 0).int32(timeoutMillis);
            out.int32(statements.size());
            for (String statement : statements) {
                out.text(statement);
            }
            out.end();
        }
    }

    /** Asks for a statement's parameters and columns. */
    public static final class Describe extends Request {
        private final int request;
        private final int statement;

        public Describe(int request, int statement) {
            this.request = request;
            this.statement = statement;
        }

        @Override
        public boolean onlyAsks() {
            return true;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('m').int32(request).int32(statement).end();
        }
    }

    /** Ends a transaction or works with a savepoint. */
    public static final class Transact extends Request {
        public static final int COMMIT = 1;
        public static final int ROLLBACK = 2;
        public static final int SAVEPOINT = 3;
        public static final int RELEASE = 4;
        public static final int ROLLBACK_TO = 5;

        private final int request;
        private final int action;
        private final String savepoint;

        public Transact(int request, int action, String savepoint) {
            this.request = request;
            this.action = action;
            this.savepoint = savepoint;
        }

        @Override
        public boolean endsTransaction() {
            return action == COMMIT || action == ROLLBACK;
        }

        /** Whether it is a commit. */
        public boolean isCommit() {
            return action == COMMIT;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('t').int32(request).int8(action).text(savepoint).end();
        }
    }

    /** Calls a method of the backend's metadata or connection. */
    public static final class Catalog extends Request {
        private final int request;
        private final int credit;
        private final String method;
        private final List<Argument> arguments;

        public Catalog(int request, int credit, String method, List<Argument> arguments) {
            this.request = request;
            this.credit = credit;
            this.method = method;
            this.arguments = arguments;
        }

        @Override
        public boolean onlyAsks() {
            return true;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('q').int32(request).int32(credit).text(method).int16(arguments.size());
            for (Argument argument : arguments) {
                argument.write(out);
            }
            out.end();
        }
    }

    /** Asks whether the session is alive. */
    public static final class Ping extends Request {
        private final int request;
        private final int timeoutMillis;

        public Ping(int request, int timeoutMillis) {
            this.request = request;
            this.timeoutMillis = timeoutMillis;
        }

        @Override
        public boolean onlyAsks() {
            return true;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('i').int32(request).int32(timeoutMillis).end();
        }
    }

    /** Changes settings before the next request. */
    public static final class Settings extends Request {
        private final Map<String, @Nullable String> values;

        public Settings(Map<String, @Nullable String> values) {
            this.values = values;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('s').int16(values.size());
            for (Map.Entry<String, @Nullable String> setting : values.entrySet()) {
                out.text(setting.getKey()).text(setting.getValue());
            }
            out.end();
        }
    }

    /** Forgets a statement, or abandons the rows of a request. */
    public static final class Close extends Request {
        public static final int STATEMENT = 0;
        public static final int REQUEST = 1;

        private final int what;
        private final int id;

        public Close(int what, int id) {
            this.what = what;
            this.id = id;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('k').int8(what).int32(id).end();
        }
    }

    /** Lets the broker send more rows. */
    public static final class Credit extends Request {
        private final int request;
        private final int bytes;

        public Credit(int request, int bytes) {
            this.request = request;
            this.bytes = bytes;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('r').int32(request).int32(bytes).end();
        }
    }

    /** Cancels a request. */
    public static final class Cancel extends Request {
        private final int request;

        public Cancel(int request) {
            this.request = request;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('n').int32(request).end();
        }
    }
}
