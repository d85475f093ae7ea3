package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.SessionEffect.Setting;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.ArrayList;
import java.util.List;

/** Reads SET, RESET and USE. */
final class SettingWords {
    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    SettingWords(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    boolean use() {
        cursor.acceptAny("SCHEMA", "DATABASE", "CATALOG");
        QualifiedName name = cursor.name();
        if (name == null || !cursor.done()) {
            return false;
        }
        draft.verb(Verb.USE).effect(new SessionEffect.ChangesSchema(name.name()));
        return true;
    }

    boolean reset() {
        if (cursor.accept("ROLE") || cursor.accept("SESSION", "AUTHORIZATION")) {
            draft.verb(Verb.RESET).effect(new SessionEffect.ChangesRole("none"));
            return cursor.done();
        }
        String name = cursor.accept("ALL") ? "*" : settingName();
        if (SettingGuard.role(name)) {
            draft.verb(Verb.RESET).effect(new SessionEffect.ChangesRole("none"));
            return cursor.done();
        }
        draft.verb(Verb.RESET).effect(new SessionEffect.Resets(name));
        SettingGuard.check(dialect, new Setting(name, "default", false), draft);
        return !name.isEmpty() && cursor.done();
    }

    boolean set() {
        if (new TransactionWords(dialect, cursor, draft).readSet()) {
            return true;
        }
        draft.verb(Verb.SET);
        if (cursor.accept("CONSTRAINTS")) {
            return true;
        }
        if (cursor.is("ROLE")
                || cursor.is("SESSION", "AUTHORIZATION")
                || cursor.is("LOCAL", "ROLE")
                || cursor.is("SESSION", "ROLE")
                || cursor.is("LOCAL", "SESSION", "AUTHORIZATION")) {
            return role();
        }
        return switch (dialect) {
            case MYSQL, MARIADB -> assignments();
            case SQLSERVER -> transact();
            case H2 -> h2();
            case POSTGRESQL -> postgres();
            case ORACLE, SQLITE -> false;
        };
    }

    private boolean role() {
        cursor.accept("LOCAL");
        if (!cursor.accept("SESSION", "AUTHORIZATION")) {
            cursor.accept("SESSION");
            cursor.accept("ROLE");
            if (dialect == Dialect.POSTGRESQL && !cursor.accept("TO")) {
                cursor.acceptOperator("=");
            }
        }
        return takesRole();
    }

    private boolean postgres() {
        boolean local = cursor.accept("LOCAL");
        if (!local) {
            cursor.accept("SESSION");
        }
        if (cursor.accept("TIME", "ZONE")) {
            return assigned("timezone", local);
        }
        if (cursor.accept("SCHEMA")) {
            return assigned("search_path", local);
        }
        if (cursor.accept("NAMES")) {
            return assigned("client_encoding", local);
        }
        if (cursor.accept("XML", "OPTION")) {
            return assigned("xmloption", local);
        }
        String name = settingName();
        boolean equals = cursor.accept("TO") || cursor.acceptOperator("=");
        if (equals && SettingGuard.role(name)) {
            return takesRole();
        }
        return equals && assigned(name, local);
    }

    /** The rest is the role. */
    private boolean takesRole() {
        boolean one = cursor.tokens().size() - cursor.position() == 1;
        String name = cursor.is("DEFAULT") ? "none" : cursor.rest();
        draft.effect(new SessionEffect.ChangesRole(name));
        return one;
    }

    private String settingName() {
        if (cursor.accept("TIME", "ZONE")) {
            return "timezone";
        }
        QualifiedName name = cursor.name();
        if (name == null) {
            return "";
        }
        String last = Letters.lower(name.name());
        return name.schema().isEmpty() ? last : Letters.lower(name.schema()) + "." + last;
    }

    /** The rest is the value: words, literals and commas only. */
    private boolean assigned(String name, boolean local) {
        if (name.isEmpty() || cursor.done()) {
            return false;
        }
        for (int i = cursor.position(); i < cursor.tokens().size(); i++) {
            Token token = cursor.tokens().get(i);
            boolean value =
                    switch (token.kind()) {
                        case WORD, NAME, STRING, NUMBER, PARAMETER -> true;
                        case OPERATOR -> token.text().equals("-") || token.text().equals("+");
                        case MARK -> token.mark(',') || token.mark('.');
                        case VARIABLE -> false;
                    };
            if (!value) {
                return false;
            }
        }
        if (cursor.is("DEFAULT")) {
            draft.effect(new SessionEffect.Resets(name));
            SettingGuard.check(dialect, new Setting(name, "default", local), draft);
            return true;
        }
        one(name, cursor.rest(), local);
        return true;
    }

    private void one(String name, String value, boolean local) {
        Setting setting = new Setting(name, value, local);
        SettingGuard.check(dialect, setting, draft);
        draft.effect(new SessionEffect.Sets(List.of(setting)));
    }

    /** MySQL: {@code SET a = 1, SESSION b = 2, @c = 3}. */
    private boolean assignments() {
        if (cursor.is("PASSWORD") || cursor.is("DEFAULT", "ROLE")) {
            draft.verb(Verb.ALTER, Trait.DDL);
            return true;
        }
        if (cursor.is("STATEMENT") || cursor.is("RESOURCE")) {
            return false;
        }
        List<Setting> settings = new ArrayList<>();
        boolean variables = false;
        do {
            int first = cursor.position();
            boolean names = cursor.accept("NAMES");
            if (names || cursor.accept("CHARACTER", "SET") || cursor.accept("CHARSET")) {
                String value = value();
                settings.add(new Setting(names ? "names" : "character_set", value, false));
                continue;
            }
            if (cursor.peek().kind() == Token.Kind.VARIABLE) {
                String variable = Letters.lower(cursor.next().text());
                if (!variable.startsWith("@@")) {
                    variables = true;
                    assignmentSign();
                    forgets(value());
                    continue;
                }
                String scope = variable.substring(2);
                if (cursor.acceptMark('.')) {
                    global(scope);
                    scope = settingName();
                }
                settings.add(new Setting(scope, signed(), false));
            } else {
                global(Letters.lower(cursor.peek().text()));
                cursor.acceptAny("GLOBAL", "PERSIST", "PERSIST_ONLY", "SESSION", "LOCAL");
                settings.add(new Setting(settingName(), signed(), false));
            }
            if (cursor.position() == first) {
                return false;
            }
        } while (cursor.acceptMark(','));
        for (Setting setting : settings) {
            if (setting.name().isEmpty() || setting.valueText().isEmpty()) {
                return false;
            }
            SettingGuard.check(dialect, setting, draft);
        }
        draft.effect(
                variables
                        ? new SessionEffect.Pins(PinReason.USER_VARIABLE)
                        : new SessionEffect.Sets(settings));
        return cursor.done();
    }

    private void global(String scope) {
        if (scope.equals("global") || scope.startsWith("persist")) {
            // It changes the server for everybody, such as the place of its log files.
            draft.traits.add(Trait.DDL);
            if (cursor.rest().matches("(?is).*(file|dir|path|plugin|log).*")) {
                draft.traits.add(Trait.FILE_ACCESS);
            }
        }
    }

    /** A variable that is NULL is as good as none. */
    private void forgets(String value) {
        if (value.equalsIgnoreCase("null")) {
            draft.traits.add(Trait.ENDS_STATE);
        }
    }

    private boolean assignmentSign() {
        return cursor.acceptOperator("=") || cursor.acceptOperator(":=");
    }

    private String signed() {
        return assignmentSign() ? value() : "";
    }

    /** Takes the tokens up to the next comma outside parentheses. */
    private String value() {
        int first = cursor.position();
        while (!cursor.done() && !cursor.peek().mark(',')) {
            if (cursor.peek().mark('(')) {
                cursor.skipParentheses();
            } else {
                cursor.next();
            }
        }
        return cursor.between(first, cursor.position());
    }

    private boolean transact() {
        if (cursor.peek().kind() == Token.Kind.VARIABLE) {
            return false;
        }
        if (cursor.accept("IDENTITY_INSERT")) {
            draft.relation(cursor.name(), io.gatehouse.policy.fact.Access.WRITE);
            draft.effect(new SessionEffect.Pins(PinReason.SETTING));
            return cursor.acceptAny("ON", "OFF") && cursor.done();
        }
        // SET A, B ON is legal, and STATISTICS IO takes two words.
        String name = settingName();
        if (name.equals("statistics")) {
            name += " " + settingName();
        }
        boolean one = cursor.tokens().size() - cursor.position() == 1;
        boolean negative =
                cursor.tokens().size() - cursor.position() == 2 && cursor.peek().text().equals("-");
        if (!one && !negative) {
            return false;
        }
        one(name, cursor.rest(), false);
        return true;
    }

    private boolean h2() {
        if (cursor.peek().kind() == Token.Kind.VARIABLE) {
            draft.effect(new SessionEffect.Pins(PinReason.USER_VARIABLE));
            forgets(cursor.between(cursor.tokens().size() - 1, cursor.tokens().size()));
            return true;
        }
        if (cursor.accept("SCHEMA")) {
            draft.effect(new SessionEffect.ChangesSchema(cursor.rest()));
            return cursor.tokens().size() - cursor.position() == 1;
        }
        if (cursor.accept("TIME", "ZONE")) {
            return assigned("timezone", false);
        }
        String name = settingName();
        if (!cursor.acceptOperator("=")) {
            cursor.accept("TO");
        }
        if (!SettingGuard.h2Session(name)) {
            draft.traits.add(Trait.DDL);
            if (name.matches(".*(file|trace|listener|serializer|cluster).*")) {
                draft.traits.add(Trait.FILE_ACCESS);
            }
        }
        return assigned(name, false);
    }
}
