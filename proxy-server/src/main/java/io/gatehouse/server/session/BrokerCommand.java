package io.gatehouse.server.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A command of PostgreSQL's that the broker carries out itself on behalf of a backend that does not
 * know it: settings of the session, and the ends of transactions.
 */
sealed interface BrokerCommand {
    /** The tag of its CommandComplete. */
    String tag();

    /**
     * @param name in lower case
     * @param value without quotes; null for the default
     */
    record Assign(String name, @Nullable String value) implements BrokerCommand {
        @Override
        public String tag() {
            return "SET";
        }
    }

    /**
     * @param name in lower case; {@code all} for every one
     */
    record Reset(String name) implements BrokerCommand {
        @Override
        public String tag() {
            return "RESET";
        }
    }

    /**
     * @param name in lower case
     */
    record Show(String name) implements BrokerCommand {
        @Override
        public String tag() {
            return "SHOW";
        }
    }

    /** Modes of the running transaction, or of all later ones of the session. */
    record Mode(String options, boolean session) implements BrokerCommand {
        @Override
        public String tag() {
            return "SET";
        }
    }

    record Begin(String tag, String options) implements BrokerCommand {}

    record End(boolean commit) implements BrokerCommand {
        @Override
        public String tag() {
            return commit ? "COMMIT" : "ROLLBACK";
        }
    }

    /** Longer texts are none of these. */
    int LONGEST = 1_000;

    Set<String> FILLERS = Set.of("work", "transaction");

    /**
     * Reads a text; empty when it is anything else.
     *
     * @param known the names of the parameters that the broker has itself
     */
    static Optional<BrokerCommand> parse(String sql, Set<String> known) {
        if (sql.length() > LONGEST) {
            return Optional.empty();
        }
        List<String> words = words(sql);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String first = words.get(0);
        List<String> rest = words.subList(1, words.size());
        return switch (first) {
            case "begin", "start" -> begin(first, rest);
            case "commit", "end" -> end(rest, true);
            case "rollback", "abort" -> end(rest, false);
            case "set" -> set(rest, known);
            case "reset" ->
                    name(rest)
                            .filter(n -> n.equals("all") || known.contains(n))
                            .map(BrokerCommand.Reset::new);
            case "show" -> name(rest).filter(known::contains).map(BrokerCommand.Show::new);
            default -> Optional.empty();
        };
    }

    private static Optional<BrokerCommand> begin(String first, List<String> rest) {
        boolean start = first.equals("start");
        if (start && !(!rest.isEmpty() && rest.get(0).equals("transaction"))) {
            return Optional.empty();
        }
        int skip = !rest.isEmpty() && FILLERS.contains(rest.get(0)) ? 1 : 0;
        List<String> modes = rest.subList(skip, rest.size());
        if (!modes.isEmpty() && !modes(modes)) {
            return Optional.empty();
        }
        String tag = start ? "START TRANSACTION" : "BEGIN";
        return Optional.of(new Begin(tag, String.join(" ", modes)));
    }

    private static boolean modes(List<String> words) {
        Set<String> known =
                Set.of(
                        "isolation",
                        "level",
                        "serializable",
                        "repeatable",
                        "read",
                        "committed",
                        "uncommitted",
                        "write",
                        "only",
                        "not",
                        "deferrable",
                        ",");
        return known.containsAll(words);
    }

    private static Optional<BrokerCommand> end(List<String> rest, boolean commit) {
        int skip = !rest.isEmpty() && FILLERS.contains(rest.get(0)) ? 1 : 0;
        return rest.size() == skip ? Optional.of(new End(commit)) : Optional.empty();
    }

    /** The parameter that SHOW or RESET names; PostgreSQL has three of several words. */
    private static Optional<String> name(List<String> words) {
        return switch (String.join(" ", words)) {
            case "time zone" -> Optional.of("timezone");
            case "transaction isolation level" -> Optional.of("transaction_isolation");
            case "session authorization" -> Optional.of("session_authorization");
            default -> words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty();
        };
    }

    private static Optional<BrokerCommand> set(List<String> words, Set<String> known) {
        String text = String.join(" ", words);
        String modes = "session characteristics as transaction ";
        if (text.startsWith(modes)) {
            return Optional.of(new Mode(text.substring(modes.length()), true));
        }
        if (text.startsWith("transaction ")) {
            return Optional.of(new Mode(text.substring("transaction ".length()), false));
        }
        int at = !words.isEmpty() && words.get(0).equals("session") ? 1 : 0;
        List<String> rest = words.subList(at, words.size());
        if (rest.size() == 2 && rest.get(0).equals("names")) {
            return assign("client_encoding", rest.subList(1, 2));
        }
        if (rest.size() == 3 && rest.get(0).equals("time") && rest.get(1).equals("zone")) {
            return assign("timezone", rest.subList(2, 3));
        }
        boolean assigns =
                rest.size() >= 3
                        && known.contains(rest.get(0))
                        && (rest.get(1).equals("=") || rest.get(1).equals("to"));
        return assigns ? assign(rest.get(0), rest.subList(2, rest.size())) : Optional.empty();
    }

    private static Optional<BrokerCommand> assign(String name, List<String> values) {
        StringBuilder value = new StringBuilder();
        for (String word : values) {
            String part = word.startsWith("'") ? word.substring(1) : word;
            value.append(part.equals(",") || value.isEmpty() ? "" : " ").append(part);
        }
        boolean reset = values.size() == 1 && (values.get(0).equals("default"));
        return Optional.of(new Assign(name, reset ? null : value.toString()));
    }

    /**
     * The words of one statement in lower case; a quoted one keeps its case and begins with a
     * quote. Empty when the text holds anything that such a command does not.
     */
    private static List<String> words(String sql) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == ';') {
                return sql.substring(at).chars().allMatch(BrokerCommand::blank) ? words : List.of();
            } else if (c == '\'') {
                int end = sql.indexOf('\'', at + 1);
                if (end < 0 || sql.startsWith("''", end)) {
                    return List.of();
                }
                words.add(sql.substring(at, end));
                at = end + 1;
            } else if (c == '=' || c == ',') {
                words.add(String.valueOf(c));
                at++;
            } else if (plain(c)) {
                int from = at;
                while (at < sql.length() && plain(sql.charAt(at))) {
                    at++;
                }
                words.add(sql.substring(from, at).toLowerCase(Locale.ROOT));
            } else {
                return List.of();
            }
        }
        return words;
    }

    private static boolean blank(int c) {
        return c == ';' || Character.isWhitespace(c);
    }

    private static boolean plain(char c) {
        return Character.isLetterOrDigit(c) || "_.-+/".indexOf(c) >= 0;
    }
}
