package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.List;
import java.util.Set;

/**
 * Looks at the tokens alone for what must not be missed, whatever a parser made of the text:
 * dangerous functions in every position, files, variables, and words that write.
 */
final class Reach {
    private static final Set<String> WRITES =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "REPLACE");
    private static final Set<String> TRANSACT =
            Set.of(
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "MERGE",
                    "TRUNCATE",
                    "DROP",
                    "CREATE",
                    "ALTER",
                    "EXEC",
                    "EXECUTE",
                    "GRANT",
                    "REVOKE",
                    "DENY",
                    "BACKUP",
                    "RESTORE",
                    "SHUTDOWN",
                    "USE",
                    "KILL",
                    "DBCC",
                    "BULK",
                    "WAITFOR",
                    "DECLARE",
                    "RECONFIGURE",
                    "SETUSER",
                    "WHILE",
                    "GOTO",
                    "RAISERROR",
                    "PRINT",
                    "COMMIT",
                    "ROLLBACK",
                    "SAVE",
                    "CHECKPOINT",
                    "WRITETEXT",
                    "UPDATETEXT",
                    "READTEXT",
                    "REVERT");

    private Reach() {}

    static void check(Dialect dialect, List<Token> tokens, Draft draft) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.identifier() && i + 1 < tokens.size()) {
                call(dialect, tokens, i, draft);
            }
            if (dialect == Dialect.SQLSERVER && token.identifier()) {
                TransactReach.check(tokens, i, draft);
            }
            if (dialect == Dialect.POSTGRESQL && token.identifier()) {
                attribute(tokens, i, draft);
            }
            if (dialect == Dialect.ORACLE) {
                oracle(tokens, i, draft);
            }
            if (token.is("INTO") && i + 1 < tokens.size()) {
                into(tokens.get(i + 1), draft);
            }
            sequence(tokens, i, draft);
            if (token.is("SQL_CALC_FOUND_ROWS") && dialect.mysqlFamily()) {
                // Whoever has the rows counted is going to ask for the count.
                draft.effect(new SessionEffect.Pins(PinReason.LAST_STATEMENT));
            }
            if (token.kind() == Token.Kind.VARIABLE) {
                variable(dialect, tokens, i, draft);
            }
        }
    }

    private static void oracle(List<Token> tokens, int i, Draft draft) {
        if (databaseLink(tokens, i)) {
            draft.traits.add(Trait.DANGEROUS_FUNCTION);
        }
        Token token = tokens.get(i);
        boolean behindFrom = i > 0 && (tokens.get(i - 1).is("FROM") || tokens.get(i - 1).mark(','));
        if (token.is("EXTERNAL") && behindFrom && i + 1 < tokens.size()) {
            // A table that is a file, declared where it is read.
            if (tokens.get(i + 1).mark('(')) {
                draft.traits.add(Trait.FILE_ACCESS);
            }
        }
    }

    private static boolean databaseLink(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        boolean at = token.kind() == Token.Kind.OPERATOR && token.text().equals("@");
        return at && i > 0 && tokens.get(i - 1).identifier();
    }

    private static void call(Dialect dialect, List<Token> tokens, int i, Draft draft) {
        Token next = tokens.get(i + 1);
        String name = Letters.lower(tokens.get(i).text());
        procedure(dialect, tokens, i, draft);
        if (next.mark('.')) {
            if (FunctionLists.dangerousPackage(dialect, name)) {
                draft.traits.add(Trait.DANGEROUS_FUNCTION);
                draft.functions.add(name);
            }
            return;
        }
        if (!next.mark('(')) {
            return;
        }
        boolean target = i > 0 && tokens.get(i - 1).is("INTO");
        boolean setting = draft.settingCall && name.equals("set_config");
        if (FunctionLists.dangerous(name) && !target && !setting) {
            dangerous(name, draft);
        }
        lasting(dialect, tokens, i, name, draft);
    }

    private static void dangerous(String name, Draft draft) {
        draft.traits.add(Trait.DANGEROUS_FUNCTION);
        draft.functions.add(name);
        if (FunctionLists.reachesAnyTable(name)) {
            draft.traits.add(Trait.UNPARSED);
        }
    }

    /** Functions that leave something in the session, or ask for what was left there. */
    private static void lasting(
            Dialect dialect, List<Token> tokens, int i, String name, Draft draft) {
        switch (name) {
            case "nextval", "setval" -> {
                draft.traits.add(Trait.SEQUENCE);
                draft.traits.add(Trait.MOVES_SEQUENCE);
            }
            case "last_insert_id" -> {
                draft.traits.add(Trait.SEQUENCE);
                boolean sets = i + 2 < tokens.size() && !tokens.get(i + 2).mark(')');
                if (sets) {
                    // Whoever leaves a value there is going to ask for it.
                    draft.effect(new SessionEffect.Pins(PinReason.LAST_STATEMENT));
                }
            }
            case "currval", "lastval", "scope_identity", "identity", "last_insert_rowid" ->
                    draft.traits.add(Trait.SEQUENCE);
            case "found_rows", "row_count", "rowcount_big", "changes", "total_changes" -> {
                // Elsewhere a user's own function may have that name.
                if (dialect != Dialect.POSTGRESQL && dialect != Dialect.H2) {
                    draft.traits.add(Trait.LAST_RESULT);
                }
            }
            case "setseed" -> {
                if (dialect == Dialect.POSTGRESQL) {
                    draft.effect(new SessionEffect.Pins(PinReason.RANDOM_SEED));
                }
            }
            default -> advisory(name, draft);
        }
    }

    /** PostgreSQL calls a function of one argument by {@code x.f} as well. */
    private static void attribute(List<Token> tokens, int i, Draft draft) {
        if (i == 0 || !tokens.get(i - 1).mark('.')) {
            return;
        }
        String name = Letters.lower(tokens.get(i).text());
        boolean composed = name.indexOf('_') > 0 || name.startsWith("dblink");
        if (composed && FunctionLists.dangerous(name) && !draft.settingCall) {
            dangerous(name, draft);
        }
        advisory(name, draft);
    }

    /** Procedures of SQL Server are called without parentheses. */
    private static void procedure(Dialect dialect, List<Token> tokens, int i, Draft draft) {
        if (dialect != Dialect.SQLSERVER) {
            return;
        }
        String name = Letters.lower(tokens.get(i).text());
        boolean program = name.startsWith("xp_") || name.startsWith("sp_oa");
        if (program || name.equals("sp_configure") || name.equals("sp_execute_external_script")) {
            draft.traits.add(Trait.PROGRAM_ACCESS);
        }
        boolean execute = name.equals("exec") || name.equals("execute");
        Token next = tokens.get(i + 1);
        boolean text = next.mark('(') || next.kind() == Token.Kind.STRING;
        if (name.startsWith("sp_executesql") || (execute && text)) {
            draft.traits.add(Trait.RUNS_TEXT);
        }
    }

    /** The forms without parentheses: NEXT VALUE FOR s, and s.NEXTVAL. */
    private static void sequence(List<Token> tokens, int i, Draft draft) {
        Token token = tokens.get(i);
        boolean member = i > 0 && tokens.get(i - 1).mark('.');
        boolean moves =
                (member && token.is("NEXTVAL"))
                        || (token.is("NEXT")
                                && i + 1 < tokens.size()
                                && tokens.get(i + 1).is("VALUE"));
        if (moves) {
            draft.traits.add(Trait.MOVES_SEQUENCE);
        }
        boolean current =
                token.is("CURRENT") && i + 1 < tokens.size() && tokens.get(i + 1).is("VALUE");
        if (moves || current || (member && token.is("CURRVAL"))) {
            draft.traits.add(Trait.SEQUENCE);
        }
    }

    private static void advisory(String name, Draft draft) {
        boolean held =
                name.startsWith("pg_advisory_")
                        || name.startsWith("pg_try_advisory_")
                        || name.equals("get_lock")
                        || name.equals("release_lock")
                        || name.equals("release_all_locks")
                        || name.equals("sp_getapplock");
        if (held) {
            draft.traits.add(Trait.ADVISORY_LOCK);
            if (name.startsWith("pg_advisory_unlock") || name.startsWith("release_")) {
                draft.traits.add(Trait.ENDS_STATE);
            } else if (!name.contains("_xact_")) {
                draft.effect(new SessionEffect.Pins(PinReason.SESSION_LOCK));
            }
        }
    }

    private static void into(Token target, Draft draft) {
        if (target.is("OUTFILE") || target.is("DUMPFILE")) {
            draft.traits.add(Trait.FILE_ACCESS);
        }
    }

    private static void variable(Dialect dialect, List<Token> tokens, int i, Draft draft) {
        Token token = tokens.get(i);
        boolean server = token.text().startsWith("@@");
        if (server) {
            serverVariable(Letters.lower(token.text()), tokens, i, draft);
            return;
        }
        // Reading a user variable is state of the session as well: its value lives there.
        boolean persists = dialect.mysqlFamily() || dialect == Dialect.H2;
        if (persists && draft.effect instanceof SessionEffect.None) {
            draft.effect(new SessionEffect.Pins(PinReason.USER_VARIABLE));
        }
    }

    private static void serverVariable(String name, List<Token> tokens, int i, Draft draft) {
        boolean scoped = i + 2 < tokens.size() && tokens.get(i + 1).mark('.');
        String last = scoped ? "@@" + Letters.lower(tokens.get(i + 2).text()) : name;
        switch (last) {
            case "@@identity", "@@last_insert_id" -> draft.traits.add(Trait.SEQUENCE);
            case "@@rowcount", "@@error", "@@warning_count", "@@error_count" ->
                    draft.traits.add(Trait.LAST_RESULT);
            default -> {}
        }
    }

    /** The index of an unquoted word outside parentheses, or -1. */
    static int word(List<Token> tokens, String word) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.mark('(')) {
                depth++;
            } else if (token.mark(')')) {
                depth--;
            } else if (depth == 0 && token.is(word)) {
                return i;
            }
        }
        return -1;
    }

    /** The index of a bare word that may begin a change, or -1. */
    static int writeWord(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD && !harmless(tokens, i)) {
                if (token.upper().equals("INTO") || WRITES.contains(token.upper())) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether a bare word stands anywhere that can begin a statement other than a query. */
    static boolean otherStatement(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD && TRANSACT.contains(token.upper())) {
                if (!harmless(tokens, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean harmless(List<Token> tokens, int i) {
        if (i > 0) {
            Token before = tokens.get(i - 1);
            if (before.is("AS") || before.mark('.') || before.is("FOR") || before.is("KEY")) {
                return true;
            }
        }
        if (i + 1 < tokens.size()) {
            Token after = tokens.get(i + 1);
            // INSERT() and REPLACE() are functions; "t.update" and "update, x" are columns.
            boolean call = after.mark('(') && !tokens.get(i).is("INTO");
            return call || after.mark('.') || after.mark(',');
        }
        return false;
    }

    /** Whether a second statement of T-SQL, which needs no separator, may begin in the tokens. */
    static boolean secondStatement(Dialect dialect, List<Token> tokens, Draft draft) {
        if (dialect != Dialect.SQLSERVER || routine(draft)) {
            return false;
        }
        if (draft.verb == Verb.GRANT || draft.verb == Verb.REVOKE) {
            int to = Math.max(word(tokens, "TO"), word(tokens, "FROM"));
            return to < 0 || otherStatement(tokens.subList(to, tokens.size()));
        }
        int selects = 0;
        int joins = 0;
        int parentheses = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.mark('(')) {
                parentheses++;
            } else if (token.mark(')')) {
                parentheses--;
            }
            boolean stray =
                    i > 0
                            && token.kind() == Token.Kind.WORD
                            && TRANSACT.contains(token.upper())
                            && !harmless(tokens, i)
                            && !part(tokens, i, draft);
            if (stray) {
                return true;
            }
            if (parentheses == 0 && token.is("SELECT")) {
                selects++;
            }
            if (parentheses == 0
                    && (token.is("UNION") || token.is("EXCEPT") || token.is("INTERSECT"))) {
                joins++;
            }
        }
        return selects > joins + 1;
    }

    /** Whether the word is part of a statement that the tree knows: MERGE ... THEN DELETE. */
    private static boolean part(List<Token> tokens, int i, Draft draft) {
        Token before = tokens.get(i - 1);
        boolean afterWith = before.mark(')') && tokens.getFirst().is("WITH");
        if (draft.traits.contains(Trait.DDL)) {
            return before.is("ON") || (draft.verb == Verb.ALTER && columnChange(tokens, i));
        }
        return before.is("THEN") || before.is("BULK") || (afterWith && draft.writesRelation());
    }

    /** A routine has to stand alone in its batch: what follows is its body. */
    private static boolean routine(Draft draft) {
        return draft.traits.contains(Trait.DDL) && draft.traits.contains(Trait.OPAQUE);
    }

    private static boolean columnChange(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : token;
        boolean part = next.is("COLUMN") || next.is("CONSTRAINT") || next.is("INDEX");
        return part && (token.is("DROP") || token.is("ALTER"));
    }
}
