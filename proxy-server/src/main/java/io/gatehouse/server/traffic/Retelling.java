package io.gatehouse.server.traffic;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what a recorded statement did. The literal-free text is read again with other values in
 * the place of those that were left out; the digest in the record tells whether rules see the same
 * in it. Where they do not, nothing is known of the statement.
 */
final class Retelling {
    private static final int KNOWN = 20_000;
    private static final Pattern MARK = Pattern.compile("\\?");
    private static final Pattern LIST = Pattern.compile("\\?, \\.\\.\\.");
    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern TYPED =
            Pattern.compile("\\b(interval|date|time|timestamp|timestamptz) \\?");

    private final Policy reader;
    private final Map<Key, Retold> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Retold> eldest) {
                    return size() > KNOWN;
                }
            };

    private record Key(Dialect dialect, String fingerprint, String facts) {}

    /** What is known of a statement. */
    sealed interface Retold {
        record Told(Facts facts) implements Retold {}

        record Lost(Why why) implements Retold {}
    }

    /** Why nothing is known of a statement. */
    enum Why {
        /** The record is of a version that did not note what rules saw. */
        NO_FACTS("the record does not say what rules saw of it"),
        CUT("its text was cut"),
        VALUES("what it does depends on values that the record leaves out");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * @param reader a policy that reads the texts; its rules do not matter
     */
    Retelling(Policy reader) {
        this.reader = reader;
    }

    Retold of(Recorded recorded) {
        Dialect dialect = recorded.dialect();
        if (dialect == null || recorded.facts().isEmpty()) {
            return new Retold.Lost(Why.NO_FACTS);
        }
        Key key = new Key(dialect, recorded.fingerprint(), recorded.facts());
        Retold found = known.get(key);
        if (found == null) {
            found = retold(dialect, recorded);
            known.put(key, found);
        }
        return found;
    }

    private Retold retold(Dialect dialect, Recorded recorded) {
        if (!recorded.sql().isEmpty() && !cut(recorded.sql())) {
            return new Retold.Told(reader.facts(dialect, recorded.sql()));
        }
        for (String candidate : candidates(dialect, recorded.statement())) {
            Facts facts = reader.facts(dialect, candidate);
            if (facts.digest().equals(recorded.facts())) {
                return new Retold.Told(
                        new Facts(
                                dialect,
                                recorded.fingerprint(),
                                recorded.statement(),
                                facts.digest(),
                                facts.statements()));
            }
        }
        return new Retold.Lost(cut(recorded.statement()) ? Why.CUT : Why.VALUES);
    }

    private static boolean cut(String text) {
        return text.endsWith("…");
    }

    private static List<String> candidates(Dialect dialect, String statement) {
        List<String> candidates = new ArrayList<>();
        candidates.add(statement);
        String plain = LIST.matcher(statement).replaceAll("?, ?");
        if (dialect.mysqlFamily()) {
            plain = NAME.matcher(plain).replaceAll(m -> quoted(m.group(1)));
        }
        candidates.add(plain);
        candidates.add(TYPED.matcher(plain).replaceAll("$1 '1'"));
        candidates.add(MARK.matcher(plain).replaceAll("'1'"));
        candidates.add(numbered(plain));
        return candidates;
    }

    private static String quoted(String name) {
        return Matcher.quoteReplacement("`" + name + "`");
    }

    /** With a number of its own for each value: equal ones would be seen as equal. */
    private static String numbered(String text) {
        int[] next = {100};
        return MARK.matcher(text).replaceAll(m -> Integer.toString(next[0]++));
    }
}
