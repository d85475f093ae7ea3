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
        Dialect dialect = lease.kind().dialect();
        String prepared =
                text.direct()
                        ? dialect == Dialect.POSTGRESQL ? sql.replace("?", "??") : sql
                        : Placeholders.rewrite(dialect, sql, Short.MAX_VALUE).sql();
        try (PreparedStatement statement = Statements.prepare(lease.connection(), prepared, text)) {
            lease.running(Running.canceller(lease.connection(), statement));
            ResultSetMetaData columns = statement.getMetaData();
            sink.parameters(parameters(lease, statement, columns));
            if (columns != null) {
                ColumnList list = ColumnList.of(lease, columns, true);
                sink.columns(RowSink.Kind.RESULT, true, list.columns());
            }
        }
        return new Outcome.Finished();
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
            String typeName = text(meta.getParameterTypeName(i));
            all.add(
                    new ParameterInfo(
                            type(lease, meta.getParameterType(i), typeName),
                            meta.getParameterType(i),
                            typeName,
                            text(meta.getParameterClassName(i)),
                            meta.getPrecision(i),
                            meta.getScale(i),
                            meta.isNullable(i),
                            meta.isSigned(i),
                            meta.getParameterMode(i)));
        }
        return all;
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
