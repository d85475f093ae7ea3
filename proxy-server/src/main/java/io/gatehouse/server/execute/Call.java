package io.gatehouse.server.execute;

import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.kind.Branch;
import io.gatehouse.server.kind.TwoPhase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** What a worker is asked to do on a lease. */
public sealed interface Call {

    /** How the application called: as JDBC's execute, executeQuery or executeUpdate. */
    enum Expect {
        ANYTHING,
        ROWS,
        COUNT
    }

    /**
     * One statement, or a batch's.
     *
     * @param direct no parameters; question marks are not placeholders
     * @param escapes whether JDBC escapes are processed by the backend's driver
     * @param keyColumns named columns of generated keys; used with {@code keys}
     * @param call the parameters of a callable statement; null where it is none
     * @param traceparent the trace that the database is told of in a comment; empty for none
     */
    record Text(
            Permitted permitted,
            boolean direct,
            boolean escapes,
            Keys keys,
            List<String> keyColumns,
            @Nullable Signature call,
            String traceparent) {
        /** A statement that is not callable. */
        public Text(
                Permitted permitted,
                boolean direct,
                boolean escapes,
                Keys keys,
                List<String> keyColumns) {
            this(permitted, direct, escapes, keys, keyColumns, null, "");
        }
    }

    /** Which generated keys are wanted. */
    enum Keys {
        NONE,
        ANY,
        NAMED,
        NUMBERED
    }

    /**
     * Runs a statement once.
     *
     * @param inTransaction begins a transaction first when none is open; else autocommit
     * @param maxRows 0 for all
     * @param fetchRows how many rows the backend's cursor should bring at once; 0 for the default
     * @param timeout zero for none; a coarse safety net, the session owns the exact deadline
     */
    record Run(
            Text text,
            List<Parameter> parameters,
            Expect expect,
            boolean inTransaction,
            long maxRows,
            int fetchRows,
            Duration timeout)
            implements Call {}

    /** Runs a statement once per row of parameters, as one batch. */
    record Batch(Text text, List<List<Parameter>> rows, boolean inTransaction, Duration timeout)
            implements Call {}

    /** Runs several texts as one batch. */
    record BatchTexts(List<Permitted> texts, boolean inTransaction, Duration timeout)
            implements Call {}

    /** Describes parameters and columns without running. */
    record Describe(Text text) implements Call {}

    /**
     * Calls a method of DatabaseMetaData, or {@code connection.NAME}.
     *
     * @param arguments null, String, Integer, Boolean, {@code List<String>} or {@code
     *     List<Integer>}
     */
    record Catalog(String method, List<@Nullable Object> arguments, boolean inTransaction)
            implements Call {
        /** Whether PostgreSQL's driver has to ask its server for what the method tells. */
        public boolean asksServer() {
            return CatalogCalls.asksServer(method);
        }
    }

    /** Ends a transaction or works on its savepoints. */
    record Transact(Action action, String savepoint) implements Call {}

    enum Action {
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        RELEASE,
        ROLLBACK_TO
    }

    /**
     * A step of a branch of a transaction over several databases.
     *
     * @param text the step's statement; null where the driver takes it
     */
    record Branching(TwoPhase.Step step, Branch branch, @Nullable Permitted text) implements Call {}

    /** Asks for the branches that are prepared. */
    record Recover(Permitted text, boolean inTransaction) implements Call {}

    /** Asks the backend whether it is alive. */
    record Ping(Duration timeout) implements Call {}
}
