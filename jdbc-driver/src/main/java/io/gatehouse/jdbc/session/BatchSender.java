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
    private boolean ended;

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
        PartMaker<List<Parameter>> maker =
                (id, part, last) ->
                        new Request.Batch(id, of.id(), last, timeoutMillis, perRow, part);
        int from = 0;
        while (from < rows.size()) {
            boolean feeds = Parameter.anyArrives(rows.get(from));
            int to = from + 1;
            while (!feeds && to < rows.size() && !Parameter.anyArrives(rows.get(to))) {
                to++;
            }
            List<List<Parameter>> some = rows.subList(from, to);
            boolean last = to == rows.size();
            Answer sent =
                    feeds
                            ? feed(some, last, maker)
                            : parts(some, last, BatchSender::encodedSize, maker);
            if (ended) {
                return sent;
            }
            if (sent.isFinished()) {
                return end(maker);
            }
            from = to;
        }
        throw new IllegalStateException("A batch has rows.");
    }

    private static long encodedSize(List<Parameter> row) {
        return row.stream().mapToLong(Parameter::encodedSize).sum();
    }

    /** Sends one row, a part of its own, and its values in pieces once the rows before have run. */
    private Answer feed(List<List<Parameter>> row, boolean last, PartMaker<List<Parameter>> maker)
            throws SQLException {
        Answer before = answer;
        if (before != null) {
            before.awaitParts(parts);
            if (before.isFinished()) {
                return before;
            }
            before.wanted.clear();
        }
        session.feeding.lock();
        try {
            Answer sent = send(row, last, maker);
            session.feeding.feed(session, sent, Feeding.values(row.get(0)), parts);
            return sent;
        } catch (SQLException | RuntimeException e) {
            if (!ended && answer != null) {
                end(maker);
            }
            throw e;
        } finally {
            session.feeding.unlock();
        }
    }

    /** It failed: the broker drops what is under way; this lets it forget the batch. */
    private <T> Answer end(PartMaker<T> maker) throws SQLException {
        return send(List.of(), true, maker);
    }

    /** Sends texts. */
    public Answer texts(List<String> texts) throws SQLException {
        return parts(
                texts,
                true,
                text -> 4L + text.getBytes(StandardCharsets.UTF_8).length,
                (id, part, last) -> new Request.BatchTexts(id, last, timeoutMillis, part));
    }

    private <T> Answer parts(List<T> all, boolean ends, ToLongFunction<T> size, PartMaker<T> maker)
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
                    return end(maker);
                }
            }
            part.add(one);
            bytes += more;
        }
        return send(part, ends, maker);
    }

    private <T> Answer send(List<T> part, boolean last, PartMaker<T> maker) throws SQLException {
        Answer of = answer;
        parts++;
        ended = last;
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
