package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Binds values that arrive while their statement runs, with the driver's setters for streams. */
final class Inflows {
    private Inflows() {}

    static void bind(
            Dialect dialect, PreparedStatement statement, int index, int type, Inflow inflow)
            throws SQLException {
        InputStream bytes = inflow.open();
        boolean text = type == WireTypes.GH_TEXT_STREAM;
        if (holdsWhole(dialect)) {
            byte[] all = whole(index, bytes, inflow);
            if (text) {
                statement.setString(index, WireValues.text(all));
            } else {
                statement.setBytes(index, all);
            }
        } else if (text) {
            Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8);
            statement.setCharacterStream(index, reader);
        } else if (inflow.length() >= 0 && dialect != Dialect.H2) {
            // H2 would make room for all of it at once where it has no file.
            statement.setBinaryStream(index, bytes, inflow.length());
        } else {
            statement.setBinaryStream(index, bytes);
        }
    }

    /** Whether the driver would hold all of a stream itself, without a bound. */
    private static boolean holdsWhole(Dialect dialect) {
        return dialect == Dialect.SQLITE || dialect == Dialect.MARIADB;
    }

    private static byte[] whole(int index, InputStream bytes, Inflow inflow) throws SQLException {
        try {
            int most = inflow.largestWhole();
            byte[] all = bytes.readNBytes(most);
            if (all.length == most && bytes.read() >= 0) {
                throw new GatehouseException(Faults.parameterTooLarge(index, most));
            }
            return all;
        } catch (IOException e) {
            throw new SQLException("The value of parameter " + index + " broke off.", "22000", e);
        }
    }

    /** Whether a value that cannot come a second time was begun. */
    static boolean begun(Call call) {
        return of(call).anyMatch(Inflow::begun);
    }

    /** A failure as it came about: a driver only sees that a stream has failed. */
    static Outcome told(Call call, Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed failed)) {
            return outcome;
        }
        return of(call).flatMap(inflow -> Stream.ofNullable(inflow.broken()))
                .findFirst()
                .<Outcome>map(why -> new Outcome.Failed(why, failed.connectionLost()))
                .orElse(outcome);
    }

    private static Stream<Inflow> of(Call call) {
        List<Parameter> parameters =
                switch (call) {
                    case Call.Run run -> run.parameters();
                    case Call.Batch batch when batch.rows().size() == 1 -> batch.rows().getFirst();
                    default -> List.of();
                };
        return parameters.stream().flatMap(p -> Stream.ofNullable(p.inflow()));
    }
}
