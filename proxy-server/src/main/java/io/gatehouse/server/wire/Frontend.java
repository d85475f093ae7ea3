package io.gatehouse.server.wire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A message from a client, checked and immutable. Those named {@code Ext…} are the extension's
 * (docs/protocol/PROTOCOL.md, section 4); the others are PostgreSQL's. No {@code toString} shows a
 * statement, a value or a proof.
 */
public sealed interface Frontend {

    // Start-up

    /**
     * @param parameters in the order sent; immutable
     * @param minorVersion the protocol's minor version, 0 or more
     */
    record Startup(Map<String, String> parameters, int minorVersion) implements Frontend {
        public Startup {
            parameters = Collections.unmodifiableMap(parameters);
        }
    }

    record SslRequest() implements Frontend {}

    record GssEncRequest() implements Frontend {}

    record CancelRequest(int processId, int secretKey) implements Frontend {
        @Override
        public String toString() {
            return "CancelRequest[" + processId + "]";
        }
    }

    // Login

    /**
     * @param data the client's first message; null when it sent none
     */
    record SaslInitial(String mechanism, @Nullable Bytes data) implements Frontend {}

    record SaslResponse(Bytes data) implements Frontend {}

    // A plain session

    record Query(String sql) implements Frontend {
        @Override
        public String toString() {
            return "Query[" + sql.length() + " characters]";
        }
    }

    /**
     * @param types type ids of the first parameters; 0 where the client leaves it to the server
     */
    record Parse(String name, String sql, List<Integer> types) implements Frontend {
        public Parse {
            types = List.copyOf(types);
        }

        @Override
        public String toString() {
            return "Parse[" + name + ", " + sql.length() + " characters]";
        }
    }

    /**
     * @param formats of the values
     * @param values null for SQL NULL
     */
    record Bind(
            String portal,
            String statement,
            Formats formats,
            List<@Nullable Bytes> values,
            Formats resultFormats)
            implements Frontend {
        public Bind {
            values = Collections.unmodifiableList(values);
        }
    }

    /** What a name names. */
    enum Target {
        STATEMENT,
        PORTAL
    }

    record Describe(Target target, String name) implements Frontend {}

    /**
     * @param maxRows 0 for all
     */
    record Execute(String portal, int maxRows) implements Frontend {}

    record Close(Target target, String name) implements Frontend {}

    record Sync() implements Frontend {}

    record Flush() implements Frontend {}

    /** The old way to call a function by its object id; its arguments are checked and dropped. */
    record FunctionCall(int function) implements Frontend {}

    record CopyData(Bytes data) implements Frontend {}

    record CopyDone() implements Frontend {}

    record CopyFail(String message) implements Frontend {}

    // Both kinds of session

    record Terminate() implements Frontend {}

    // An extended session

    /** Which generated keys a statement returns. */
    enum Keys {
        NONE,
        ANY,
        NAMED,
        NUMBERED
    }

    /**
     * @param direct no parameters; question marks are not placeholders
     * @param call a callable statement
     * @param escapes whether JDBC escapes are processed
     * @param keyColumns names with {@link Keys#NAMED}, numbers with {@link Keys#NUMBERED}
     */
    record ExtPrepare(
            int statement,
            boolean direct,
            boolean call,
            boolean escapes,
            String sql,
            Keys keys,
            List<String> keyColumns)
            implements Frontend {
        public ExtPrepare {
            keyColumns = List.copyOf(keyColumns);
        }

        @Override
        public String toString() {
            return "ExtPrepare[" + statement + ", " + sql.length() + " characters]";
        }
    }

    /**
     * One parameter of a call.
     *
     * @param in whether each execution brings a value for it
     * @param out whether each execution gives one back
     * @param index from 1; 0 where it is known by its name
     * @param jdbcType a constant of {@code java.sql.Types}; used with {@code out}, as what follows
     * @param scale -1 for none
     * @param typeName empty for none
     */
    record CallParameter(
            boolean in,
            boolean out,
            int index,
            String name,
            int jdbcType,
            int scale,
            String typeName) {}

    /** The parameters of a callable statement, in the order of their values. */
    record ExtSignature(int statement, List<CallParameter> parameters) implements Frontend {
        public ExtSignature {
            parameters = List.copyOf(parameters);
        }
    }

    /** As what a statement is called. */
    enum Expect {
        ANYTHING,
        ROWS,
        COUNT
    }

    /**
     * A parameter in the binary format of its type.
     *
     * @param type a type id of section 6
     * @param bytes null for SQL NULL
     */
    record Value(int type, @Nullable Bytes bytes) {}

    /**
     * @param timeoutMillis 0 for none
     * @param maxRows 0 for all
     * @param fetchRows 0 for the broker's choice
     * @param credit bytes of rows that may be sent now, 0 or more
     */
    record ExtExecute(
            int request,
            int statement,
            Expect expect,
            int timeoutMillis,
            long maxRows,
            int fetchRows,
            int credit,
            List<Value> parameters)
            implements Frontend {
        public ExtExecute {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * One part of a batch.
     *
     * @param last whether no more parts follow
     * @param rows each of the same number of values
     */
    record ExtBatch(
            int request, int statement, boolean last, int timeoutMillis, List<List<Value>> rows)
            implements Frontend {
        @Override
        public String toString() {
            return "ExtBatch[" + request + ", " + statement + ", " + rows.size() + " rows]";
        }
    }

    /** One part of a batch of texts. */
    record ExtBatchTexts(int request, boolean last, int timeoutMillis, List<String> statements)
            implements Frontend {
        public ExtBatchTexts {
            statements = List.copyOf(statements);
        }

        @Override
        public String toString() {
            return "ExtBatchTexts[" + request + ", " + statements.size() + " statements]";
        }
    }

    /** What comes behind a piece of a parameter's value. */
    enum Following {
        MORE,
        NOTHING,
        /** The client could not read the rest of the value. */
        FAILURE
    }

    /**
     * A piece of a parameter's value.
     *
     * @param parameter its place among the parameters, from 0
     */
    record ExtPiece(int request, int parameter, Following following, Bytes bytes)
            implements Frontend {}

    record ExtDescribe(int request, int statement) implements Frontend {}

    /** What {@link ExtTransact} does. */
    enum Action {
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        RELEASE,
        ROLLBACK_TO
    }

    /**
     * @param savepoint empty where the action needs none
     */
    record ExtTransact(int request, Action action, String savepoint) implements Frontend {}

    /** What {@link ExtBranch} does. */
    enum BranchStep {
        START,
        JOIN,
        RESUME,
        END,
        SUSPEND,
        PREPARE,
        COMMIT,
        COMMIT_ONE_PHASE,
        ROLLBACK,
        ROLLBACK_PREPARED
    }

    /**
     * A step of a branch of a transaction over several databases, which an Xid names.
     *
     * @param global 1 to 64 bytes
     * @param qualifier at most 64 bytes
     */
    record ExtBranch(int request, BranchStep step, int format, Bytes global, Bytes qualifier)
            implements Frontend {}

    /**
     * @param arguments each null, String, Integer, Boolean, {@code List<String>} or {@code
     *     List<Integer>}; immutable
     */
    record ExtCatalog(int request, int credit, String method, List<@Nullable Object> arguments)
            implements Frontend {
        public ExtCatalog {
            arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
        }

        @Override
        public String toString() {
            return "ExtCatalog[" + request + ", " + method + "]";
        }
    }

    record ExtPing(int request, int timeoutMillis) implements Frontend {}

    /**
     * @param value null for the connection's default
     */
    record Setting(String name, @Nullable String value) {}

    record ExtSettings(List<Setting> settings) implements Frontend {
        public ExtSettings {
            settings = List.copyOf(settings);
        }
    }

    /** What {@link ExtClose} closes. */
    enum Closing {
        STATEMENT,
        REQUEST
    }

    record ExtClose(Closing what, int id) implements Frontend {}

    /**
     * @param bytes above 0
     */
    record ExtCredit(int request, int bytes) implements Frontend {}

    /**
     * @param request 0 for whatever runs
     */
    record ExtCancel(int request) implements Frontend {}
}
