package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.server.boot.InProcess.Answer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Real traffic through a real broker, judged again and learnt from. */
@Timeout(120)
final class TrafficTest {
    @TempDir private static Path dir;

    private static Path audit;

    @BeforeAll
    static void record() throws Exception {
        RecordedTraffic.prepare();
        Path recorded = RecordedTraffic.record(dir.resolve("plain"), "without-literals");
        audit = Files.copy(recorded, dir.resolve("seen.jsonl"));
    }

    private static Answer run(String... arguments) {
        return InProcess.run("", arguments);
    }

    private static JsonNode json(Answer answer) throws Exception {
        assertThat(answer.err()).isEmpty();
        return new ObjectMapper().readTree(answer.out());
    }

    private Path policy(String yaml) throws Exception {
        Path file = Files.createTempFile(dir, "policy", ".yaml");
        return Files.writeString(file, yaml);
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(audit);
    }

    @Test
    void thePolicyThatWasInForceChangesNothing() throws Exception {
        Answer answer = replay(policy(RecordedTraffic.POLICY), audit);
        assertThat(answer.out()).startsWith(lines().size() - 1 + " statements judged: 0 otherwise");
        // Whether "2 > 1" holds is not to be seen without its values.
        assertThat(answer.out())
                .contains("not judged: 1 statement: what it does depends on values");
        assertThat(answer.status()).isEqualTo(5);
    }

    @Test
    void withItsValuesOnRecordAllOfItIsJudged() throws Exception {
        Path whole = RecordedTraffic.record(dir.resolve("whole"), "as-sent");
        Answer answer = replay(policy(RecordedTraffic.POLICY), whole);
        assertThat(answer.out()).contains(" 0 otherwise, 0 alike by another rule, ");
        assertThat(answer.out()).doesNotContain("not judged");
        assertThat(answer.status()).isZero();
        assertThat(Files.readString(whole)).contains("name in ('a', 'b', 'c')");
        assertThat(Files.readString(audit)).doesNotContain("'a'");
    }

    private Answer replay(Path policy, Path... audit) {
        return run(
                Stream.concat(
                                Stream.of("policy", "replay", "--policies", policy.toString()),
                                Stream.of(audit).map(Path::toString))
                        .toArray(String[]::new));
    }

    @Test
    void namesWhatAnotherPolicyWouldChange() throws Exception {
        Path stricter =
                policy(
                        RecordedTraffic.POLICY.replace("verbs: [drop]", "facts: [ddl]")
                                + """
                                  - name: clerks-sell
                                    match: {groups: [analysts], relations: [shop.sales]}
                                    decide: deny
                                    reason: sales are for clerks
                                """);
        Answer told = replay(stricter, audit);
        assertThat(told.status()).isEqualTo(4);
        assertThat(told.out())
                .contains("allow by default -> deny by clerks-sell: 1 statement of ")
                .contains(" on shop by ann, 20")
                .contains("big as(select * from sales where total > ?) select * from big");
        JsonNode all =
                json(
                        run(
                                "policy",
                                "replay",
                                "--json",
                                audit.toString(),
                                "--policies",
                                stricter.toString()));
        assertThat(all.path("otherwise").asInt()).isEqualTo(3);
        List<String> now = new ArrayList<>();
        all.path("changes").forEach(c -> now.add(c.path("now").path("rule").asText()));
        assertThat(now).containsExactlyInAnyOrder("clerks-sell", "clerks-sell", "no-drop");
        assertThat(all.path("changes").path(0).path("users").path(0).asText()).isNotEmpty();

        Answer few =
                run(
                        "policy",
                        "replay",
                        audit.toString(),
                        "--policies",
                        stricter.toString(),
                        "--most",
                        "1");
        assertThat(few.out()).contains("not named above: 2 statements");
    }

    @Test
    void readsSetAsideAndCompressedFilesAndReportsBadLines() throws Exception {
        Path folder = Files.createDirectories(dir.resolve("aside"));
        List<String> lines = lines();
        int half = lines.size() / 2;
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("audit.jsonl.1.gz")))) {
            out.write(String.join("\n", lines.subList(0, half)).getBytes(StandardCharsets.UTF_8));
        }
        List<String> second = new ArrayList<>(lines.subList(half, lines.size()));
        second.add(1, "{\"time\":\"2026-");
        second.add(2, "");
        second.add(3, "{\"time\":\"yesterday\",\"user\":\"secret-name\"}");
        second.add(4, "{\"pad\":\"" + "x".repeat(600_000) + "\"}");
        Files.write(folder.resolve("audit.jsonl"), second);
        Files.writeString(folder.resolve("notes.txt"), "no record");

        Answer answer = replay(policy(RecordedTraffic.POLICY), folder);
        String current = folder.resolve("audit.jsonl").toString();
        assertThat(answer.err())
                .contains(current + ":2: not JSON")
                .contains(current + ":4: not an audit record")
                .contains(current + ":5: the line is longer than any record")
                .doesNotContain("secret-name");
        assertThat(answer.err().lines()).hasSize(3);
        assertThat(answer.out())
                .startsWith(lines.size() - 1 + " statements judged: 0 otherwise")
                .contains("no audit records: 3 lines");
        assertThat(answer.status()).isEqualTo(5);
    }

    @Test
    void recordsOfOlderVersionsAreCountedAndNotGuessed() throws Exception {
        Path old = dir.resolve("old.jsonl");
        String line = lines().getFirst().replaceAll("\"facts\":\"[^\"]*\",", "");
        Files.writeString(old, line + "\n");
        Answer answer = replay(policy(RecordedTraffic.POLICY), old);
        assertThat(answer.out())
                .contains("0 statements judged")
                .contains("not judged: 1 statement: the record does not say what rules saw of it");
        assertThat(answer.status()).isEqualTo(5);
    }

    @Test
    void whatIsLearntAllowsWhatWasSeenAndNoMore() throws Exception {
        Answer learnt = run("policy", "learn", audit.toString());
        assertThat(learnt.err())
                .isEqualTo(
                        "not proposed, because people had to confirm or approve it: 1\n"
                                + "not proposed, because the record does not say enough: 1\n");
        Path proposal = policy(learnt.out());
        Answer lint = run("policy", "lint", proposal.toString());
        assertThat(lint.err()).isEmpty();
        assertThat(lint.status()).isZero();

        JsonNode again =
                json(
                        run(
                                "policy",
                                "replay",
                                "--json",
                                audit.toString(),
                                "--policies",
                                proposal.toString()));
        // What was refused stays refused, by no rule's name now; nothing else changes but what
        // people had confirmed, and an allowing rule would let anybody do.
        again.path("changes")
                .forEach(c -> {
                    if (!c.path("statement").asText().startsWith("truncate")) {
                        assertThat(c.path("now").path("verdict"))
                                .as(c.toString())
                                .isEqualTo(c.path("was").path("verdict"));
                    }
                });
        assertThat(again.path("otherwise").asInt()).isEqualTo(2);

        assertThat(learnt.out())
                .contains("groups: [\"analysts\"]", "groups: [\"clerks\"]")
                .contains("relations: [\"shop.guests\", \"shop.sales\"]")
                .contains("access: read")
                .containsPattern("# 1 statement by cal, 20\\S+ to 20\\S+, 1 text");
    }

    @Test
    void whatIsLearntRefusesWhatWasNotSeen() throws Exception {
        Path proposal = policy(run("policy", "learn", audit.toString()).out());
        for (String outside :
                List.of(
                        "select * from salaries",
                        "select pg_sleep(1) from guests",
                        "delete from sales where id = 1",
                        "select * from guests for update",
                        "show all",
                        "select * from hr.guests")) {
            assertThat(explained(proposal, "analysts", outside)).as(outside).startsWith("deny");
        }
        for (String outside :
                List.of(
                        "delete from sales",
                        "delete from guests where id = 1",
                        "insert into guests select * from sales",
                        "update sales set total = lower(total) where id = 1")) {
            assertThat(explained(proposal, "clerks", outside)).as(outside).startsWith("deny");
        }
        assertThat(explained(proposal, "analysts", "select name from guests where id > 5"))
                .startsWith("allow");
        assertThat(explained(proposal, "clerks", "delete from sales where id = 12"))
                .startsWith("allow");
    }

    private String explained(Path proposal, String group, String sql) throws Exception {
        Answer answer =
                run(
                        "policy",
                        "explain",
                        "--as",
                        "x",
                        "--group",
                        group,
                        "--on",
                        "shop",
                        "--search-path",
                        "shop",
                        "--policy",
                        proposal.toString(),
                        "--json",
                        sql);
        return json(answer).path("decision").asText();
    }

    @Test
    void learnsForUsersAndSaysItAsJson() throws Exception {
        JsonNode learnt = json(run("policy", "learn", "--json", "--by", "user", audit.toString()));
        assertThat(learnt.path("policy").asText())
                .contains("users: [\"ann\"]")
                .doesNotContain("groups:");
        assertThat(learnt.path("refused").asInt()).isZero();
        assertThat(learnt.path("unknown").asInt()).isEqualTo(1);
        assertThat(learnt.path("problems")).isEmpty();
        assertThat(learnt.path("rules").asInt()).isGreaterThan(5);
    }

    @Test
    void theLearntPolicyGuardsARealBroker() throws Exception {
        String learnt = run("policy", "learn", audit.toString()).out();
        Path conf = dir.resolve("plain");
        Files.writeString(conf.resolve("policies/p.yaml"), learnt);
        try (InProcess broker = InProcess.serve(conf)) {
            String url = "jdbc:postgresql://127.0.0.1:" + broker.port() + "/shop";
            try (Connection c = DriverManager.getConnection(url, "ann", RecordedTraffic.PASSWORD);
                    Statement s = c.createStatement()) {
                s.execute("set search_path = shop");
                s.execute("select id, name from guests where id = 12345");
                for (String outside : List.of("select * from pg_user", "delete from guests")) {
                    try {
                        s.execute(outside);
                        assertThat(outside).as("refused").isEmpty();
                    } catch (SQLException e) {
                        assertThat(e.getSQLState()).as(outside).isEqualTo("42501");
                    }
                }
            }
        } finally {
            Files.writeString(conf.resolve("policies/p.yaml"), RecordedTraffic.POLICY);
        }
    }
}
