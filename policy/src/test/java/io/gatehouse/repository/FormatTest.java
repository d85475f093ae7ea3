package io.gatehouse.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** Every Java file of every module is as bin/format would write it. */
final class FormatTest {
    private final Formatter formatter =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    @Test
    void everyJavaFileIsFormatted() {
        SourceTree tree = SourceTree.read();
        List<Path> sources = tree.withExtension("java");
        assertThat(sources).isNotEmpty();

        List<String> unformatted =
                sources.parallelStream().filter(f -> !formatted(f)).map(tree::name).toList();

        assertThat(unformatted).as("files that differ from the format: run bin/format").isEmpty();
    }

    private boolean formatted(Path file) {
        String source = SourceTree.text(file);
        try {
            return formatter.formatSourceAndFixImports(source).equals(source);
        } catch (FormatterException e) {
            throw new AssertionError(file + " cannot be parsed: " + e.getMessage(), e);
        }
    }
}
