package io.gatehouse.server.session;

import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tags of CommandComplete, as PostgreSQL words them. */
final class Tags {
    /** Words between CREATE and the kind of object, which the tag leaves out. */
    private static final Set<String> QUALIFIERS =
            Set.of(
                    "OR",
                    "REPLACE",
                    "GLOBAL",
                    "LOCAL",
                    "TEMP",
                    "TEMPORARY",
                    "UNLOGGED",
                    "UNIQUE",
                    "CONSTRAINT",
                    "DEFAULT",
                    "RECURSIVE",
                    "TRUSTED",
                    "PROCEDURAL",
                    "NONCLUSTERED",
                    "CLUSTERED");

    /** Kinds of object of more than one word, longest first where one begins another. */
    private static final List<String> LONG_OBJECTS =
            List.of(
                    "FOREIGN DATA WRAPPER",
                    "TEXT SEARCH CONFIGURATION",
                    "TEXT SEARCH DICTIONARY",
                    "TEXT SEARCH PARSER",
                    "TEXT SEARCH TEMPLATE",
                    "MATERIALIZED VIEW",
                    "FOREIGN TABLE",
                    "EVENT TRIGGER",
                    "ACCESS METHOD",
                    "OPERATOR CLASS",
                    "OPERATOR FAMILY",
                    "USER MAPPING",
                    "DEFAULT PRIVILEGES",
                    "LARGE OBJECT");

    private Tags() {}

    /**
     * The tag of a statement that went well.
     *
     * @param text the statement's own text
     * @param count rows sent or changed
     * @param hadRows whether it returned rows, be they none
     */
    static String of(StatementFacts facts, String text, long count, boolean hadRows) {
        return switch (facts.verb()) {
            case SELECT, VALUES -> "SELECT " + count;
            case INSERT, REPLACE -> "INSERT 0 " + count;
            case UPDATE -> "UPDATE " + count;
            case DELETE -> "DELETE " + count;
            case MERGE -> "MERGE " + count;
            case FETCH -> first(text) + " " + count;
            case CREATE -> created(facts, text, count);
            case ALTER, DROP -> facts.verb() + " " + object(words(text));
            case TRUNCATE -> "TRUNCATE TABLE";
            case LOCK -> "LOCK TABLE";
            case BEGIN -> first(text).equals("START") ? "START TRANSACTION" : "BEGIN";
            case COMMIT -> "COMMIT";
            case ROLLBACK, ROLLBACK_TO -> "ROLLBACK";
            case SET_TRANSACTION -> "SET";
            // Only refused ones come here.
            case TWO_PHASE -> "XA";
            case SET -> hadRows ? "SELECT " + count : set(text);
            case DECLARE_CURSOR -> "DECLARE CURSOR";
            case CLOSE -> all(text) ? "CLOSE CURSOR ALL" : "CLOSE CURSOR";
            case DEALLOCATE -> all(text) ? "DEALLOCATE ALL" : "DEALLOCATE";
            case DISCARD -> discard(text);
            case SAVEPOINT,
                    RELEASE,
                    COMMENT,
                    GRANT,
                    REVOKE,
                    CALL,
                    DO,
                    EXPLAIN,
                    RESET,
                    SHOW,
                    PREPARE,
                    LISTEN,
                    NOTIFY,
                    UNLISTEN,
                    VACUUM,
                    ANALYZE,
                    LOAD ->
                    facts.verb().name();
            case COPY -> "COPY " + count;
            case IMPORT -> "IMPORT FOREIGN SCHEMA";
            case EXECUTE, USE, DESCRIBE, EMPTY, OTHER, UNKNOWN ->
                    hadRows ? "SELECT " + count : other(text);
        };
    }

    private static String created(StatementFacts facts, String text, long count) {
        if (facts.traits().contains(Trait.CREATES_TABLE_FROM_QUERY)) {
            return "SELECT " + count;
        }
        return "CREATE " + object(words(text));
    }

    private static String object(List<String> words) {
        int at = 1;
        while (at < words.size() && QUALIFIERS.contains(words.get(at))) {
            if (words.get(at).equals("DEFAULT") && next(words, at).equals("PRIVILEGES")) {
                break;
            }
            at++;
        }
        if (at >= words.size()) {
            return "";
        }
        String rest = String.join(" ", words.subList(at, words.size()));
        for (String name : LONG_OBJECTS) {
            if (rest.startsWith(name)) {
                return name;
            }
        }
        String word = words.get(at);
        return word.equals("USER") || word.equals("GROUP") ? "ROLE" : word;
    }

    private static String next(List<String> words, int at) {
        return at + 1 < words.size() ? words.get(at + 1) : "";
    }

    private static String set(String text) {
        return next(words(text), 0).equals("CONSTRAINTS") ? "SET CONSTRAINTS" : "SET";
    }

    private static String discard(String text) {
        String what = next(words(text), 0);
        return "DISCARD " + (what.equals("TEMPORARY") ? "TEMP" : what);
    }

    private static String other(String text) {
        List<String> words = words(text);
        String first = words.isEmpty() ? "" : words.get(0);
        return switch (first) {
            case "REFRESH" -> "REFRESH MATERIALIZED VIEW";
            case "REASSIGN" -> "REASSIGN OWNED";
            case "SECURITY" -> "SECURITY LABEL";
            default -> first;
        };
    }

    /** Whether the last word is ALL. */
    static boolean all(String text) {
        List<String> words = words(text);
        return !words.isEmpty() && words.get(words.size() - 1).equals("ALL");
    }

    private static String first(String text) {
        List<String> words = words(text);
        return words.isEmpty() ? "" : words.get(0);
    }

    /** The first words in upper case, without comments. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length() && words.size() < 8) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                int from = at;
                while (at < text.length()
                        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                    at++;
                }
                words.add(text.substring(from, at).toUpperCase(Locale.ROOT));
            } else {
                at++;
            }
        }
        return words;
    }
}
