package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Describes a statement without running it. */
final class Describing {
    private Describing() {}

    static Outcome run(Lease lease, CarriedState state, Call.Describe call, RowSink sink)
            throws SQLException {
        Call.Text text = call.text();
        boolean within = Transactions.state(lease) != TransactionState.NONE;
        Transactions.prepare(lease, state, false, within);
        String sql = text.permitted().sql();
        boolean operators = text.direct() && lease.kind().dialect() == Dialect.POSTGRESQL;
        boolean callable = text.call() != null;
        // pgjdbc takes two question marks for one that is no placeholder.
        String prepared = operators ? sql.replace("?", "??") : sql;
        try (PreparedStatement statement =
                callable
                        ? Invocations.prepare(lease, sql)
                        : Statements.prepare(lease.connection(), prepared, text)) {
            lease.running(Running.canceller(lease.connection(), statement));
            ResultSetMetaData columns = columns(statement, callable);
            sink.parameters(parameters(lease, statement, columns));
            if (columns != null) {
                ColumnList list = ColumnList.of(lease, columns, true);
                sink.columns(RowSink.Kind.RESULT, true, list.columns());
            }
        }
        return new Outcome.Finished();
    }

    /** A call's parameters may be known where its columns are not, before it has run. */
    private static @Nullable ResultSetMetaData columns(
            PreparedStatement statement, boolean callable) throws SQLException {
        try {
            return statement.getMetaData();
        } catch (SQLException e) {
            if (callable) {
                return null;
            }
            throw e;
        }
    }

    private static List<ParameterInfo> parameters(
            Lease lease, PreparedStatement statement, @Nullable ResultSetMetaData columns)
            throws SQLException {
        ParameterMetaData meta;
        try {
            meta = statement.getParameterMetaData();
            return all(lease, meta);
        } catch (SQLException e) {
            // Some drivers know columns but not parameters; whoever asked may want only the former.
            if (columns == null) {
                throw e;
            }
            return List.of();
        }
    }

    private static List<ParameterInfo> all(Lease lease, ParameterMetaData meta)
            throws SQLException {
        int count = meta.getParameterCount();
        List<ParameterInfo> all = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            int n = i;
            String typeName = known("", () -> text(meta.getParameterTypeName(n)));
            int type = known(Types.NULL, () -> meta.getParameterType(n));
            all.add(
                    new ParameterInfo(
                            type == Types.NULL ? WireTypes.UNTYPED : type(lease, type, typeName),
                            type,
                            typeName,
                            known("", () -> text(meta.getParameterClassName(n))),
                            known(0, () -> meta.getPrecision(n)),
                            known(0, () -> meta.getScale(n)),
                            known(
                                    ParameterMetaData.parameterNullableUnknown,
                                    () -> meta.isNullable(n)),
                            known(false, () -> meta.isSigned(n)),
                            known(
                                    ParameterMetaData.parameterModeUnknown,
                                    () -> meta.getParameterMode(n))));
        }
        return all;
    }

    private interface Asked<T> {
        T get() throws SQLException;
    }

    /** Some drivers know that there is a parameter, but refuse to say of what type. */
    private static <T> T known(T unknown, Asked<T> asked) {
        try {
            return asked.get();
        } catch (SQLException e) {
            return unknown;
        }
    }

    private static int type(Lease lease, int jdbcType, String typeName) throws SQLException {
        if (lease.connection() instanceof BaseConnection postgres) {
            return postgres.getTypeInfo().getPGType(typeName);
        }
        return GeneralReading.parameterType(jdbcType);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
