package io.gatehouse.server.session;

import io.gatehouse.policy.fact.SessionEffect.Setting;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Parameter;
import io.gatehouse.server.wire.Types;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings whose values an execution binds, as {@code set_config('search_path', ?, false)}. */
final class BoundSettings {
    private static final Set<String> LISTS = Set.of("search_path", "temp_tablespaces");
    private static final Pattern PLAIN_NAMES = Pattern.compile("(\\w+( ?, ?\\w+)*)?");

    /** No setting is long; a text that is would be carried for nothing. */
    private static final int LONGEST = 1024;

    private BoundSettings() {}

    static boolean any(List<Setting> settings) {
        return settings.stream().anyMatch(setting -> setting.parameter() > 0);
    }

    /** The settings with their values as literals; empty where one is not known. */
    static Optional<List<Setting>> of(List<Setting> settings, Call call) {
        List<Setting> known = new ArrayList<>(settings.size());
        for (Setting setting : settings) {
            if (setting.parameter() == 0 || setting.local()) {
                known.add(setting);
                continue;
            }
            String value = value(setting.parameter(), call);
            String literal = value == null ? null : literal(setting.name(), value);
            if (literal == null) {
                return Optional.empty();
            }
            known.add(new Setting(setting.name(), literal, false));
        }
        return Optional.of(known);
    }

    /** Only one execution has one value. */
    private static @Nullable String value(int number, Call call) {
        if (!(call instanceof Call.Run run) || number > run.parameters().size()) {
            return null;
        }
        Parameter parameter = run.parameters().get(number - 1);
        byte[] bytes = parameter.bytes();
        boolean text =
                switch (parameter.type()) {
                    case Types.UNTYPED, Types.TEXT, Types.VARCHAR, Types.BPCHAR -> true;
                    default -> !parameter.binary();
                };
        return text && bytes != null && bytes.length <= LONGEST
                ? new String(bytes, StandardCharsets.UTF_8)
                : null;
    }

    private static @Nullable String literal(String name, String value) {
        if (!LISTS.contains(name)) {
            return quoted(value);
        }
        // SET would take a list in one literal for one name.
        return PLAIN_NAMES.matcher(value).matches()
                ? quoted(value.toLowerCase(Locale.ROOT)).replaceAll(" ?, ?", "', '")
                : null;
    }

    private static String quoted(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') >= 0 ? "E" + quoted : quoted;
    }
}
