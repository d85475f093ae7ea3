package io.gatehouse.server.session;

import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Parameter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tells statements that answer alike as long as no data changes. */
final class Sameness {
    /** Text that databases read as a moment: {@code 'now'::timestamp}. */
    private static final Pattern MOMENT =
            Pattern.compile(
                    "(^|['$])\\s*(now|today|tomorrow|yesterday|allballs)\\b",
                    Pattern.CASE_INSENSITIVE);

    /** No moment is as long as that. */
    private static final int LONGEST_MOMENT = 64;

    private Sameness() {}

    static boolean answersAlike(Call.Run run) {
        for (StatementFacts statement : run.text().permitted().facts().statements()) {
            if (!statement.answersAlike()) {
                return false;
            }
        }
        if (MOMENT.matcher(run.text().permitted().sql()).find()) {
            return false;
        }
        for (Parameter parameter : run.parameters()) {
            if (parameter.inflow() != null || moment(parameter.bytes())) {
                return false;
            }
        }
        return true;
    }

    private static boolean moment(byte @Nullable [] bytes) {
        return bytes != null
                && bytes.length <= LONGEST_MOMENT
                && MOMENT.matcher(new String(bytes, StandardCharsets.UTF_8)).find();
    }
}
