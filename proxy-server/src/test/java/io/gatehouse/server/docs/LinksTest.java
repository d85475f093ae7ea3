package io.gatehouse.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.boot.InProcess;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pages point at exists: other pages, and commands with their options. */
final class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final Pattern PLAIN = Pattern.compile("`(docs/[A-Za-z0-9/._-]+\\.md)`");
    private static final Pattern COMMAND = Pattern.compile("bin/gatehouse ([a-z-]+[^`#|\n]*)");

    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Page page : pages()) {
            Matcher links = LINK.matcher(page.text());
            Path folder = Page.root().resolve(page.file()).getParent();
            while (links.find()) {
                String target = links.group(1);
                if (!target.contains(":") && !Files.exists(folder.resolve(target))) {
                    broken.add(page.file() + " -> " + target);
                }
            }
            Matcher plain = PLAIN.matcher(page.text());
            while (plain.find()) {
                if (!Files.exists(Page.root().resolve(plain.group(1)))) {
                    broken.add(page.file() + " -> " + plain.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexNamesEveryPage() throws Exception {
        String index = Page.read("docs/README.md").text();
        List<String> missing = new ArrayList<>();
        for (Page page : pages()) {
            String name = page.file().toString();
            if (name.startsWith("docs/") && !name.equals("docs/README.md")) {
                String link = "(" + name.substring("docs/".length()) + ")";
                if (!index.contains(link)) {
                    missing.add(name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyCommandIsOne() throws Exception {
        Map<String, String> helps = new HashMap<>();
        int commands = 0;
        for (Page page : pages()) {
            Matcher command = COMMAND.matcher(page.text());
            while (command.find()) {
                check(page, command.group(1).strip(), helps);
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(15);
    }

    private static void check(Page page, String command, Map<String, String> helps) {
        List<String> words = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String word : command.replaceAll("[\\[\\]…]", " ").split("\\s+")) {
            if (word.startsWith("--")) {
                options.add(word.replaceAll("[^a-z-]", ""));
            } else if (options.isEmpty() && words.size() < 2 && word.matches("[a-z-]+")) {
                words.add(word);
            }
        }
        if (words.size() > 1 && List.of("serve", "demo").contains(words.get(0))) {
            words.remove(1);
        }
        String help = helps.computeIfAbsent(String.join(" ", words), LinksTest::help);
        assertThat(help).as(page.file() + ": " + command).isNotEmpty();
        for (String option : options) {
            assertThat(help).as(page.file() + ": " + command).contains(option);
        }
    }

    /** Empty where there is no such command. */
    private static String help(String words) {
        InProcess.Answer answer = InProcess.run("", (words + " --help").strip().split(" "));
        return answer.status() == 0 ? answer.out() : "";
    }

    private static List<Page> pages() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(Page.read(name));
        }
        try (var files = Files.walk(Page.root().resolve("docs"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
                pages.add(Page.read(Page.root().relativize(file).toString()));
            }
        }
        return pages;
    }
}
