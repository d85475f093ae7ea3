package io.gatehouse.policy;

import io.gatehouse.policy.Policy.Placed;
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

/** The texts of one policy on their way to its rules. */
final class PolicyFiles {
    private static final int VERSION_BYTES = 6;
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final Map<String, String> texts;
    private final List<Problem> problems;
    private final List<Placed> rules = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();
    private @Nullable Boolean allow;

    private PolicyFiles(Map<String, String> texts, List<Problem> problems) {
        this.texts = texts;
        this.problems = problems;
    }

    static PolicyFiles of(Map<String, String> texts) {
        return new PolicyFiles(texts, new ArrayList<>());
    }

    static PolicyFiles read(Collection<Path> files) {
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
        return new PolicyFiles(texts, problems);
    }

    Policy build(long cacheBytes) throws PolicyProblems {
        texts.forEach(this::add);
        if (!problems.isEmpty()) {
            throw new PolicyProblems(problems);
        }
        return new Policy(rules, Boolean.TRUE.equals(allow), hash(texts.values()), cacheBytes);
    }

    private void add(String file, String text) {
        PolicyDocument document = PolicyDocument.read(text);
        for (Complaint complaint : document.complaints()) {
            problems.add(
                    new Problem(file, complaint.line(), complaint.column(), complaint.message()));
        }
        for (PlacedRule placed : document.rules()) {
            String name = placed.rule().name();
            String place = file + ":" + placed.line();
            String earlier = name.isEmpty() ? null : places.putIfAbsent(name, place);
            if (earlier != null) {
                String message = "rule \"" + name + "\" stands already at " + earlier;
                problems.add(new Problem(file, placed.line(), placed.column(), message));
            }
            rules.add(new Placed(placed.rule(), file, placed.line(), placed.column()));
        }
        Boolean says = document.defaultAllow();
        if (says != null && allow != null && !Objects.equals(says, allow)) {
            problems.add(new Problem(file, 1, 1, "default contradicts that of another file"));
        }
        allow = says == null ? allow : says;
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
}
