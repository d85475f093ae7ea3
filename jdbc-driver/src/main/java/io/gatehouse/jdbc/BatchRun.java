package io.gatehouse.jdbc;

import io.gatehouse.jdbc.session.Answer;
import io.gatehouse.jdbc.session.BatchSender;
import io.gatehouse.jdbc.session.Result;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** Runs one batch of a statement. Used once. */
final class BatchRun {
    private final StatementResults statement;

    BatchRun(StatementResults statement) {
        this.statement = statement;
    }

    /** Sends what there is to send. */
    interface Sending {
        Answer by(BatchSender sender) throws SQLException;
    }

    /** The counts of all, or a {@link BatchUpdateException} with those that are known. */
    long[] run(BatchSender sender, Sending sending) throws SQLException {
        sender.whenBegun(statement::begin);
        try {
            Answer answer = sending.by(sender);
            answer.settle();
            statement.keys(answer.keys());
            Result more = statement.isKeysKnown() ? null : answer.next();
            if (more != null) {
                throw new SQLException("A batch was answered with a result.", "08P01");
            }
            statement.end(answer);
            return answer.batchCounts();
        } catch (SQLException e) {
            Answer answer = sender.answer();
            long[] counts = answer == null ? new long[0] : answer.batchCounts();
            if (answer != null) {
                statement.end(answer);
            }
            BatchUpdateException failure =
                    new BatchUpdateException(
                            e.getMessage(), e.getSQLState(), e.getErrorCode(), counts, e);
            failure.setNextException(e);
            throw failure;
        }
    }

    static int[] narrow(long[] counts) {
        int[] narrow = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            narrow[i] = StatementResults.narrow(counts[i]);
        }
        return narrow;
    }
}
