package io.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The harness measures what answers rightly, and says of everything else what is wrong with it. */
final class HarnessTest {
    private static final Sizes SMALL = sizes(Duration.ofSeconds(10));

    private static Postgres postgres;
    private static List<Workload> workloads;

    private static Sizes sizes(Duration bound) {
        return new Sizes(
                200,
                3_000,
                300,
                100,
                4,
                8,
                8,
                4,
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                2,
                bound,
                Duration.ofSeconds(60));
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start(0, 50);
        Dataset.load(postgres.administrator(), SMALL);
        workloads = Workloads.all(SMALL, postgres.administrator());
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static List<Race.Result> race(Sizes sizes, Target... targets) {
        return new Race(sizes, List.of(targets), postgres.administrator(), line -> {})
                .run(workloads);
    }

    private static Target target(String name, String url) {
        return new Target(
                name, url, postgres.direct().properties(), OptionalLong.empty(), false, "");
    }

    @Test
    void measuresEveryWorkload() {
        List<Race.Result> results = race(SMALL, postgres.direct(), target("again", direct()));

        assertThat(results).hasSameSizeAs(Workloads.names());
        for (Race.Result result : results) {
            for (Figures figures : Figures.of(result)) {
                assertThat(figures.error()).as(result.workload().name()).isEmpty();
                assertThat(figures.rounds()).isEqualTo(SMALL.rounds());
                assertThat(figures.throughput().value()).isPositive();
                assertThat(figures.throughput().ratio()).isPositive();
                assertThat(figures.proxyCpu()).isNaN();
            }
            assertThat(Report.table(result)).contains("| direct").contains("| again");
        }
        assertThat(Json.of(List.of("a \"word\""), results)).contains("\"a \\\"word\\\"\"");
    }

    /** The liar sees other tables than those that the answers are checked against. */
    @Test
    void noticesWrongAnswers() throws Exception {
        try (Statement statement = postgres.administrator().createStatement()) {
            statement.execute("CREATE SCHEMA lies");
            statement.execute("CREATE TABLE lies.item AS SELECT * FROM item");
            statement.execute("UPDATE lies.item SET quantity = quantity + 1");
            statement.execute("CREATE TABLE lies.wide AS SELECT * FROM wide");
            statement.execute("UPDATE lies.wide SET ratio = ratio + 1 WHERE id = 77");
            statement.execute("CREATE TABLE lies.ingest (LIKE ingest)");
            statement.execute("GRANT ALL ON SCHEMA lies TO " + Postgres.USER);
            statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA lies TO " + Postgres.USER);
        }

        List<Race.Result> results =
                race(SMALL, postgres.direct(), target("liar", direct() + "&currentSchema=lies"));

        Map<String, String> errors =
                Map.of(
                        "point-1", "WrongAnswer: the quantity of item",
                        "point-16", "WrongAnswer: the quantity of item",
                        "point-64", "WrongAnswer: the quantity of item",
                        "open-500", "WrongAnswer: the quantity of item",
                        "transaction", "WrongAnswer: the quantity of item",
                        "stream", "WrongAnswer: the columns' sums",
                        "insert", "WrongAnswer: rows inserted: expected 300, got 0",
                        "open-1000", "WrongAnswer: the quantity of item");
        for (Race.Result result : results) {
            String wanted = errors.get(result.workload().name());
            List<Figures> figures = Figures.of(result);
            assertThat(figures.get(0).error()).isEmpty();
            if (wanted != null) {
                assertThat(figures.get(1).error().orElse("")).contains(wanted);
                assertThat(figures.get(1).throughput().value()).isNaN();
                assertThat(Report.table(result)).contains("liar FAILED: ").contains(wanted);
            }
        }
    }

    /** A transaction that the database does not have is found out after the last round. */
    @Test
    void noticesLostTransactions() throws Exception {
        try (Statement statement = postgres.administrator().createStatement()) {
            statement.execute("CREATE SCHEMA lost");
            statement.execute(
                    "CREATE TABLE lost.history_loser (account int, teller int, delta int)");
            statement.execute("GRANT ALL ON SCHEMA lost TO " + Postgres.USER);
            statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA lost TO " + Postgres.USER);
        }
        Target loser = target("loser", direct() + "&currentSchema=lost,public");
        Workload transactions = new Transactions(SMALL, postgres.administrator());

        List<Race.Result> results =
                new Race(SMALL, List.of(loser), postgres.administrator(), line -> {})
                        .run(List.of(transactions));

        assertThat(Figures.of(results.getFirst()).getFirst().error().orElse(""))
                .startsWith("the check: WrongAnswer: transactions in the database: expected ")
                .endsWith("got 0");
    }

    @Test
    void givesUpWhatHangsAndMeasuresTheRest() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Target hanging =
                    target("silent", Postgres.url(silent.getLocalPort(), Postgres.DATABASE));
            Sizes impatient = sizes(Duration.ofMillis(700));
            List<String> said = new ArrayList<>();

            List<Race.Result> results =
                    new Race(impatient, List.of(hanging), postgres.administrator(), said::add)
                            .run(workloads.subList(0, 3));

            assertThat(results).noneMatch(Race.Result::complete);
            assertThat(error(results.get(0))).contains("no end of opening after 1400 ms");
            assertThat(error(results.get(1))).contains("no end of opening after 1400 ms");
            assertThat(error(results.get(2))).contains("left out");
            assertThat(said).anyMatch(line -> line.contains("silent: opening: "));
        }
    }

    @Test
    void saysWhatCannotBeReached() throws Exception {
        int nobody = ChildProcess.freePort();
        List<Race.Result> results =
                race(
                        SMALL,
                        postgres.direct(),
                        target("absent", Postgres.url(nobody, Postgres.DATABASE)));

        for (Race.Result result : results) {
            assertThat(Figures.of(result).get(0).error()).isEmpty();
            assertThat(Figures.of(result).get(1).error().orElse("")).contains("[08001]");
        }
    }

    @Test
    void asksForPasswords() throws Exception {
        Map<String, String> wrong = Map.of("user", Postgres.USER, "password", "wrong");
        Target target = new Target("wrong", direct(), wrong, OptionalLong.empty(), false, "");

        List<Race.Result> results =
                new Race(SMALL, List.of(target), postgres.administrator(), line -> {})
                        .run(List.of(new Connecting()));

        assertThat(error(results.getFirst())).contains("[28P01]");
    }

    @Test
    void sweepsAwayTheLocksOfAFailedTarget() throws Exception {
        try (Connection left = postgres.direct().connect();
                Statement statement = left.createStatement()) {
            left.setAutoCommit(false);
            statement.execute("UPDATE item SET quantity = 7007 WHERE id = 1");
            Postgres.sweep(postgres.administrator());
            long[] after =
                    Dataset.numbers(
                            postgres.administrator(),
                            "SELECT count(*) FILTER (WHERE quantity = 7007) FROM item");
            assertThat(after[0]).isZero();
            assertThat(left.isValid(1)).isFalse();
        }
    }

    private static String direct() {
        return postgres.direct().url();
    }

    private static String error(Race.Result result) {
        return Figures.of(result).getFirst().error().orElse("");
    }
}
