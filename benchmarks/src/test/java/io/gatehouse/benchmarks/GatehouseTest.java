package io.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every workload gets the right answers through a broker, with both drivers. */
final class GatehouseTest {
    private static final Sizes SMALL =
            new Sizes(
                    200,
                    5_000,
                    500,
                    100,
                    4,
                    12,
                    20,
                    4,
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    2,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60));

    @Test
    void answersRightlyThroughTheBroker(@TempDir Path directory) throws Exception {
        try (Started started = new Started()) {
            Postgres postgres = Postgres.start(0, 50);
            started.add(postgres);
            Dataset.load(postgres.administrator(), SMALL);
            BrokerSetup setup = BrokerSetup.make(server(), policy(), postgres, 4, directory);
            Broker broker = Broker.start(setup, 4, started);

            List<Race.Result> results =
                    new Race(
                                    SMALL,
                                    List.of(
                                            postgres.direct(),
                                            broker.driver(Target.GATEHOUSE),
                                            broker.psql()),
                                    postgres.administrator(),
                                    line -> {})
                            .run(Workloads.all(SMALL, postgres.administrator()));

            List<String> errors = new ArrayList<>();
            for (Race.Result result : results) {
                for (Figures figures : Figures.of(result)) {
                    String what = result.workload().name() + " through " + figures.target();
                    figures.error().ifPresent(e -> errors.add(what + ": " + e));
                }
            }
            assertThat(errors).isEmpty();
            assertThat(Queueing.table(results, SMALL.busyClients()).orElseThrow())
                    .contains("| gatehouse-psql");
            assertThat(
                            new IdleClients(SMALL, errors::add)
                                    .report(List.of(broker.driver(Target.GATEHOUSE))))
                    .contains("| gatehouse")
                    .doesNotContain("FAILED");
        }
    }

    @Test
    void raisesTheRateOfTheDefaultPolicy() throws Exception {
        String policy = Files.readString(policy());

        assertThat(policy).contains("rate:");
        assertThat(BrokerSetup.unthrottled(policy))
                .contains("statements: 1000000")
                .hasSameSizeAs(policy.replace("10000,", "1000000,"));
    }

    /** The broker as the build has it, without the command that would build it once more. */
    private static List<String> server() {
        String surefire = System.getProperty("surefire.test.class.path");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                surefire == null ? System.getProperty("java.class.path") : surefire,
                "io.gatehouse.server.boot.Main");
    }

    private static Path policy() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("bin/gatehouse"))) {
            root = root.getParent();
        }
        return root.resolve("conf/policies/default.yaml");
    }
}
