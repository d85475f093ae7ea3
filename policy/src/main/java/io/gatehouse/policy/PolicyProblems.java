package io.gatehouse.policy;

import java.util.List;
import java.util.stream.Collectors;

/** Policy files that cannot be used, with everything that is wrong in them. */
public final class PolicyProblems extends Exception {
    private static final long serialVersionUID = 1L;

    // Exceptions are serializable by inheritance only; nobody sends this one.
    private final transient List<Problem> problems;

    PolicyProblems(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems in the order of the files and lines; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
