package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every known way around a policy is closed, and its innocent twin still runs. */
class BypassTest {
    static final Path DEFAULT_POLICY = Path.of("..", "conf", "policies", "default.yaml");

    private record Case(int line, String writer, String reader, Set<Dialect> on, String sql) {}

    @Test
    void theDefaultPolicyJudgesEveryTextOfTheTable() throws Exception {
        Policy policy = Policy.load(List.of(DEFAULT_POLICY));
        List<String> wrong = new ArrayList<>();
        int checks = 0;
        for (Case each : cases()) {
            for (Dialect dialect : each.on()) {
                checks += 2;
                check(policy, each, dialect, Set.of(), each.writer(), wrong);
                check(policy, each, dialect, Set.of("readers"), each.reader(), wrong);
            }
        }
        assertThat(wrong).as("of " + checks + " checks").isEmpty();
        assertThat(checks).isGreaterThan(1000);
    }

    private static void check(
            Policy policy,
            Case each,
            Dialect dialect,
            Set<String> groups,
            String expected,
            List<String> wrong) {
        Decision decision =
                policy.decide(new Question("u", groups, "c", dialect, false, each.sql()));
        String verdict =
                switch (decision) {
                    case Decision.Allow allow -> "allow";
                    case Decision.Hold hold -> hold.rule();
                    case Decision.Deny deny -> deny.rule();
                };
        if (!expected.isEmpty() && !verdict.equals(expected)) {
            String facts = decision.facts().statements().toString();
            wrong.add(
                    "line "
                            + each.line()
                            + " "
                            + dialect
                            + " "
                            + groups
                            + ": expected "
                            + expected
                            + ", got "
                            + verdict
                            + ": "
                            + each.sql()
                            + "\n    "
                            + facts);
        }
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        int line = 0;
        for (String row : text().split("\n", -1)) {
            line++;
            if (row.startsWith("#") || row.isBlank()) {
                continue;
            }
            String[] parts = row.split(" \\| ", 3);
            String[] verdicts = parts[0].split(",", -1);
            cases.add(
                    new Case(
                            line,
                            verdicts[0],
                            verdicts.length > 1 ? verdicts[1] : "",
                            dialects(parts[1]),
                            unescaped(parts[2])));
        }
        return cases;
    }

    private static Set<Dialect> dialects(String names) {
        Set<Dialect> dialects = EnumSet.noneOf(Dialect.class);
        if (names.equals("*")) {
            return EnumSet.allOf(Dialect.class);
        }
        for (String name : names.split(",", -1)) {
            dialects.add(Dialect.valueOf(name));
        }
        return dialects;
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case '0' -> out.append('\0');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static String text() throws IOException {
        try (InputStream in = BypassTest.class.getResourceAsStream("bypasses.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
