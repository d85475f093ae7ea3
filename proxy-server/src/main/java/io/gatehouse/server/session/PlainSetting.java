package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.pool.CarriedState;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings that PostgreSQL is sure to accept, so that no backend connection is needed to say so.
 * Its drivers and psql send them as they connect, also when every connection is in use.
 */
final class PlainSetting {
    private static final Pattern WORDS = Pattern.compile("'([ -~&&[^'\\\\]]{0,63})'");
    private static final Pattern DIGITS = Pattern.compile("[0-3]");

    private PlainSetting() {}

    /** The state with the settings made, or nothing where a backend must be asked. */
    static Optional<CarriedState> of(
            Kind kind, CarriedState before, List<SessionEffect.Setting> settings) {
        if (kind.dialect() != Dialect.POSTGRESQL) {
            return Optional.empty();
        }
        CarriedState after = before;
        for (SessionEffect.Setting setting : settings) {
            String value = setting.valueText();
            if (setting.name().equals("application_name") && WORDS.matcher(value).matches()) {
                String words = value.substring(1, value.length() - 1);
                after = after.withSetting(setting.name(), null).withApplicationName(words);
            } else if (setting.name().equals("extra_float_digits")
                    && DIGITS.matcher(value).matches()) {
                after = after.withSetting(setting.name(), value);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(after);
    }
}
