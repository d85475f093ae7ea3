package io.gatehouse.server.recall;

import io.gatehouse.policy.Obligations;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.pool.CarriedState;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Everything that an answer may depend on besides the data. Who asks is part of it although the
 * database is asked by the same user for all: no mistake elsewhere can then show the answer that
 * one user may see to another.
 *
 * @param door columns are not told alike at both
 * @param policyVersion no answer outlives the policy that shaped it
 * @param obligations masks and limits among them
 */
public record Query(
        String connection,
        String user,
        String door,
        String policyVersion,
        Obligations obligations,
        String sql,
        boolean direct,
        boolean escapes,
        List<Value> parameters,
        Call.Expect expect,
        long maxRows,
        CarriedState state) {
    private static final int PER_VALUE = 64;
    private static final int PER_QUERY = 1_024;

    /**
     * A value of a parameter.
     *
     * @param bytes empty for null
     */
    record Value(int type, boolean binary, boolean absent, ByteBuffer bytes) {
        private static Value of(Parameter parameter) {
            byte[] bytes = parameter.bytes();
            return new Value(
                    parameter.type(),
                    parameter.binary(),
                    bytes == null,
                    ByteBuffer.wrap(bytes == null ? new byte[0] : bytes).asReadOnlyBuffer());
        }
    }

    public Query {
        parameters = List.copyOf(parameters);
    }

    /** What one execution asks. */
    public static Query of(
            String connection, String user, String door, CarriedState state, Call.Run run) {
        Call.Text text = run.text();
        return new Query(
                connection,
                user,
                door,
                text.permitted().policyVersion(),
                text.permitted().obligations(),
                text.permitted().sql(),
                text.direct(),
                text.escapes(),
                run.parameters().stream().map(Value::of).toList(),
                run.expect(),
                run.maxRows(),
                state);
    }

    /** About how many bytes it takes. */
    long weight() {
        long weight = PER_QUERY + 2L * sql.length();
        for (Value value : parameters) {
            weight += PER_VALUE + value.bytes().capacity();
        }
        return weight;
    }

    /** Without text and values, which are the user's data. */
    @Override
    public String toString() {
        return "Query[" + connection + " by " + user + "]";
    }
}
