package io.gatehouse.server.execute;

import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.TapFields;

import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.jdbc.PgResultSetMetaData;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns of a tapped result, and how the values of each are read. */
record TapColumns(List<Column> columns, List<TextDecoder> decoders) {
    /**
     * The columns of a description. Those of a prepared statement stay the same from one execution
     * to the next, and are made once. Asks the server for nothing: types that pgjdbc has not met
     * are called text.
     */
    static TapColumns of(Lease lease, LeaseState state, TapFields fields) throws SQLException {
        TapColumns known = state.tapColumns().get(fields);
        if (known != null) {
            return known;
        }
        TapColumns made = make(lease, fields, state.knownTypes());
        if (fields.fields().stream().allMatch(f -> state.knownTypes().contains(f.oid()))) {
            state.tapColumns().put(fields, made);
        }
        return made;
    }

    private static TapColumns make(Lease lease, TapFields fields, Set<Integer> known)
            throws SQLException {
        List<TapFields.Field> all = fields.fields();
        Field[] ofDriver = new Field[all.size()];
        List<TextDecoder> decoders = new ArrayList<>(all.size());
        for (int i = 0; i < ofDriver.length; i++) {
            TapFields.Field field = all.get(i);
            boolean asIs = known.contains(field.oid());
            int oid = asIs ? field.oid() : WireTypes.TEXT;
            ofDriver[i] =
                    new Field(
                            field.label(),
                            oid,
                            (short) (asIs ? field.size() : -1),
                            asIs ? field.modifier() : -1,
                            field.table(),
                            field.attribute());
            decoders.add(TextDecoder.of(oid));
        }
        BaseConnection connection = lease.connection().unwrap(BaseConnection.class);
        PgResultSetMetaData meta = new PgResultSetMetaData(connection, ofDriver);
        return new TapColumns(ColumnList.of(lease, meta, false).columns(), List.copyOf(decoders));
    }
}
