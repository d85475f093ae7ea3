package io.gatehouse.server.wire;

import io.gatehouse.server.fault.Fault;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A message to a client. Those named {@code Ext…} are the extension's (docs/protocol/PROTOCOL.md,
 * section 5); the others are PostgreSQL's. No {@code toString} shows a value of a row or a proof.
 */
public sealed interface Backend {

    // Start-up and login

    record AuthenticationOk() implements Backend {}

    record AuthenticationSasl(List<String> mechanisms) implements Backend {}

    record AuthenticationSaslContinue(Bytes data) implements Backend {}

    record AuthenticationSaslFinal(Bytes data) implements Backend {}

    /**
     * The session goes on as version 3.0.
     *
     * @param unsupported the names of the {@code _pq_.} parameters that are not understood
     */
    record NegotiateProtocolVersion(List<String> unsupported) implements Backend {}

    record ParameterStatus(String name, String value) implements Backend {}

    record BackendKeyData(int processId, int secretKey) implements Backend {
        @Override
        public String toString() {
            return "BackendKeyData[" + processId + "]";
        }
    }

    // Both kinds of session

    record ReadyForQuery(TransactionStatus status) implements Backend {}

    /**
     * @param severity {@code ERROR}, {@code FATAL} or {@code PANIC}
     */
    record ErrorResponse(String severity, Fault fault) implements Backend {}

    /**
     * @param severity {@code WARNING}, {@code NOTICE}, {@code INFO}, {@code LOG} or {@code DEBUG}
     */
    record NoticeResponse(String severity, Fault fault) implements Backend {}

    // A plain session

    /**
     * One column of a {@link RowDescription}.
     *
     * @param table the object id of the table, or 0
     * @param attribute the column's number in its table, or 0
     * @param type a type id of PostgreSQL's
     * @param size bytes; -1 where it varies
     * @param modifier -1 for none
     */
    record Field(
            String name,
            int table,
            short attribute,
            int type,
            short size,
            int modifier,
            boolean binary) {}

    record RowDescription(List<Field> fields) implements Backend {}

    record CommandComplete(String tag) implements Backend {}

    record EmptyQueryResponse() implements Backend {}

    record ParseComplete() implements Backend {}

    record BindComplete() implements Backend {}

    record CloseComplete() implements Backend {}

    /**
     * @param types type ids
     */
    record ParameterDescription(List<Integer> types) implements Backend {}

    record NoData() implements Backend {}

    record PortalSuspended() implements Backend {}

    // Rows of either kind of session

    /**
     * Rows, already as the bytes of one or several whole messages. Whoever holds one either sends
     * it or releases it, once.
     */
    sealed interface Rows extends Backend {
        /** The bytes of all messages with their headers; sending consumes them. */
        ByteBuf frames();

        /** How many rows these are. */
        int count();

        /** How many bytes, with the headers. */
        default int size() {
            return frames().readableBytes();
        }

        /** Gives the memory back unsent. */
        default void release() {
            frames().release();
        }
    }

    /** DataRow messages, one for each row. */
    record DataRows(ByteBuf frames, int count) implements Rows {
        @Override
        public String toString() {
            return "DataRows[" + count + " rows]";
        }
    }

    /**
     * One Rows message of the extension.
     *
     * @param length the message's length field, which is what it costs of the credit
     */
    record ExtRows(ByteBuf frames, int count, int length) implements Rows {
        @Override
        public String toString() {
            return "ExtRows[" + count + " rows, " + length + " bytes]";
        }
    }

    /**
     * A part of one row that is too large for a message; its last part ends the row.
     *
     * @param count 1 for the last part, else 0
     * @param length the message's length field, which is what it costs of the credit
     */
    record ExtPart(ByteBuf frames, int count, int length) implements Rows {
        @Override
        public String toString() {
            return "ExtPart[" + length + " bytes]";
        }
    }

    // An extended session

    /** The extension's messages but {@link ExtRows} and {@link ExtPart}. */
    sealed interface Extended extends Backend {}

    /** Which rows {@link ExtColumns} describes. */
    enum RowKind {
        RESULT,
        GENERATED_KEYS,
        OUT_PARAMETERS,
        CURSOR
    }

    /**
     * One column; the components are the wire's.
     *
     * @param nullable {@code ResultSetMetaData}'s 0, 1 or 2
     */
    record ExtColumn(
            String label,
            int type,
            int jdbcType,
            String typeName,
            int precision,
            int scale,
            int displaySize,
            int nullable,
            int bits,
            String className,
            String name,
            String table,
            String schema,
            String catalog) {}

    /**
     * @param full whether the details that only Describe asks for are known
     * @param columns null: as last sent for the statement
     */
    record ExtColumns(int request, RowKind kind, boolean full, @Nullable List<ExtColumn> columns)
            implements Extended {}

    /**
     * @param complete false when rows were left: stopped at max rows, or abandoned
     */
    record ExtEndRows(int request, boolean complete) implements Extended {}

    /**
     * Asks for more of a parameter's value.
     *
     * @param parameter its place among the parameters, from 0
     * @param bytes above 0
     */
    record ExtWanted(int request, int parameter, int bytes) implements Extended {}

    record ExtCount(int request, long count) implements Extended {}

    /**
     * @param counts -2 for success without a count, -3 for failed
     */
    record ExtBatchCounts(int request, List<Long> counts) implements Extended {}

    /**
     * One parameter; the components are the wire's.
     *
     * @param nullable 0, 1 or 2 (unknown)
     * @param mode a constant of {@code ParameterMetaData}
     */
    record ExtParameter(
            int type,
            int jdbcType,
            String typeName,
            String className,
            int precision,
            int scale,
            int nullable,
            boolean signed,
            int mode) {}

    record ExtParameters(int request, List<ExtParameter> parameters) implements Extended {}

    /**
     * @param warnings each is sent alone: a fault's chain is not followed
     */
    record ExtWarnings(int request, List<Fault> warnings) implements Extended {}

    record ExtDone(int request, TransactionStatus status) implements Extended {}

    /**
     * @param request 0 ends the session
     * @param fault sent with its whole chain
     */
    record ExtFailed(int request, TransactionStatus status, Fault fault) implements Extended {}

    /**
     * @param millis until the broker closes
     */
    record ExtGoAway(int millis, String reason) implements Extended {}
}
