package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.server.config.LiveConfiguration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A policy that is edited while a broker runs and a client is connected. */
@Timeout(120)
final class PolicyReloadTest {
    private static final String CLOSED =
            """
            policy: 1
            default: allow
            rules:
              - name: closed
                match: {relations: [shop.guests]}
                decide: deny
                reason: the house is closed
            """;

    @TempDir private Path dir;

    private final Logger logger = (Logger) LoggerFactory.getLogger(LiveConfiguration.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(said);
    }

    private static String state(PreparedStatement statement) {
        try {
            statement.execute();
            return "";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private List<String> told() {
        return List.copyOf(said.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static String version(Path file) throws Exception {
        InProcess.Answer answer =
                InProcess.run("", "policy", "lint", "--json", file.getParent().toString());
        return new ObjectMapper().readTree(answer.out()).path("policy").asText();
    }

    @Test
    void aGoodOneIsLiveAtOnceAndABadOneLeavesTheLast() throws Exception {
        RecordedTraffic.prepare();
        Path audit = RecordedTraffic.record(dir, "without-literals");
        Files.delete(audit);
        Path file = dir.resolve("policies/p.yaml");
        List<String> versions = new ArrayList<>(List.of(version(file)));
        try (InProcess broker = InProcess.serve(dir);
                Connection c = connected(broker);
                PreparedStatement s = c.prepareStatement("select count(*) from shop.guests")) {
            assertThat(state(s)).isEmpty();

            Files.writeString(file, CLOSED);
            versions.add(version(file));
            until("the new rule holds", () -> state(s).contains("the house is closed"));

            Files.writeString(file, CLOSED.replace("decide: deny", "decide: dny\n    wings: 2"));
            String place = file + ":";
            until("the problems are told", () -> told().toString().contains("has no key"));
            assertThat(told())
                    .anyMatch(line -> line.contains("the last good one stays"))
                    .anyMatch(line -> line.contains(place + "6:13: decide must be one of"))
                    .anyMatch(line -> line.contains(place + "7:5: a rule has no key \"wings\""));
            for (int i = 0; i < 5; i++) {
                assertThat(state(s)).startsWith("42501").contains("\"closed\"");
            }

            Files.writeString(file, CLOSED.replace("shop.guests", "shop.sales"));
            versions.add(version(file));
            until("the mended rule holds", () -> state(s).isEmpty());
        }
        Set<String> recorded = new LinkedHashSet<>();
        for (String line : Files.readAllLines(audit)) {
            recorded.add(new ObjectMapper().readTree(line).path("policy").asText());
        }
        assertThat(recorded).containsExactlyElementsOf(versions);
    }

    private static Connection connected(InProcess broker) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:gatehouse://127.0.0.1:" + broker.port() + "/shop",
                "ann",
                RecordedTraffic.PASSWORD);
    }
}
