package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds the page of bypass classes against the texts and the tests that it tells of. */
final class PolicyCoveragePageTest {
    private static final int CLASSES = 28;
    private static final int FALSE_ALARMS = 28;
    private static final List<String> DIALECTS =
            List.of("POSTGRESQL", "MYSQL", "MARIADB", "SQLSERVER", "ORACLE", "SQLITE", "H2");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern HEADING = Pattern.compile("## (\\d+)? ?.*");

    private final Page page = Page.read("docs/security/policy-coverage.md");

    /** By class and dialect: texts that are refused to somebody, and texts that pass. */
    private static Map<String, int[]> counts() throws IOException {
        Path table =
                Page.root().resolve("policy/src/test/resources/io/gatehouse/policy/bypasses.txt");
        Map<String, int[]> counts = new HashMap<>();
        String kind = "";
        for (String line : Files.readAllLines(table)) {
            Matcher heading = HEADING.matcher(line);
            String[] parts = line.split(" \\| ", 3);
            if (heading.matches()) {
                kind = String.valueOf(heading.group(1));
            } else if (!line.startsWith("#") && parts.length == 3) {
                List<String> verdicts = List.of(parts[0].split(","));
                List<String> on =
                        parts[1].equals("*") ? DIALECTS : Arrays.asList(parts[1].split(","));
                for (String dialect : on) {
                    int[] count = counts.computeIfAbsent(kind + dialect, key -> new int[2]);
                    count[0] += verdicts.stream().allMatch("allow"::equals) ? 0 : 1;
                    count[1] += verdicts.contains("allow") ? 1 : 0;
                }
            }
        }
        return counts;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (String line : page.text().lines().toList()) {
            if (line.matches("\\| \\d+ \\|.*")) {
                rows.add(Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList());
            }
        }
        return rows;
    }

    @Test
    void everyCellIsWhatTheTableHolds() throws IOException {
        Map<String, int[]> counts = counts();
        List<List<String>> rows = rows();
        assertThat(rows).hasSize(CLASSES);
        for (int kind = 1; kind <= CLASSES; kind++) {
            List<String> row = rows.get(kind - 1);
            assertThat(row.getFirst()).isEqualTo(Integer.toString(kind));
            for (int i = 0; i < DIALECTS.size(); i++) {
                int[] count = counts.getOrDefault(kind + DIALECTS.get(i), new int[2]);
                cell(kind, row, row.get(i + 2), count[0], count[1]);
            }
        }
    }

    private void cell(int kind, List<String> row, String cell, int stopped, int passed) {
        String what = row + ": " + cell;
        if (cell.equals("tests")) {
            assertThat(stopped + passed).as(what).isZero();
            assertThat(row.getLast()).as(what).containsPattern(TEST);
        } else if (kind == FALSE_ALARMS) {
            assertThat(cell).as(what).isEqualTo("-/" + passed);
            assertThat(passed).as(what).isPositive();
        } else if (cell.matches("[a-z]")) {
            assertThat(page.text()).contains("- **" + cell + "**: ");
            assertThat(stopped).as(what).isZero();
        } else {
            assertThat(cell).as(what).isEqualTo(stopped + "/" + passed);
            assertThat(stopped).as(what).isPositive();
            assertThat(passed).as(what).isPositive();
        }
    }

    @Test
    void namesTestsThatExist() throws IOException {
        List<MatchResult> named = TEST.matcher(page.text()).results().toList();
        assertThat(named).hasSizeGreaterThan(25);
        for (MatchResult test : named) {
            assertThat(sources(test.group(1)))
                    .as(test.group())
                    .anyMatch(text -> text.contains(" " + test.group(2) + "("));
        }
    }

    private static List<String> sources(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String module : List.of("policy", "proxy-server", "frameworks")) {
            Path tests = Page.root().resolve(module + "/src/test/java");
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file : files.filter(f -> f.endsWith(name + ".java")).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }
}
