package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds the table of hazards against the tests that it names. */
final class HazardsPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");
    private static final int HAZARDS = 32;

    private final Page page = Page.read("docs/multiplexing.md");

    @Test
    void namesTestsThatExist() throws IOException {
        List<MatchResult> named = TEST.matcher(page.text()).results().toList();
        assertThat(named).hasSizeGreaterThan(40);
        for (MatchResult test : named) {
            assertThat(sources(test.group(1)))
                    .as(test.group())
                    .anyMatch(text -> text.contains(" " + test.group(2) + "("));
        }
    }

    private static List<String> sources(String name) throws IOException {
        Path tests = Page.root().resolve("proxy-server/src/test/java");
        try (Stream<Path> files = Files.walk(tests)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(name + ".java")).sorted().toList();
            List<String> texts = new ArrayList<>();
            for (Path file : found) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    @Test
    void leavesNoHazardOut() {
        Set<Integer> rows = new TreeSet<>();
        ROW.matcher(page.text()).results().forEach(row -> rows.add(Integer.valueOf(row.group(1))));
        assertThat(rows).hasSize(HAZARDS).contains(1, HAZARDS);
    }

    @Test
    void everyHandledRowNamesATest() {
        String handled = page.text().substring(0, page.text().indexOf("## Not handled"));
        assertThat(handled.lines().filter(line -> ROW.matcher(line).find()))
                .isNotEmpty()
                .allMatch(line -> TEST.matcher(line).find());
    }
}
