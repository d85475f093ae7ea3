package io.gatehouse.server.session;

import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.gate.Permitted;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One statement of a plain client.
 *
 * @param text as the gate judges it and the backend runs it
 * @param own the statement alone, for its tag
 * @param types of the first parameters, as the client declared them; 0 for not
 * @param facts what the gate's first look found; null for a command of the broker's
 * @param command what the broker does itself, or null
 * @param told the types of the parameters as the client was told by Describe; empty until then
 * @param shown the types of the columns as the client was told last; empty until then
 */
record PlainStatement(
        Placeholders text,
        String own,
        List<Integer> types,
        @Nullable StatementFacts facts,
        @Nullable BrokerCommand command,
        AtomicReference<List<Integer>> told,
        AtomicReference<List<Integer>> shown) {

    PlainStatement(
            Placeholders text,
            String own,
            List<Integer> types,
            @Nullable StatementFacts facts,
            @Nullable BrokerCommand command) {
        this(
                text,
                own,
                types,
                facts,
                command,
                new AtomicReference<>(List.of()),
                new AtomicReference<>(List.of()));
    }

    PlainStatement {
        types = List.copyOf(types);
    }

    /** The type of a value: what its client declared, or, for the binary form, was told. */
    int type(int index, boolean binary) {
        int declared = type(index);
        List<Integer> described = told.get();
        return declared == 0 && binary && index < described.size()
                ? described.get(index)
                : declared;
    }

    /** A statement without parameters, alone in its text. */
    static PlainStatement simple(
            String sql, @Nullable StatementFacts facts, @Nullable BrokerCommand command) {
        return new PlainStatement(new Placeholders(sql, List.of()), sql, List.of(), facts, command);
    }

    /** A statement that was parsed; its facts tell where it is in its text. */
    static PlainStatement parsed(
            Placeholders text, List<Integer> types, @Nullable StatementFacts facts) {
        String sql = text.sql();
        String own = facts == null ? sql : sql.substring(facts.start(), facts.end());
        return new PlainStatement(text, own, types, facts, null);
    }

    /** What the backend runs, once the gate has let it pass. */
    Call.Text text(Permitted permitted) {
        return new Call.Text(permitted, text.direct(), false, Call.Keys.NONE, List.of());
    }

    /** The declared type of a parameter; 0 where there is none. */
    int type(int parameter) {
        return parameter < types.size() ? types.get(parameter) : 0;
    }
}
