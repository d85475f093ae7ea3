package io.gatehouse.server.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

import io.gatehouse.server.execute.RowSink;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Answers to reads, bounded in bytes and time. A change that this broker makes by a logical
 * connection makes every older answer by it unreachable at once. Thread-safe.
 */
public final class Recall {
    private static final Change NONE = new Change(0, 0);

    private final long entryBytes;
    private final LongSupplier nanoTime;
    private final Cache<Place, Kept> answers;
    private final Map<String, Change> changes = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();

    /**
     * The last change by a connection.
     *
     * @param number how many there were
     */
    private record Change(long number, long nanos) {}

    /** Where an answer is kept: it is found while nothing has changed since it was asked for. */
    private record Place(Query query, long epoch, long change) {}

    /**
     * @param until when it is too old, as {@link System#nanoTime()}
     */
    private record Kept(Answer answer, long until, long weight) {}

    /**
     * @param bytes what all answers may take; 0 keeps none
     * @param entryBytes what one of them may take
     * @param nanoTime as {@link System#nanoTime()}
     */
    public Recall(long bytes, long entryBytes, LongSupplier nanoTime) {
        this.entryBytes = Math.min(bytes, entryBytes);
        this.nanoTime = nanoTime;
        this.answers =
                Caffeine.newBuilder()
                        .maximumWeight(bytes)
                        .<Place, Kept>weigher(
                                (place, kept) -> (int) Math.min(Integer.MAX_VALUE, kept.weight()))
                        .expireAfter(new Age())
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /** An answer is as old as the question that the backend heard. */
    private static final class Age implements Expiry<Place, Kept> {
        @Override
        public long expireAfterCreate(Place place, Kept kept, long now) {
            return Math.max(0, kept.until() - now);
        }

        @Override
        public long expireAfterUpdate(Place place, Kept kept, long now, long left) {
            return expireAfterCreate(place, kept, now);
        }

        @Override
        public long expireAfterRead(Place place, Kept kept, long now, long left) {
            return left;
        }
    }

    /** One read that is answered from here, or whose answer may be kept. */
    public final class Attempt {
        private final Place place;
        private final long began;
        private final @Nullable Change before;
        private @Nullable Recording recording;

        private Attempt(Query query) {
            this.began = nanoTime.getAsLong();
            this.before = changes.get(query.connection());
            this.place = new Place(query, epoch.get(), before == null ? 0 : before.number());
        }

        /** The answer, if it is known. */
        public Optional<Answer> answer() {
            return Optional.ofNullable(answers.getIfPresent(place)).map(Kept::answer);
        }

        /** Where the backend's answer goes, so that it is heard on its way to another sink. */
        public RowSink hearing(RowSink to) {
            recording = new Recording(to, entryBytes);
            return recording;
        }

        /**
         * The backend has answered.
         *
         * @param time for how long the answer holds, from when it was asked for
         * @param quiet for how long there must have been no change when it was asked for, or the
         *     answer may be older than that change
         */
        public void keep(Duration time, Duration quiet) {
            if (recording == null || !current() || (before != null && !settled(before, quiet))) {
                return;
            }
            recording
                    .answer()
                    .ifPresent(answer -> {
                        long weight = answer.weight() + place.query().weight();
                        if (weight <= entryBytes) {
                            put(new Kept(answer, began + time.toNanos(), weight));
                        }
                    });
        }

        private boolean settled(Change change, Duration quiet) {
            return quiet.isZero() || began - change.nanos() >= quiet.toNanos();
        }

        private boolean current() {
            Change now = changes.getOrDefault(place.query().connection(), NONE);
            return place.epoch() == epoch.get() && place.change() == now.number();
        }

        private void put(Kept kept) {
            answers.put(place, kept);
        }
    }

    /** A read that may be answered from here; empty where nothing is kept. */
    public Optional<Attempt> attempt(Query query) {
        return entryBytes == 0 ? Optional.empty() : Optional.of(new Attempt(query));
    }

    /** Something may have been changed by a logical connection: older answers do not count. */
    public void changed(String connection) {
        long now = nanoTime.getAsLong();
        changes.merge(
                connection,
                new Change(1, now),
                (old, one) -> new Change(old.number() + 1, one.nanos()));
    }

    /** Forgets everything, as another configuration holds. */
    public void clear() {
        epoch.incrementAndGet();
        answers.invalidateAll();
    }

    /** About how many bytes the answers take now. */
    public long bytes() {
        answers.cleanUp();
        return answers.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
