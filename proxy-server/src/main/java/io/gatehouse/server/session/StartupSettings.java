package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.PlainFaults;
import io.gatehouse.server.gate.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The session parameters that a client gives with its start-up message, by name or as {@code -c
 * name=value} in {@code options}. Behind PostgreSQL each is judged by the gate as the SET that it
 * stands for, and put on record as that.
 */
final class StartupSettings {
    /** What start-up itself has read, or the session's making. */
    private static final Set<String> OTHERS =
            Set.of("user", "database", "options", "application_name", "timezone", "replication");

    /** Every driver sends these; they are about the form of values, and leave no record. */
    private static final Set<String> FORMS = Set.of("datestyle", "extra_float_digits");

    private StartupSettings() {}

    /** Makes all of them the session's; why not, or null. */
    static @Nullable Fault apply(
            Opening opening,
            SessionContext session,
            SessionState state,
            ServerParameters parameters) {
        Map<String, String> wanted = new LinkedHashMap<>();
        Fault fault = options(opening.parameters().getOrDefault("options", ""), wanted);
        opening.parameters()
                .forEach((name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    // As in PostgreSQL, a parameter of its own wins over the options.
                    wanted.remove(lower);
                    if (!OTHERS.contains(lower) && !lower.startsWith("_pq_.")) {
                        wanted.put(lower, value);
                    }
                });
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            if (fault == null) {
                fault = ServerParameters.refuse(each.getKey(), each.getValue());
            }
            if (fault == null && !each.getKey().equals("client_encoding")) {
                fault = set(each.getKey(), each.getValue(), session, state, parameters);
            }
        }
        return fault;
    }

    private static @Nullable Fault set(
            String name,
            String value,
            SessionContext session,
            SessionState state,
            ServerParameters parameters) {
        if (session.kind().dialect() != Dialect.POSTGRESQL) {
            return ServerParameters.names().contains(name)
                    ? parameters.assign(name, value)
                    : PlainFaults.unknownStartupParameter(name);
        }
        if (!name.matches("[a-z_][a-z0-9_.]*")) {
            return PlainFaults.unknownStartupParameter(name);
        }
        String text =
                "SET "
                        + name
                        + " TO "
                        + (name.equals("search_path") ? path(value) : literal(value));
        long begun = session.nanoTime();
        return switch (session.foresee(text)) {
            case Verdict.Refused refused -> {
                session.journal().refused(begun, refused);
                yield refused.fault();
            }
            case Verdict.Granted granted -> {
                List<StatementFacts> statements = granted.permitted().facts().statements();
                Fault fault =
                        statements.size() == 1
                                        && statements.get(0).effect()
                                                instanceof SessionEffect.Sets sets
                                ? carry(sets, state)
                                : PlainFaults.unknownStartupParameter(name);
                if (fault != null || !FORMS.contains(name)) {
                    session.journal().startedWith(granted.permitted(), begun, fault);
                }
                yield fault;
            }
        };
    }

    private static @Nullable Fault carry(SessionEffect.Sets sets, SessionState state) {
        for (SessionEffect.Setting setting : sets.settings()) {
            state.carry(state.carried().withSetting(setting.name(), setting.valueText()));
        }
        return null;
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** Each schema as a value of its own: one literal would name one schema. */
    private static String path(String value) {
        StringJoiner path = new StringJoiner(", ");
        for (String part : value.split(",", -1)) {
            String name = part.strip();
            boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
            path.add(
                    literal(
                            quoted
                                    ? ServerParameters.unquoted(name)
                                    : name.toLowerCase(Locale.ROOT)));
        }
        return path.toString();
    }

    /** Reads {@code -c name=value}, {@code -cname=value} and {@code --name=value}. */
    private static @Nullable Fault options(String options, Map<String, String> into) {
        List<String> words = words(options);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String assignment;
            if (word.equals("-c") && i + 1 < words.size()) {
                assignment = words.get(++i);
            } else if (word.startsWith("--") || word.startsWith("-c")) {
                assignment = word.substring(2);
            } else {
                return PlainFaults.unknownStartupParameter(word);
            }
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                return PlainFaults.unknownStartupParameter(assignment);
            }
            String name =
                    assignment.substring(0, equals).toLowerCase(Locale.ROOT).replace('-', '_');
            into.put(name, assignment.substring(equals + 1));
        }
        return null;
    }

    /** Split at spaces; a backslash keeps the character behind it. */
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (c == '\\' && i + 1 < options.length()) {
                word.append(options.charAt(++i));
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
