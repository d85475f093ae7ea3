package io.gatehouse.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; names every problem found. */
public final class ConfigurationProblems extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigurationProblems(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the files; not empty. */
    public List<Problem> problems() {
        return problems;
    }
}
