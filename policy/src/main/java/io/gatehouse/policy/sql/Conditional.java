package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a statement with each choice of its executable comments: which of them run depends on the
 * version of the server.
 */
final class Conditional {
    private static final int MOST_VERSIONS = 3;

    private Conditional() {}

    static Draft read(StatementReader reader, List<Token> tokens) {
        Draft whole = reader.read(tokens);
        Set<Integer> versions = new TreeSet<>();
        boolean always = false;
        for (Token token : tokens) {
            always |= !token.conditional();
            if (token.conditional()) {
                versions.add(token.version());
            }
        }
        if (versions.isEmpty()) {
            return whole;
        }
        if (versions.size() > MOST_VERSIONS) {
            whole.notUnderstood("executable comments are for more than three versions");
            return whole;
        }
        boolean divided = tokens.stream().anyMatch(token -> token.mark(';'));
        if (divided && (always || versions.size() > 1)) {
            // It is in the body of a routine only if the comment that begins the body runs.
            whole.notUnderstood("a separator stands beside an executable comment");
        }
        List<Integer> choices = List.copyOf(versions);
        int every = (1 << choices.size()) - 1;
        for (int chosen = 0; chosen < every; chosen++) {
            if (always || chosen > 0) {
                merge(whole, reader.read(chosen(tokens, choices, chosen)));
            }
        }
        return whole;
    }

    private static List<Token> chosen(List<Token> tokens, List<Integer> versions, int bits) {
        List<Token> chosen = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            int choice = versions.indexOf(token.version());
            if (choice < 0 || (bits & (1 << choice)) != 0) {
                chosen.add(token);
            }
        }
        return chosen;
    }

    private static void merge(Draft with, Draft without) {
        if (without.verb != with.verb) {
            with.notUnderstood("an executable comment changes what the statement is");
        }
        with.notUnderstood(without.notUnderstood);
        with.columns = Columns.UNKNOWN;
        with.relations.addAll(without.relations);
        with.functions.addAll(without.functions);
        with.traits.addAll(without.traits);
        with.verbs.addAll(without.verbs);
        with.where(without.where);
    }
}
