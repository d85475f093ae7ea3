package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Sends a batch in parts of bounded size, some of which are under way at a time. Used once. */
public final class BatchSender {
    private static final int PART_BYTES = 1 << 20;
    private static final int PART_HEAD = 64;
    private static final int PARTS_UNDER_WAY = 4;

    private final Session session;
    private final @Nullable StatementHandle statement;
    private final int timeoutMillis;
    private @Nullable Answer answer;
    private Consumer<Answer> begun = a -> {};
    private int parts;

    BatchSender(Session session, @Nullable StatementHandle statement, int timeoutMillis) {
        this.session = session;
        this.statement = statement;
        this.timeoutMillis = timeoutMillis;
    }

    /** Tells somebody when the first part is under way. */
    public void whenBegun(Consumer<Answer> listener) {
        begun = listener;
    }

    /** The answer so far, null before the first part is under way. */
    public @Nullable Answer answer() {
        return answer;
    }

    /** Sends rows of parameters for the statement; all rows have equally many. */
    public Answer rows(List<List<Parameter>> rows) throws SQLException {
        StatementHandle of = statement;
        if (of == null) {
            throw new IllegalStateException("This batch has no statement.");
        }
        int perRow = rows.get(0).size();
        return parts(
                rows,
                row -> row.stream().mapToLong(Parameter::encodedSize).sum(),
                (id, part, last) ->
                        new Request.Batch(id, of.id(), last, timeoutMillis, perRow, part));
    }

    /** Sends texts. */
    public Answer texts(List<String> texts) throws SQLException {
        return parts(
                texts,
                text -> 4L + text.getBytes(StandardCharsets.UTF_8).length,
                (id, part, last) -> new Request.BatchTexts(id, last, timeoutMillis, part));
    }

    private <T> Answer parts(List<T> all, ToLongFunction<T> size, PartMaker<T> maker)
            throws SQLException {
        long limit = Math.min(PART_BYTES, session.maxFrame() - PART_HEAD);
        List<T> part = new ArrayList<>();
        long bytes = 0;
        for (T one : all) {
            long more = size.applyAsLong(one);
            if (!part.isEmpty() && bytes + more > limit) {
                Answer sent = send(part, false, maker);
                part = new ArrayList<>();
                bytes = 0;
                sent.awaitParts(parts - PARTS_UNDER_WAY);
                if (sent.isFinished()) {
                    // It failed: the broker drops what is under way; this lets it forget the batch.
                    return send(part, true, maker);
                }
            }
            part.add(one);
            bytes += more;
        }
        return send(part, true, maker);
    }

    private <T> Answer send(List<T> part, boolean last, PartMaker<T> maker) throws SQLException {
        Answer of = answer;
        parts++;
        if (of == null) {
            of = session.send(statement, session.window(), id -> maker.make(id, part, last));
            answer = of;
            begun.accept(of);
        } else {
            session.sendPart(of, maker.make(of.id(), part, last));
        }
        return of;
    }

    /** Makes the message of one part. */
    private interface PartMaker<T> {
        Request make(int id, List<T> part, boolean last);
    }
}
