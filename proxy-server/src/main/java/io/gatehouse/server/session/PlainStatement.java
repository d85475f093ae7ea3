package io.gatehouse.server.session;

import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.gate.Permitted;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One statement of a plain client.
 *
 * @param text as the gate judges it and the backend runs it
 * @param own the statement alone, for its tag
 * @param types of the first parameters, as the client declared them; 0 for not
 * @param facts what the gate's first look found; null for a command of the broker's
 * @param command what the broker does itself, or null
 */
record PlainStatement(
        Placeholders text,
        String own,
        List<Integer> types,
        @Nullable StatementFacts facts,
        @Nullable BrokerCommand command) {

    PlainStatement {
        types = List.copyOf(types);
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
