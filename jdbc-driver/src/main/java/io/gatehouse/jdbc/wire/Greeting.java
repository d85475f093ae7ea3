package io.gatehouse.jdbc.wire;

import java.util.List;

/** A message from the broker that answers no request: a closed family. */
public abstract class Greeting extends BackendMessage {
    private Greeting() {}

    /** Authentication: what the broker asks or accepts. */
    public static final class Authentication extends Greeting {
        public static final int OK = 0;
        public static final int SASL = 10;
        public static final int SASL_CONTINUE = 11;
        public static final int SASL_FINAL = 12;

        private final int code;
        private final byte[] data;

        Authentication(int code, byte[] data) {
            this.code = code;
            this.data = data;
        }

        public int code() {
            return code;
        }

        /** What follows the code. */
        public byte[] data() {
            return data.clone();
        }
    }

    /** A fact about the session. */
    public static final class ParameterStatus extends Greeting {
        private final String name;
        private final String value;

        ParameterStatus(String name, String value) {
            this.name = name;
            this.value = value;
        }

        public String name() {
            return name;
        }

        public String value() {
            return value;
        }
    }

    /** What a cancel request from another connection would name; not used by this driver. */
    public static final class BackendKeyData extends Greeting {
        private final int process;

        BackendKeyData(int process) {
            this.process = process;
        }

        public int process() {
            return process;
        }
    }

    /** The start-up is over. */
    public static final class ReadyForQuery extends Greeting {
        private final char state;

        ReadyForQuery(char state) {
            this.state = state;
        }

        public char state() {
            return state;
        }
    }

    /** What of the start-up the server does not know. */
    public static final class NegotiateProtocolVersion extends Greeting {
        private final int version;
        private final List<String> unsupported;

        NegotiateProtocolVersion(int version, List<String> unsupported) {
            this.version = version;
            this.unsupported = unsupported;
        }

        public int version() {
            return version;
        }

        public List<String> unsupported() {
            return unsupported;
        }
    }

    /** PostgreSQL's error or notice. */
    public static final class Report extends Greeting {
        private final boolean error;
        private final String sqlState;
        private final String message;

        Report(boolean error, String sqlState, String message) {
            this.error = error;
            this.sqlState = sqlState;
            this.message = message;
        }

        /** Whether this is an error; a notice otherwise. */
        public boolean isError() {
            return error;
        }

        public String sqlState() {
            return sqlState;
        }

        public String message() {
            return message;
        }
    }

    /** The broker wants the client to leave. */
    public static final class GoAway extends Greeting {
        private final int millis;
        private final String reason;

        GoAway(int millis, String reason) {
            this.millis = millis;
            this.reason = reason;
        }

        /** Milliseconds until the broker closes. */
        public int millis() {
            return millis;
        }

        public String reason() {
            return reason;
        }
    }
}
