package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.PoolSettings.PerUser;
import io.gatehouse.server.directory.PoolSettings.Slow;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.testing.PoolBounds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;

/** Who comes next, in virtual time. */
class FairQueueTest {
    private static final long MILLI = 1_000_000;
    private static final PoolSettings FOUR = PoolBounds.of(4).settings();
    private static final LeaseTask NOTHING =
            new LeaseTask() {
                @Override
                public void run(Lease lease) {}

                @Override
                public void refused(Fault fault) {}
            };

    private final Set<Place> running = new HashSet<>();
    private PoolSettings settings = FOUR;
    private SlowSlots slots = new SlowSlots(FOUR, running);
    private FairQueue queue = new FairQueue(FOUR, slots);
    private long now = 5 * MILLI;

    private void with(PoolSettings other) {
        settings = other;
        slots = new SlowSlots(other, running);
        queue = new FairQueue(other, slots);
    }

    private Place waiting(String user, String fingerprint) {
        Place place = new Place(NOTHING, queue.share(user), fingerprint, now++, null);
        place.slow = slots.isSlow(fingerprint);
        queue.add(place);
        return place;
    }

    private List<Place> waiting(String user, int count) {
        List<Place> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(waiting(user, "quick"));
        }
        return all;
    }

    private Place next() {
        Place place = queue.next(now, null);
        if (place != null) {
            if (place.slow) {
                assertThat(slots.taken(now)).isLessThanOrEqualTo(slots.most());
            }
            running.add(place);
            place.works(now);
        }
        return place;
    }

    private void end(Place place) {
        running.remove(place);
        place.rests();
        queue.end(place);
    }

    private void slow(String fingerprint) {
        slots.took(fingerprint, Duration.ofSeconds(3).toNanos(), true);
    }

    @Test
    void usersTakeTurnsAndEachIsServedInOrder() {
        List<Place> greedy = waiting("greedy", 200);
        Place modest = waiting("modest", "quick");
        assertThat(queue.waitingByUser()).isEqualTo(Map.of("greedy", 200, "modest", 1));
        List<Place> served = new ArrayList<>();
        for (int i = 0; i < 201; i++) {
            Place place = next();
            served.add(place);
            end(place);
        }
        assertThat(served.indexOf(modest)).isEqualTo(1);
        served.remove(modest);
        assertThat(served).containsExactlyElementsOf(greedy);
        assertThat(queue.size()).isZero();
    }

    @Test
    void passesOverAUserWithAllThatItMayHave() {
        with(PoolBounds.like(FOUR).perUser(new PerUser(1, 0)).settings());
        List<Place> greedy = waiting("greedy", 3);
        Place first = next();
        assertThat(first).isSameAs(greedy.get(0));
        assertThat(next()).isNull();
        Place modest = waiting("modest", "quick");
        assertThat(next()).isSameAs(modest);
        end(modest);
        assertThat(next()).isNull();
        end(first);
        assertThat(next()).isSameAs(greedy.get(1));
        assertThat(next()).isNull();
    }

    @Test
    void quickStatementsPassSlowOnes() {
        slow("report");
        List<Place> reports = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            reports.add(waiting("analyst", "report"));
        }
        assertThat(List.of(next(), next(), next())).isEqualTo(reports.subList(0, 3));
        assertThat(next()).as("the fourth connection").isNull();
        Place quick = waiting("analyst", "quick");
        assertThat(next()).isSameAs(quick);
        end(quick);
        assertThat(next()).isNull();
        end(reports.get(1));
        assertThat(next()).isSameAs(reports.get(3));
    }

    @Test
    void slowStatementsAreServedBesideAnEndlessLineOfQuickOnes() {
        slow("report");
        waiting("app", 100);
        Place report = waiting("analyst", "report");
        next();
        assertThat(List.of(next(), next())).contains(report);
    }

    @Test
    void aStatementThatRunsForLongHoldsASlowConnection() {
        slow("report");
        waiting("app", 3);
        List<Place> unknown = List.of(next(), next(), next());
        Place report = waiting("analyst", "report");
        now += Duration.ofSeconds(2).toNanos();
        assertThat(next()).as("all three run for two seconds").isNull();
        assertThat(slots.taken(now)).isEqualTo(3);
        // Between the statements of a transaction a lease is not slow, however long it is held.
        unknown.get(0).rests();
        slots.give(unknown.get(0));
        assertThat(next()).isSameAs(report);
        assertThat(unknown.get(0).worksLongerThan(0, now)).isFalse();
    }

    @Test
    void aWaitingStatementIsSlowAsSoonAsThatIsKnown() {
        List<Place> same = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            same.add(waiting("analyst", "report"));
        }
        List<Place> first = List.of(next(), next(), next(), next());
        now += Duration.ofSeconds(2).toNanos();
        end(first.get(0));
        slots.took("report", Duration.ofSeconds(2).toNanos(), true);
        assertThat(next()).as("three others run for two seconds").isNull();
        Place quick = waiting("app", "quick");
        assertThat(next()).isSameAs(quick);
        assertThat(queue.slowWaiting()).isEqualTo(2);
        end(first.get(1));
        assertThat(next()).isSameAs(same.get(4));
    }

    @Test
    void poolsOfOneToThreeHaveASensibleShare() {
        assertThat(PoolBounds.of(1).settings().slowConnections()).isEqualTo(1);
        assertThat(PoolBounds.of(2).settings().slowConnections()).isEqualTo(1);
        assertThat(PoolBounds.of(3).settings().slowConnections()).isEqualTo(2);
        assertThat(FOUR.slowConnections()).isEqualTo(3);
        assertThat(PoolSettings.DEFAULT.slowConnections()).isEqualTo(8);
        with(PoolBounds.of(1).settings());
        slow("report");
        Place report = waiting("analyst", "report");
        assertThat(next()).isSameAs(report);
    }

    @Test
    void theLongestLineMakesRoom() {
        List<Place> greedy = waiting("greedy", 10);
        List<Place> modest = waiting("modest", 2);
        assertThat(queue.displace(queue.share("new"))).isSameAs(greedy.get(9));
        assertThat(queue.displace(queue.share("greedy"))).isNull();
        assertThat(queue.size()).isEqualTo(11);
        for (int i = 8; i >= 3; i--) {
            assertThat(queue.displace(queue.share("modest"))).isSameAs(greedy.get(i));
        }
        assertThat(queue.displace(queue.share("modest"))).isNull();
        assertThat(modest).noneMatch(place -> place.answered);
    }

    @Test
    void foretellsTheWaitFromHowFastOthersAreServed() {
        waiting("greedy", 100);
        for (int i = 0; i < 20; i++) {
            end(next());
            now += 10 * MILLI;
        }
        Place more = new Place(NOTHING, queue.share("greedy"), "", now, null);
        long none = queue.expectedWait(more, Duration.ofSeconds(5).toNanos());
        assertThat(none).as("well within").isZero();
        long wait = queue.expectedWait(more, Duration.ofMillis(500).toNanos());
        assertThat(Duration.ofNanos(wait))
                .isBetween(Duration.ofMillis(790), Duration.ofMillis(830));
        Place modest = new Place(NOTHING, queue.share("modest"), "", now, null);
        wait = queue.expectedWait(modest, Duration.ofMillis(500).toNanos());
        assertThat(Duration.ofNanos(wait))
                .as("its turn comes soon")
                .isLessThan(Duration.ofMillis(25));
    }

    @Test
    void forgetsWhatIsNoLongerSlow() {
        Slowness slowness = new Slowness(Duration.ofSeconds(1).toNanos());
        assertThat(slowness.isSlow("a")).isFalse();
        slowness.took("a", Duration.ofSeconds(2).toNanos());
        assertThat(slowness.isSlow("a")).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(slowness.isSlow("a")).isTrue();
            slowness.took("a", MILLI);
        }
        assertThat(slowness.isSlow("a")).isFalse();
        for (int i = 0; i < 5_000; i++) {
            slowness.took("ad hoc " + i, Duration.ofSeconds(2).toNanos());
        }
        assertThat(slowness.known()).isEqualTo(1_000);
        assertThat(slowness.isSlow("ad hoc 4999")).isTrue();
        assertThat(slowness.isSlow("ad hoc 0")).isFalse();
    }

    /** Whatever comes in whatever order: bounds hold, nobody who may run waits, all are served. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsItsBoundsWhateverComes(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(6);
        with(
                PoolBounds.of(size)
                        .perUser(new PerUser(random.nextInt(size + 1), 0))
                        .slow(new Slow(1 + random.nextInt(size), Duration.ofSeconds(1)))
                        .settings());
        slow("report");
        Set<Place> open = new HashSet<>();
        for (int step = 0; step < 5_000; step++) {
            now += random.nextInt(300) * MILLI;
            if (step < 4_000 && random.nextInt(5) < 3) {
                String user = "u" + random.nextInt(5);
                open.add(waiting(user, random.nextBoolean() ? "report" : "quick"));
            } else if (!running.isEmpty()) {
                Place done =
                        running.stream().skip(random.nextInt(running.size())).findFirst().get();
                end(done);
                open.remove(done);
            } else if (!open.isEmpty() && random.nextInt(4) == 0) {
                Place leaves = open.iterator().next();
                assertThat(queue.remove(leaves)).isTrue();
                open.remove(leaves);
            }
            while (running.size() < size && next() != null) {
                check(open);
            }
        }
        while (!open.isEmpty()) {
            assertThat(running).as("somebody always goes on").isNotEmpty();
            Place done = running.iterator().next();
            end(done);
            open.remove(done);
            while (running.size() < size && next() != null) {
                check(open);
            }
        }
        assertThat(queue.size()).isZero();
        assertThat(slots.taken(now)).isZero();
    }

    private void check(Set<Place> open) {
        Map<String, Integer> perUser = new HashMap<>();
        running.forEach(place -> perUser.merge(place.share.user, 1, Integer::sum));
        assertThat(perUser.values())
                .allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(settings.connectionsPerUser()));
        perUser.forEach((user, n) -> assertThat(queue.share(user).running).isEqualTo(n));
        assertThat(queue.size()).isEqualTo(open.size() - running.size());
    }

    private Place waitingOn(Executor loop) {
        Place place = new Place(NOTHING, queue.share("ada"), "quick", now++, loop);
        queue.add(place);
        return place;
    }

    @Test
    void whoeverIsOnThatLoopComesFirst() {
        Executor here = work -> {};
        Executor there = work -> {};
        Place first = waitingOn(there);
        Place second = waitingOn(here);
        Place third = waitingOn(here);
        assertThat(queue.next(now, here)).isSameAs(second);
        assertThat(queue.next(now, there)).isSameAs(first);
        assertThat(queue.next(now, there)).as("rather than nobody").isSameAs(third);
    }

    @Test
    void theFirstIsPassedOverAFewTimesOnly() {
        Executor here = work -> {};
        Executor there = work -> {};
        Place first = waitingOn(there);
        int before = 0;
        waitingOn(here);
        while (queue.next(now, here) != first) {
            before++;
            waitingOn(here);
        }
        assertThat(before).isEqualTo(4);
    }

    @Test
    void nobodyIsFetchedFromFarBehind() {
        Executor here = work -> {};
        Executor there = work -> {};
        Place first = waitingOn(there);
        for (int i = 0; i < 10; i++) {
            waitingOn(there);
        }
        waitingOn(here);
        assertThat(queue.next(now, here)).isSameAs(first);
    }
}
