package io.gatehouse.server.config;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects the problems of one load. Not thread-safe. */
final class Report {
    private final List<Problem> problems = new ArrayList<>();

    void add(Path file, Node node, String message) {
        add(file, node.getStartMark(), message);
    }

    void add(Path file, Optional<Mark> mark, String message) {
        int line = mark.map(m -> m.getLine() + 1).orElse(0);
        int column = mark.map(m -> m.getColumn() + 1).orElse(0);
        add(new Problem(file.toString(), line, column, message));
    }

    void add(Path file, String message) {
        add(new Problem(file.toString(), 0, 0, message));
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    ConfigurationProblems asException() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(
                Comparator.comparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column));
        return new ConfigurationProblems(sorted);
    }
}
