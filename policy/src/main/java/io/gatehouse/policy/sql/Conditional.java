package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Columns;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a statement both with and without its executable comments: which of the two runs depends on
 * the version of the server.
 */
final class Conditional {

    private Conditional() {}

    static Draft read(StatementReader reader, List<Token> tokens) {
        Draft with = reader.read(tokens);
        List<Token> always = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            if (!token.conditional()) {
                always.add(token);
            }
        }
        if (always.size() == tokens.size() || always.isEmpty()) {
            return with;
        }
        Draft without = reader.read(always);
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
        return with;
    }
}
