package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.Trait;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks for what makes an answer depend on more than the data: server, session, time, chance. */
final class Dependence {
    /** What some dialect takes for a call although no parentheses follow. */
    private static final Set<String> LOCAL_WORDS =
            Set.of(
                    "CURRENT_USER",
                    "SESSION_USER",
                    "SYSTEM_USER",
                    "USER",
                    "CURRENT_ROLE",
                    "CURRENT_CATALOG",
                    "CURRENT_SCHEMA");

    private static final Set<String> MOMENTARY_WORDS =
            Set.of(
                    "CURRENT_TIMESTAMP",
                    "CURRENT_DATE",
                    "CURRENT_TIME",
                    "LOCALTIME",
                    "LOCALTIMESTAMP",
                    "SYSDATE",
                    "SYSTIMESTAMP",
                    "UTC_DATE",
                    "UTC_TIME",
                    "UTC_TIMESTAMP",
                    "TODAY",
                    "TABLESAMPLE");

    /** With {@code 'now'}, or without an argument, the time; elsewhere what they are given. */
    private static final Set<String> SQLITE_TIMES =
            Set.of("date", "time", "datetime", "julianday", "strftime", "unixepoch", "timediff");

    /** Schemas of the servers themselves, which tell of activity and settings too. */
    private static final Set<String> SERVERS =
            Set.of(
                    "information_schema",
                    "pg_catalog",
                    "pg_toast",
                    "performance_schema",
                    "mysql",
                    "sys",
                    "msdb",
                    "master");

    private Dependence() {}

    static void check(Dialect dialect, List<Token> tokens, Draft draft) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.VARIABLE) {
                draft.traits.add(Trait.LOCAL);
            } else if (token.identifier()) {
                boolean called = i + 1 < tokens.size() && tokens.get(i + 1).mark('(');
                boolean column = i > 0 && tokens.get(i - 1).mark('.') && !called;
                if (!column) {
                    word(dialect, token, called, draft);
                }
            }
        }
        for (Relation relation : draft.relations) {
            if (ofServer(dialect, relation)) {
                draft.traits.add(Trait.LOCAL);
            }
        }
    }

    private static void word(Dialect dialect, Token token, boolean called, Draft draft) {
        if (called) {
            String name = Letters.lower(token.text());
            if (FunctionLists.local(name)) {
                draft.traits.add(Trait.LOCAL);
            }
            boolean time = dialect == Dialect.SQLITE && SQLITE_TIMES.contains(name);
            if (time || FunctionLists.momentary(name)) {
                draft.traits.add(Trait.MOMENTARY);
            }
        } else if (token.kind() == Token.Kind.WORD) {
            if (LOCAL_WORDS.contains(token.upper())) {
                draft.traits.add(Trait.LOCAL);
            }
            if (MOMENTARY_WORDS.contains(token.upper())) {
                draft.traits.add(Trait.MOMENTARY);
            }
        }
    }

    private static boolean ofServer(Dialect dialect, Relation relation) {
        String schema = relation.schema().toLowerCase(Locale.ROOT);
        String name = relation.name().toLowerCase(Locale.ROOT);
        return SERVERS.contains(schema)
                || schema.startsWith("pg_temp")
                || (dialect == Dialect.POSTGRESQL && name.startsWith("pg_"))
                || (dialect == Dialect.SQLITE && name.startsWith("sqlite_"))
                || name.startsWith("#");
    }
}
