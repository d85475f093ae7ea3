package io.gatehouse.server.session;

import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.ParameterInfo;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Formats;
import io.gatehouse.server.wire.Types;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Answers Describe: by the broker itself where a statement is known to have no rows. */
final class Descriptions {
    private Descriptions() {}

    static void statement(PlainRunner runner, PlainStatement statement, PlainRunner.Then then) {
        List<Backend> own = own(runner, statement, Formats.TEXT);
        if (own != null) {
            runner.output()
                    .say(new Backend.ParameterDescription(types(runner, statement, List.of())));
            own.forEach(runner.output()::say);
            return;
        }
        runner.describe(
                statement,
                PlainReply.Shape.SILENT,
                found -> {
                    // A client that was told a type binds its binary form without declaring it.
                    List<Integer> types = types(runner, statement, found);
                    statement.told().set(List.copyOf(types));
                    return types;
                },
                then);
    }

    static void portal(PlainRunner runner, Portal portal, PlainRunner.Then then) {
        List<Backend> own = own(runner, portal.statement, portal.formats);
        if (own != null) {
            own.forEach(runner.output()::say);
            return;
        }
        PlainReply.Shape shape = new PlainReply.Shape(portal.formats, false, false, null);
        runner.describe(portal.statement, shape, found -> null, then);
    }

    /** The columns of what the broker answers or knows; null where the backend must be asked. */
    private static @Nullable List<Backend> own(
            PlainRunner runner, PlainStatement statement, Formats formats) {
        if (statement.command() instanceof BrokerCommand.Show show) {
            boolean binary = formats.isBinary(0);
            return List.of(
                    new Backend.RowDescription(
                            List.of(runner.types().field(PlainTypes.text(show.name()), binary))));
        }
        return hasNoRows(statement) ? List.of(new Backend.NoData()) : null;
    }

    private static boolean hasNoRows(PlainStatement statement) {
        StatementFacts facts = statement.facts();
        if (facts == null || facts.verb() == Verb.SET || facts.verb() == Verb.EMPTY) {
            return true;
        }
        return switch (facts.effect()) {
            case SessionEffect.None none -> false;
            case SessionEffect.Pins pins -> false;
            case SessionEffect.Sets sets -> false;
            case SessionEffect.Resets resets -> true;
            case SessionEffect.ChangesSchema schema -> true;
            case SessionEffect.ChangesRole role -> true;
            case SessionEffect.Begins begins -> true;
            case SessionEffect.Ends ends -> true;
            case SessionEffect.Saves saves -> true;
            case SessionEffect.Releases releases -> true;
            case SessionEffect.RollsBackTo back -> true;
            case SessionEffect.TransactionMode mode -> true;
            case SessionEffect.TwoPhase step -> true;
        };
    }

    /** What the client declared, else what the backend found, else text. */
    private static List<Integer> types(
            PlainRunner runner, PlainStatement statement, List<ParameterInfo> found) {
        List<Integer> types = new ArrayList<>();
        int count = Math.max(statement.text().parameters(), statement.types().size());
        for (int i = 0; i < count; i++) {
            int type = statement.type(i);
            int place = statement.text().order().indexOf(i);
            if (type == 0 && place >= 0 && place < found.size()) {
                type = runner.types().type(found.get(place).type());
            }
            types.add(type == 0 ? Types.TEXT : type);
        }
        return types;
    }
}
