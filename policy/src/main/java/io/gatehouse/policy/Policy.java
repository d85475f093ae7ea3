package io.gatehouse.policy;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.rule.Rule;
import io.gatehouse.policy.rule.Subject;
import io.gatehouse.policy.yaml.Complaint;
import io.gatehouse.policy.yaml.PolicyDocument;
import io.gatehouse.policy.yaml.PolicyDocument.PlacedRule;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One version of the rules. Immutable and safe for many threads; answers never change. */
public final class Policy {
    /** The name in decisions where no rule decided. */
    public static final String DEFAULT = "default";

    /** The name in refusals of texts that were not understood and that no rule allows. */
    public static final String NOT_UNDERSTOOD = "not-understood";

    /** The name in refusals of writes in a session that may only read. */
    public static final String READ_ONLY_SESSION = "read-only-session";

    private static final int VERSION_BYTES = 6;
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final List<Rule> rules;
    private final boolean defaultAllow;
    private final String version;
    private final FactsCache cache = new FactsCache();

    private Policy(List<Rule> rules, boolean defaultAllow, String version) {
        this.rules = List.copyOf(rules);
        this.defaultAllow = defaultAllow;
        this.version = version;
    }

    /**
     * Reads files as one policy, in the given order.
     *
     * @throws PolicyProblems with everything that is wrong in all files
     */
    public static Policy load(Collection<Path> files) throws PolicyProblems {
        Map<String, String> texts = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                if (Files.size(file) > MAX_BYTES) {
                    throw new IOException("the file is too large: above " + MAX_BYTES + " bytes");
                }
                texts.put(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
            } catch (IOException e) {
                problems.add(new Problem(file.toString(), 0, 0, "cannot be read: " + e));
            }
        }
        return build(texts, problems);
    }

    /**
     * Reads one file's text as a policy.
     *
     * @param fileName the name for problems
     * @throws PolicyProblems with everything that is wrong
     */
    public static Policy parse(String fileName, String yaml) throws PolicyProblems {
        return build(Map.of(fileName, yaml), new ArrayList<>());
    }

    private static Policy build(Map<String, String> texts, List<Problem> problems)
            throws PolicyProblems {
        List<Rule> rules = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        @Nullable Boolean allow = null;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String file = text.getKey();
            PolicyDocument document = PolicyDocument.read(text.getValue());
            for (Complaint complaint : document.complaints()) {
                problems.add(
                        new Problem(
                                file, complaint.line(), complaint.column(), complaint.message()));
            }
            for (PlacedRule placed : document.rules()) {
                String name = placed.rule().name();
                String place = file + ":" + placed.line();
                String earlier = name.isEmpty() ? null : places.putIfAbsent(name, place);
                if (earlier != null) {
                    String message = "rule \"" + name + "\" stands already at " + earlier;
                    problems.add(new Problem(file, placed.line(), placed.column(), message));
                }
                rules.add(placed.rule());
            }
            Boolean says = document.defaultAllow();
            if (says != null && allow != null && !Objects.equals(says, allow)) {
                problems.add(new Problem(file, 1, 1, "default contradicts that of another file"));
            }
            allow = says == null ? allow : says;
        }
        if (!problems.isEmpty()) {
            throw new PolicyProblems(problems);
        }
        return new Policy(rules, Boolean.TRUE.equals(allow), hash(texts.values()));
    }

    private static String hash(Collection<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A short hash of the files' contents, in hexadecimal digits. */
    public String version() {
        return version;
    }

    /** Answers a question. The same question always gets the same answer. */
    public Decision decide(Question question) {
        FactsCache.Analysis analysis = cache.of(question.dialect(), question.sql());
        Subject subject = new Subject(question.user(), question.groups(), question.connection());
        return new Judge(defaultAllow, analysis, question.readOnlySession()).judge(rules, subject);
    }

    /** Everything that a text does, by the same cached analysis that {@link #decide} uses. */
    public Facts facts(Dialect dialect, String sql) {
        return cache.of(dialect, sql).facts();
    }
}
