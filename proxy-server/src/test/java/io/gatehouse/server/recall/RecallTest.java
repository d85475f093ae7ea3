package io.gatehouse.server.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Obligations;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Recorder;
import io.gatehouse.server.execute.RowSink;
import io.gatehouse.server.pool.CarriedState;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What is kept, for how long, and what ends it. */
class RecallTest {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final int ENTRY = 16 << 10;
    private static final int ALL = 64 << 10;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Recall recall = new Recall(ALL, ENTRY, nanos::get);

    private static Query query(String connection, String sql) {
        return new Query(
                connection,
                "ann",
                "driver",
                "1",
                Obligations.NONE,
                sql,
                true,
                false,
                List.of(),
                Call.Expect.ROWS,
                0,
                CarriedState.PRISTINE);
    }

    private Recall.Attempt attempt(String connection, String sql) {
        return recall.attempt(query(connection, sql)).orElseThrow();
    }

    private static void hear(Recall.Attempt attempt, int characters) {
        RowSink sink = attempt.hearing(new Recorder());
        sink.columns(RowSink.Kind.RESULT, false, List.of());
        sink.startRow();
        sink.text("x".repeat(characters));
        sink.endRow();
        sink.endRows(true);
    }

    private void keep(String connection, String sql) {
        Recall.Attempt attempt = attempt(connection, sql);
        hear(attempt, 10);
        attempt.keep(TIME, Duration.ZERO);
    }

    private boolean known(String connection, String sql) {
        return attempt(connection, sql).answer().isPresent();
    }

    @Test
    void anAnswerHoldsForItsTimeFromWhenItWasAskedFor() {
        Recall.Attempt attempt = attempt("a", "q");
        nanos.addAndGet(TIME.toNanos() / 2);
        hear(attempt, 10);
        attempt.keep(TIME, Duration.ZERO);
        assertThat(known("a", "q")).isTrue();
        assertThat(known("a", "Q")).isFalse();
        nanos.addAndGet(TIME.toNanos() / 2 - 1);
        assertThat(known("a", "q")).isTrue();
        nanos.addAndGet(1);
        assertThat(known("a", "q")).isFalse();
    }

    @Test
    void aChangeEndsEveryAnswerOfItsConnection() {
        keep("a", "q");
        keep("b", "q");
        recall.changed("a");
        assertThat(known("a", "q")).isFalse();
        assertThat(known("b", "q")).isTrue();
        recall.clear();
        assertThat(known("b", "q")).isFalse();
    }

    @Test
    void whatWasAskedBeforeAChangeIsNotKeptAfterIt() {
        Recall.Attempt attempt = attempt("a", "q");
        hear(attempt, 10);
        recall.changed("a");
        attempt.keep(TIME, Duration.ZERO);
        assertThat(known("a", "q")).isFalse();
        attempt = attempt("a", "q");
        hear(attempt, 10);
        recall.clear();
        attempt.keep(TIME, Duration.ZERO);
        assertThat(known("a", "q")).isFalse();
    }

    @Test
    void whatMayBeOlderThanTheLastChangeIsNotKept() {
        recall.changed("a");
        Recall.Attempt early = attempt("a", "q");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        hear(early, 10);
        early.keep(TIME, Duration.ofSeconds(1));
        assertThat(known("a", "q")).isFalse();
        Recall.Attempt late = attempt("a", "q");
        hear(late, 10);
        late.keep(TIME, Duration.ofSeconds(1));
        assertThat(known("a", "q")).isTrue();
    }

    @Test
    void onlyOneWholeResultWithoutWarningsIsKept() {
        Recall.Attempt large = attempt("a", "large");
        hear(large, ENTRY);
        large.keep(TIME, Duration.ZERO);
        assertThat(known("a", "large")).isFalse();
        Recall.Attempt cut = attempt("a", "cut");
        cut.hearing(new Recorder()).columns(RowSink.Kind.RESULT, false, List.of());
        cut.keep(TIME, Duration.ZERO);
        assertThat(known("a", "cut")).isFalse();
        Recall.Attempt counts = attempt("a", "counts");
        counts.hearing(new Recorder()).count(1);
        counts.keep(TIME, Duration.ZERO);
        assertThat(known("a", "counts")).isFalse();
    }

    @Test
    void allTogetherStayWithinTheirBytes() {
        for (int i = 0; i < 1_000; i++) {
            Recall.Attempt attempt = attempt("a", "q" + i);
            hear(attempt, 4_000);
            attempt.keep(TIME, Duration.ZERO);
            assertThat(recall.bytes()).isLessThanOrEqualTo(ALL);
        }
        assertThat(recall.bytes()).isGreaterThan(ALL / 2);
        nanos.addAndGet(TIME.toNanos());
        assertThat(recall.bytes()).isZero();
    }

    @Test
    void withoutBytesNothingIsKept() {
        assertThat(new Recall(0, ENTRY, nanos::get).attempt(query("a", "q"))).isEmpty();
    }
}
