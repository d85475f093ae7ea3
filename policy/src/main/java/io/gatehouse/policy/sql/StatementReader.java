package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.List;

/** Reads one statement: its first words choose the reader, its tokens are checked afterwards. */
final class StatementReader {
    private final Dialect dialect;
    private final String text;
    private final AnalysisLimits limits;

    StatementReader(Dialect dialect, String text, AnalysisLimits limits) {
        this.dialect = dialect;
        this.text = text;
        this.limits = limits;
    }

    Draft read(List<Token> tokens) {
        Draft draft = new Draft();
        if (tokens.isEmpty()) {
            return draft.verb(Verb.EMPTY);
        }
        try {
            nesting(tokens);
            read(new Cursor(text, tokens), draft);
        } catch (NotUnderstood e) {
            draft.notUnderstood(e.why());
        }
        return draft;
    }

    private void nesting(List<Token> tokens) throws NotUnderstood {
        int depth = 0;
        for (Token token : tokens) {
            if (token.mark('(') || token.mark('[') || token.mark('{')) {
                if (++depth > limits.maxNesting()) {
                    throw new NotUnderstood(
                            "parentheses are nested deeper than " + limits.maxNesting());
                }
            } else if (token.mark(')') || token.mark(']') || token.mark('}')) {
                depth--;
            }
            if (depth < 0) {
                throw new NotUnderstood("a parenthesis closes that was not opened");
            }
        }
        if (depth != 0) {
            throw new NotUnderstood("a parenthesis has no end");
        }
    }

    private void read(Cursor cursor, Draft draft) throws NotUnderstood {
        List<Token> tokens = cursor.tokens();
        if (!known(cursor, draft)) {
            draft.notUnderstood("no reader knows a statement that begins like this");
        }
        boolean words = draft.verb == Verb.SET || draft.verb == Verb.DO || draft.verb == Verb.COPY;
        if ((words || draft.verb == Verb.EXECUTE) && cursor.from(0).contains("SELECT")) {
            // The query in it was not parsed, so any relation may be in it.
            RelationWords.gather(cursor.from(0), draft);
            draft.traits.add(Trait.UNPARSED);
        }
        Reach.check(dialect, tokens, draft);
        Dependence.check(dialect, tokens, draft);
        if (Reach.secondStatement(dialect, tokens, draft)) {
            draft.notUnderstood("a second statement may begin without a separator");
        }
        for (String function : draft.functions) {
            String last = function.substring(function.lastIndexOf('.') + 1);
            if (!FunctionLists.known(last) && !draft.settingCall) {
                draft.traits.add(Trait.UNKNOWN_FUNCTION);
            }
        }
    }

    private boolean known(Cursor cursor, Draft draft) throws NotUnderstood {
        Token first = cursor.peek();
        if (dialect == Dialect.SQLSERVER && CatalogCalls.read(cursor, draft)) {
            return true;
        }
        boolean result = dialect == Dialect.H2 && first.kind() == Token.Kind.PARAMETER;
        if (first.mark('{') || result) {
            return new CallWords(dialect, cursor, draft).escape();
        }
        if (first.mark('(')) {
            new QueryReader(dialect, limits, cursor, draft).read();
            return true;
        }
        if (first.kind() != Token.Kind.WORD) {
            return false;
        }
        switch (first.upper()) {
            case "SELECT",
                    "WITH",
                    "VALUES",
                    "TABLE",
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "MERGE",
                    "REPLACE" -> {
                new QueryReader(dialect, limits, cursor, draft).read();
                return true;
            }
            case "EXPLAIN", "PREPARE", "DECLARE", "DESCRIBE", "DESC", "ANALYZE", "ANALYSE" -> {
                return new WrapperReader(this, dialect, cursor, draft).read();
            }
            case "BEGIN",
                    "START",
                    "COMMIT",
                    "END",
                    "ROLLBACK",
                    "ABORT",
                    "SAVE",
                    "SAVEPOINT",
                    "RELEASE" -> {
                return new TransactionWords(dialect, cursor, draft).read();
            }
            default -> {
                cursor.next();
                return setting(first.upper(), cursor, draft)
                        || structure(first.upper(), cursor, draft)
                        || command(first.upper(), cursor, draft);
            }
        }
    }

    private boolean setting(String word, Cursor cursor, Draft draft) {
        SettingWords settings = new SettingWords(dialect, cursor, draft);
        return switch (word) {
            case "SET" -> settings.set();
            case "RESET" -> dialect == Dialect.POSTGRESQL && settings.reset();
            case "USE" -> settings.use();
            default -> false;
        };
    }

    private boolean structure(String word, Cursor cursor, Draft draft) {
        StructureWords structure = new StructureWords(dialect, cursor, draft);
        boolean known = structure(word, structure, cursor, draft);
        new MentionedRelations(dialect, cursor, draft).gather();
        DefinedCalls.note(cursor.tokens(), draft);
        return known;
    }

    private boolean structure(String word, StructureWords structure, Cursor cursor, Draft draft) {
        return switch (word) {
            case "CREATE" -> {
                boolean known = structure.create();
                storedQuery(cursor.from(0), draft);
                yield known;
            }
            case "ALTER" -> structure.alter();
            case "RENAME" -> {
                draft.verb(Verb.ALTER, Trait.DDL);
                yield true;
            }
            case "DROP" -> structure.drop();
            case "TRUNCATE" -> structure.truncate();
            case "GRANT" -> structure.rights(Verb.GRANT);
            case "REVOKE", "DENY" -> structure.rights(Verb.REVOKE);
            case "COMMENT" -> structure.comment();
            case "REFRESH", "REINDEX", "CLUSTER", "REASSIGN" -> structure.rights(Verb.OTHER);
            default -> false;
        };
    }

    /** CREATE TABLE AS runs its query, which may change data in its common table expressions. */
    private void storedQuery(Cursor whole, Draft draft) {
        List<Token> tokens = whole.tokens();
        boolean relation = whole.contains("TABLE") || whole.contains("VIEW");
        if (!relation || draft.traits.contains(Trait.OPAQUE)) {
            return;
        }
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean query = token.is("SELECT") || token.is("WITH") || token.is("VALUES");
            if (token.is("SELECT") || (query && tokens.get(i - 1).is("AS"))) {
                Draft inner = new Draft();
                try {
                    read(whole.from(i), inner);
                } catch (NotUnderstood e) {
                    inner.notUnderstood(e.why());
                }
                if (Reach.writeWord(tokens.subList(i, tokens.size())) >= 0) {
                    draft.notUnderstood(inner.notUnderstood);
                    draft.verbs.addAll(inner.verbs);
                    draft.where(inner.where);
                }
                if (!inner.notUnderstood.isEmpty() || inner.traits.contains(Trait.UNPARSED)) {
                    draft.traits.add(Trait.UNPARSED);
                }
                draft.relations.addAll(inner.relations);
                draft.functions.addAll(inner.functions);
                return;
            }
        }
    }

    private boolean command(String word, Cursor cursor, Draft draft) {
        CommandWords commands = new CommandWords(dialect, cursor, draft);
        return switch (word) {
            case "COPY" -> commands.copy();
            case "CALL" -> new CallWords(dialect, cursor, draft).call();
            case "DO" -> commands.block();
            case "EXEC" -> dialect == Dialect.SQLSERVER && commands.call(Verb.CALL);
            case "EXECUTE", "DEALLOCATE" -> commands.prepared(word);
            case "LISTEN", "UNLISTEN", "NOTIFY" -> commands.notification(word);
            case "LOCK" -> commands.lock(false);
            case "UNLOCK" -> commands.lock(true);
            case "FETCH", "MOVE" -> commands.cursorCommand(Verb.FETCH);
            case "CLOSE" -> commands.cursorCommand(Verb.CLOSE);
            case "DISCARD" -> dialect == Dialect.POSTGRESQL && commands.discard();
            case "SHOW" -> commands.show();
            case "LOAD" -> commands.load();
            case "VACUUM", "OPTIMIZE", "REPAIR", "CHECK" -> commands.maintenance(Verb.VACUUM);
            case "IMPORT" -> commands.file(Verb.IMPORT);
            case "BACKUP", "RESTORE", "SCRIPT", "RUNSCRIPT", "BULK" -> commands.file(Verb.OTHER);
            case "ATTACH", "DETACH" -> commands.attach(word.equals("ATTACH"));
            case "PRAGMA" -> commands.pragma();
            case "XA" -> new BranchWords(dialect, cursor, draft).xa();
            default -> false;
        };
    }
}
