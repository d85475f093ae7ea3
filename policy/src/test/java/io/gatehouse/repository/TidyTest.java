package io.gatehouse.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The limits of the house, over the whole tree. An exemption carries its reason. */
final class TidyTest {
    private static final int MOST_LINES_OF_A_FILE = 400;
    private static final int MOST_LINES_OF_A_METHOD = 60;
    private static final int MOST_COLUMNS = 120;

    /** Path prefixes whose files may be longer, and why. */
    private static final Map<String, String> LONG_FILES = Map.of();

    /** Path prefixes whose code may print, and why. */
    private static final Map<String, String> PRINTING =
            Map.of(
                    "proxy-server/src/main/java/io/gatehouse/server/boot/",
                    "the command line answers on standard output",
                    "benchmarks/src/main/java/",
                    "a benchmark reports on standard output");

    /** Path prefixes whose main code may sleep, and why. */
    private static final Map<String, String> SLEEPING =
            Map.of("benchmarks/src/main/java/", "a benchmark waits for a measured span to pass");

    private static final Set<String> KNOWN_TYPES =
            Set.of(
                    "bin",
                    "csv",
                    "sample",
                    "tsv",
                    "hex",
                    "java",
                    "json",
                    "md",
                    "pem",
                    "properties",
                    "py",
                    "sh",
                    "sql",
                    "svg",
                    "toml",
                    "txt",
                    "xml",
                    "yaml",
                    "yml");

    /** Files that have no type, by name or by the directory they lie in. */
    private static final Pattern TYPELESS =
            Pattern.compile(
                    "(.*/)?(bin|\\.ci|benchmarks)/[a-z-]+|(.*/)?META-INF/services/.*|LICENSE|NOTICE"
                            + "|(.*/)?Dockerfile|(.*/)?\\.[a-z]+(ignore|attributes|config)");

    private static final Pattern OPEN_MARK = Pattern.compile("\\b(FIX" + "ME|X" + "XX)\\b");
    private static final Pattern TO_DO = Pattern.compile("\\bTO" + "DO\\b(?!\\(#\\d+\\))");

    private final SourceTree tree = SourceTree.read();
    private final List<String> faults = new ArrayList<>();

    @Test
    void filesAndLinesAreShort() {
        for (Path file : tree.withExtension("java")) {
            List<String> lines = SourceTree.text(file).lines().toList();
            if (lines.size() > MOST_LINES_OF_A_FILE && !exempt(file, LONG_FILES)) {
                fault(file, lines.size(), "is longer than " + MOST_LINES_OF_A_FILE + " lines");
            }
            eachLine(file, l -> l.length() > MOST_COLUMNS, "is wider than " + MOST_COLUMNS);
        }
        expectNoFault();
    }

    @Test
    void methodsAreShort() {
        for (JavaSource source : JavaSource.parse(tree.withExtension("java"))) {
            for (JavaSource.Method method : source.methods()) {
                if (method.lines() > MOST_LINES_OF_A_METHOD) {
                    String what = method.name() + " has " + method.lines() + " lines, of at most ";
                    fault(source.file(), method.line(), what + MOST_LINES_OF_A_METHOD);
                }
            }
        }
        expectNoFault();
    }

    @Test
    void noTabsAndNoOpenMarks() {
        for (Path file : tree.withExtension("java", "md", "properties", "sql", "xml", "yaml")) {
            eachLine(file, l -> l.indexOf('\t') >= 0, "has a tab");
        }
        for (Path file : tree.withExtension("java", "sh", "sql", "xml", "yaml", "yml")) {
            eachLine(file, l -> OPEN_MARK.matcher(l).find(), "has an open mark");
            eachLine(file, l -> TO_DO.matcher(l).find(), "has a to-do without (#issue)");
        }
        expectNoFault();
    }

    @Test
    void everyPackageOfMainCodeSaysWhatItIs() {
        for (Path file : mainSources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info)) {
                fault(info, 1, "is missing");
            } else if (!SourceTree.text(info).contains("@NullMarked")
                    || !SourceTree.text(info).startsWith("/**")) {
                fault(info, 1, "needs a purpose in Javadoc and @NullMarked");
            }
        }
        expectNoFault();
    }

    @Test
    void mainCodeNeitherPrintsNorSleeps() {
        for (JavaSource source : JavaSource.parse(mainSources())) {
            for (JavaSource.Use use : source.uses()) {
                switch (use.name()) {
                    case "System.out", "System.err" -> {
                        if (!exempt(source.file(), PRINTING)) {
                            fault(source.file(), use.line(), "uses " + use.name());
                        }
                    }
                    case "Thread.sleep" -> {
                        if (!exempt(source.file(), SLEEPING)) {
                            fault(source.file(), use.line(), "sleeps");
                        }
                    }
                    default -> {}
                }
            }
        }
        expectNoFault();
    }

    @Test
    void noStrayTypesOfFile() {
        for (Path file : tree.files()) {
            String name = tree.name(file);
            if (!KNOWN_TYPES.contains(SourceTree.extension(name))
                    && !TYPELESS.matcher(name).matches()) {
                fault(file, 1, "is of a type that this repository does not have");
            }
        }
        expectNoFault();
    }

    @Test
    void everyMarkdownFileHasOneTitle() {
        for (Path file : tree.withExtension("md")) {
            boolean fenced = false;
            int titles = 0;
            for (String line : SourceTree.text(file).lines().toList()) {
                fenced ^= line.startsWith("```");
                titles += !fenced && line.startsWith("# ") ? 1 : 0;
            }
            if (titles != 1) {
                fault(file, 1, "has " + titles + " titles");
            }
        }
        expectNoFault();
    }

    private List<Path> mainSources() {
        return tree.withExtension("java").stream()
                .filter(f -> tree.name(f).contains("/src/main/java/"))
                .toList();
    }

    private boolean exempt(Path file, Map<String, String> prefixes) {
        return prefixes.keySet().stream().anyMatch(tree.name(file)::startsWith);
    }

    private void eachLine(Path file, Predicate<String> bad, String what) {
        int number = 0;
        for (String line : SourceTree.text(file).lines().toList()) {
            number++;
            if (bad.test(line)) {
                fault(file, number, what);
            }
        }
    }

    private void fault(Path file, int line, String what) {
        faults.add(tree.name(file) + ":" + line + " " + what);
    }

    private void expectNoFault() {
        assertThat(faults.stream().distinct().toList()).isEmpty();
    }
}
