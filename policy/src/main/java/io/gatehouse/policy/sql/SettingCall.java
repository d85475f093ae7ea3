package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.SessionEffect.Setting;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code SELECT set_config('name', 'value', false)} as the SET that it is.
 *
 * <p>Only where nothing but such calls stands in the select list; anywhere else the function could
 * run on values that are not visible, and stays dangerous.
 */
final class SettingCall {
    /** Settings whose value is a list of names, which SET takes one by one. */
    private static final Set<String> LISTS = Set.of("search_path", "temp_tablespaces");

    private static final Pattern PLAIN_NAMES = Pattern.compile("'(\\w+( ?, ?\\w+)*)?'");

    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;
    private final List<Setting> settings = new ArrayList<>();
    private boolean unforeseen;
    private int marks;

    SettingCall(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor.from(0);
        this.draft = draft;
    }

    boolean read() {
        if (dialect != Dialect.POSTGRESQL || !cursor.accept("SELECT")) {
            return false;
        }
        do {
            if (!call()) {
                return false;
            }
        } while (cursor.acceptMark(','));
        if (!cursor.done()) {
            return false;
        }
        boolean role = settings.stream().anyMatch(s -> SettingGuard.role(s.name()));
        if (role && settings.size() > 1) {
            return false;
        }
        draft.verb(Verb.SELECT, Trait.RETURNS_ROWS, Trait.SINGLE_ROW);
        draft.settingCall = true;
        draft.functions.add("set_config");
        for (Setting setting : settings) {
            SettingGuard.check(dialect, setting, draft);
        }
        if (role) {
            draft.traits.add(Trait.CHANGES_ROLE);
        }
        if (role && settings.getFirst().parameter() == 0) {
            Setting only = settings.getFirst();
            draft.effect(new SessionEffect.ChangesRole(only.valueText()));
            return true;
        }
        draft.effect(
                unforeseen || role
                        ? new SessionEffect.Pins(PinReason.SETTING)
                        : new SessionEffect.Sets(settings));
        return true;
    }

    private boolean call() {
        if (cursor.accept("PG_CATALOG") && !cursor.acceptMark('.')) {
            return false;
        }
        if (!cursor.accept("SET_CONFIG") || !cursor.acceptMark('(')) {
            return false;
        }
        Token name = cursor.next();
        cast();
        if (name.kind() != Token.Kind.STRING || !cursor.acceptMark(',')) {
            return false;
        }
        int first = cursor.position();
        Token given = cursor.next();
        Token.Kind value = given.kind();
        int parameter = value == Token.Kind.PARAMETER ? number(given) : 0;
        cast();
        String text = cursor.between(first, first + 1);
        if (!cursor.acceptMark(',')) {
            return false;
        }
        boolean local = cursor.is("TRUE");
        boolean flag = cursor.acceptAny("TRUE", "FALSE");
        boolean list = LISTS.contains(Letters.lower(name.text()));
        boolean plain = !list || PLAIN_NAMES.matcher(text).matches();
        // What a parameter brings is seen when it runs.
        unforeseen |= !local && !plain && parameter == 0;
        boolean shown = value == Token.Kind.STRING || value == Token.Kind.PARAMETER;
        if (!flag || !shown || !cursor.acceptMark(')')) {
            return false;
        }
        String words = list && plain ? Letters.lower(text).replaceAll(" ?, ?", "', '") : text;
        settings.add(new Setting(Letters.lower(name.text()), words, local, parameter));
        if (cursor.accept("AS") || cursor.peek().identifier()) {
            cursor.name();
        }
        return true;
    }

    /** Which parameter it is: of {@code ?} by its place, of {@code $1} by its name. */
    private int number(Token parameter) {
        marks += parameter.text().equals("?") ? 1 : 0;
        boolean named = parameter.text().matches("\\$[1-9]\\d{0,4}");
        return named ? Integer.parseInt(parameter.text().substring(1)) : marks;
    }

    private void cast() {
        if (cursor.acceptOperator("::")) {
            cursor.name();
        }
    }
}
