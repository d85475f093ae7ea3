package io.gatehouse.policy;

import io.gatehouse.policy.yaml.Case;
import io.gatehouse.policy.yaml.CaseDocument;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Cases that a policy was held against.
 *
 * @param cases how many texts were asked
 * @param failures what was expected and did not come
 * @param uncovered the rules that no text met, in their order
 */
public record CaseRun(int cases, List<Problem> failures, List<String> uncovered) {
    public CaseRun {
        failures = List.copyOf(failures);
        uncovered = List.copyOf(uncovered);
    }

    /**
     * Holds a policy against the cases in files.
     *
     * @throws PolicyProblems with everything that is wrong in the files
     */
    public static CaseRun of(Policy policy, Collection<Path> files) throws PolicyProblems {
        List<Problem> problems = new ArrayList<>();
        List<Problem> failures = new ArrayList<>();
        Set<String> met = new LinkedHashSet<>();
        int asked = 0;
        for (Path file : files) {
            CaseDocument document = read(file, problems);
            for (Case each : document.cases()) {
                for (String sql : each.texts()) {
                    asked++;
                    run(policy, file.toString(), each, sql, failures, met);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new PolicyProblems(problems);
        }
        List<String> uncovered =
                policy.ruleNames().stream().filter(rule -> !met.contains(rule)).toList();
        return new CaseRun(asked, failures, uncovered);
    }

    private static CaseDocument read(Path file, List<Problem> problems) {
        try {
            CaseDocument document =
                    CaseDocument.read(Files.readString(file, StandardCharsets.UTF_8));
            document.complaints()
                    .forEach(c ->
                            problems.add(
                                    new Problem(
                                            file.toString(), c.line(), c.column(), c.message())));
            return document.complaints().isEmpty()
                    ? document
                    : new CaseDocument(List.of(), List.of());
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), 0, 0, "cannot be read: " + e));
            return new CaseDocument(List.of(), List.of());
        }
    }

    private static void run(
            Policy policy,
            String file,
            Case each,
            String sql,
            List<Problem> failures,
            Set<String> met) {
        InstantSource clock =
                each.at() == null ? InstantSource.system() : InstantSource.fixed(each.at());
        Explanation told =
                policy.explain(
                        new Question(each.asker(), each.dialect(), each.path(), false, clock, sql));
        told.looks().stream()
                .filter(look -> look.missing() == null)
                .forEach(look -> met.add(look.rule()));
        List<String> wrong = wrong(each.expected(), told.decision());
        if (!wrong.isEmpty()) {
            String title = each.name().isEmpty() ? "" : "\"" + each.name() + "\" ";
            String message = title + String.join("; ", wrong) + ": " + sql.strip();
            failures.add(new Problem(file, each.line(), each.column(), message));
        }
    }

    private static List<String> wrong(Case.Expected expected, Decision decision) {
        List<String> wrong = new ArrayList<>();
        check(wrong, "decision", expected.decision(), decision.word());
        check(wrong, "rule", expected.rule(), decision.rule());
        Obligations obligations =
                switch (decision) {
                    case Decision.Allow allow -> allow.obligations();
                    case Decision.Hold hold -> hold.then().obligations();
                    case Decision.Deny deny -> Obligations.NONE;
                };
        check(wrong, "read-only", expected.readOnly(), obligations.readOnly());
        check(wrong, "max-rows", expected.maxRows(), obligations.maxRows());
        check(wrong, "max-bytes", expected.maxBytes(), obligations.maxBytes());
        check(wrong, "timeout", expected.timeout(), obligations.timeout());
        check(wrong, "route", expected.route(), obligations.replica() ? "replica" : "primary");
        check(wrong, "cache", expected.cache(), obligations.cache());
        check(wrong, "masks", expected.masks(), obligations.masked());
        List<String> observed =
                decision.observed().stream().map(o -> o.substring(0, o.indexOf(' '))).toList();
        check(wrong, "observed", expected.observed(), observed);
        return wrong;
    }

    private static void check(
            List<String> wrong, String what, @Nullable Object expected, Object found) {
        if (expected != null && !Objects.equals(expected, found)) {
            wrong.add("expected " + what + " " + expected + ", got " + found);
        }
    }
}
