package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.List;
import java.util.Set;

/** Reads commands that no SQL grammar covers for all servers. */
final class CommandWords {
    private static final Set<String> READ_PRAGMAS =
            Set.of(
                    "table_info",
                    "table_xinfo",
                    "table_list",
                    "index_list",
                    "index_info",
                    "index_xinfo",
                    "foreign_key_list",
                    "database_list",
                    "collation_list",
                    "function_list",
                    "pragma_list",
                    "module_list",
                    "compile_options");
    private static final Set<String> VALUE_PRAGMAS =
            Set.of(
                    "user_version",
                    "schema_version",
                    "foreign_keys",
                    "encoding",
                    "page_count",
                    "page_size",
                    "freelist_count",
                    "query_only",
                    "busy_timeout",
                    "journal_mode",
                    "synchronous",
                    "cache_size",
                    "read_uncommitted",
                    "recursive_triggers",
                    "application_id",
                    "data_version",
                    "integrity_check",
                    "quick_check");

    private static final Set<String> SESSION_PRAGMAS =
            Set.of(
                    "foreign_keys",
                    "busy_timeout",
                    "cache_size",
                    "recursive_triggers",
                    "case_sensitive_like",
                    "read_uncommitted",
                    "defer_foreign_keys");

    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    CommandWords(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    boolean copy() {
        if (dialect != Dialect.POSTGRESQL) {
            return false;
        }
        draft.verb(Verb.COPY);
        boolean query = cursor.peek().mark('(');
        if (query) {
            Cursor inner = cursor.from(cursor.position() + 1);
            cursor.skipParentheses();
            int length = cursor.position() - 3;
            if (length < 0) {
                return false;
            }
            Cursor body = new Cursor("", inner.tokens().subList(0, length));
            boolean reads = body.is("SELECT") || body.is("VALUES") || body.is("WITH");
            if (!reads && !body.is("TABLE")) {
                return false;
            }
            RelationWords.gather(body, draft);
            QueryReader.functions(body.tokens(), draft);
            QueryReader.locks(body.tokens(), draft);
            if (Reach.writeWord(body.tokens()) >= 0) {
                return false;
            }
        }
        QualifiedName name = query ? null : cursor.name();
        if (cursor.peek().mark('(')) {
            cursor.skipParentheses();
        }
        boolean from = cursor.accept("FROM");
        if (!from && !cursor.accept("TO")) {
            return false;
        }
        draft.relation(name, from ? Access.WRITE : Access.READ);
        if (cursor.accept("PROGRAM")) {
            draft.traits.add(Trait.PROGRAM_ACCESS);
        } else if (!cursor.acceptAny("STDIN", "STDOUT")) {
            draft.traits.add(Trait.FILE_ACCESS);
        }
        return true;
    }

    boolean call(Verb verb) {
        draft.verb(verb, Trait.OPAQUE);
        return true;
    }

    /** DO of PostgreSQL runs a block of code, that of MySQL evaluates expressions. */
    boolean block() {
        if (dialect.mysqlFamily()) {
            draft.verb(Verb.DO);
            RelationWords.gather(cursor, draft);
            return Reach.writeWord(cursor.tokens()) < 0;
        }
        draft.verb(Verb.DO, Trait.OPAQUE, Trait.RUNS_TEXT);
        return true;
    }

    boolean notification(String word) {
        if (dialect != Dialect.POSTGRESQL) {
            return false;
        }
        boolean all = word.equals("UNLISTEN") && cursor.acceptOperator("*");
        if (!all && cursor.name() == null) {
            return false;
        }
        switch (word) {
            case "LISTEN" ->
                    draft.verb(Verb.LISTEN).effect(new SessionEffect.Pins(PinReason.LISTEN));
            case "UNLISTEN" -> draft.verb(Verb.UNLISTEN, Trait.ENDS_STATE);
            default -> {
                draft.verb(Verb.NOTIFY);
                boolean payload =
                        cursor.acceptMark(',') && cursor.next().kind() == Token.Kind.STRING;
                return cursor.done() && (payload || cursor.peek(-1).identifier());
            }
        }
        return cursor.done();
    }

    boolean lock(boolean unlock) {
        draft.verb(Verb.LOCK);
        boolean tables = cursor.acceptAny("TABLE", "TABLES");
        if (unlock) {
            draft.traits.add(Trait.ENDS_STATE);
            return dialect.mysqlFamily() && tables && cursor.done();
        }
        if (dialect.mysqlFamily()) {
            draft.effect(new SessionEffect.Pins(PinReason.TABLE_LOCK));
        }
        do {
            cursor.accept("ONLY");
            QualifiedName name = cursor.name();
            if (name == null) {
                return false;
            }
            draft.relation(name, Access.READ);
            cursor.acceptOperator("*");
            while (dialect.mysqlFamily() && !cursor.done() && !cursor.peek().mark(',')) {
                cursor.next();
            }
        } while (cursor.acceptMark(','));
        draft.traits.add(Trait.LOCKS_ROWS);
        return true;
    }

    boolean prepared(String word) {
        if (dialect == Dialect.SQLSERVER || dialect == Dialect.ORACLE) {
            draft.verb(Verb.EXECUTE, Trait.OPAQUE);
            if (dialect == Dialect.ORACLE) {
                draft.traits.add(Trait.RUNS_TEXT);
            }
            return word.equals("EXECUTE") && !cursor.is("AS");
        }
        if (word.equals("EXECUTE")) {
            boolean immediate = cursor.is("IMMEDIATE") || dialect == Dialect.H2;
            draft.verb(Verb.EXECUTE, Trait.RETURNS_ROWS);
            if (immediate) {
                draft.traits.add(Trait.OPAQUE);
                draft.traits.add(Trait.RUNS_TEXT);
            }
            return cursor.name() != null;
        }
        cursor.accept("PREPARE");
        boolean all = cursor.accept("ALL");
        draft.verb(Verb.DEALLOCATE, Trait.ENDS_STATE);
        return (all || cursor.name() != null) && cursor.done();
    }

    boolean cursorCommand(Verb verb) {
        draft.verb(verb);
        draft.traits.add(verb == Verb.FETCH ? Trait.RETURNS_ROWS : Trait.ENDS_STATE);
        for (Token token : cursor.tokens()) {
            if (token.mark('(')) {
                return false;
            }
        }
        return dialect != Dialect.SQLSERVER && cursor.tokens().size() <= 6;
    }

    boolean discard() {
        draft.verb(Verb.DISCARD, Trait.ENDS_STATE);
        if (cursor.is("ALL")) {
            draft.effect(new SessionEffect.Resets("*"));
        }
        return cursor.acceptAny("ALL", "PLANS", "SEQUENCES", "TEMP", "TEMPORARY") && cursor.done();
    }

    boolean show() {
        draft.verb(Verb.SHOW, Trait.RETURNS_ROWS);
        boolean query = cursor.contains("SELECT");
        if (dialect.mysqlFamily() && (cursor.contains("WARNINGS") || cursor.contains("ERRORS"))) {
            draft.traits.add(Trait.LAST_RESULT);
        }
        if (dialect == Dialect.SQLSERVER || dialect == Dialect.ORACLE || query) {
            return false;
        }
        // SHOW COLUMNS FROM t, SHOW CREATE TABLE t: structure only.
        RelationWords.gather(cursor, draft);
        for (String what : List.of("COLUMNS", "FIELDS", "INDEX", "INDEXES", "KEYS")) {
            if (cursor.contains(what)) {
                shownIn();
            }
        }
        return true;
    }

    /** SHOW COLUMNS IN t IN s is the same as FROM t FROM s. */
    private void shownIn() {
        List<Token> tokens = cursor.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("IN")) {
                draft.relation(cursor.from(i + 1).name(), Access.READ);
            }
        }
    }

    boolean describe() {
        draft.verb(Verb.DESCRIBE, Trait.RETURNS_ROWS);
        draft.relation(cursor.name(), Access.READ);
        return cursor.tokens().size() <= 6;
    }

    boolean load() {
        draft.verb(Verb.LOAD, Trait.FILE_ACCESS);
        if (dialect == Dialect.POSTGRESQL) {
            draft.traits.add(Trait.OPAQUE);
            draft.effect(new SessionEffect.Pins(PinReason.LOADED_CODE));
            return true;
        }
        while (!cursor.done() && !cursor.accept("INTO", "TABLE")) {
            cursor.next();
        }
        draft.relation(cursor.name(), Access.WRITE);
        return dialect.mysqlFamily();
    }

    boolean file(Verb verb) {
        draft.verb(verb, Trait.FILE_ACCESS, Trait.OPAQUE);
        return true;
    }

    /** A database of SQLite that is attached belongs to its connection. */
    boolean attach(boolean attaches) {
        if (dialect == Dialect.SQLITE && attaches) {
            draft.effect(new SessionEffect.Pins(PinReason.ATTACHED_DATABASE));
        } else {
            draft.traits.add(Trait.ENDS_STATE);
        }
        return file(Verb.OTHER);
    }

    boolean maintenance(Verb verb) {
        draft.verb(verb);
        if (cursor.contains("INTO")) {
            draft.traits.add(Trait.FILE_ACCESS);
        } else {
            new MentionedRelations(dialect, cursor, draft).gather();
        }
        return !cursor.contains("SELECT");
    }

    boolean pragma() {
        QualifiedName name = cursor.name();
        if (dialect != Dialect.SQLITE || name == null) {
            return false;
        }
        String pragma = Letters.lower(name.name());
        draft.verb(Verb.SHOW, Trait.RETURNS_ROWS);
        boolean bare = cursor.done();
        boolean harmless =
                READ_PRAGMAS.contains(pragma) || (bare && VALUE_PRAGMAS.contains(pragma));
        if (pragma.equals("query_only") && !bare) {
            draft.traits.add(Trait.LEAVES_READ_ONLY);
            draft.verb(Verb.SET).effect(new SessionEffect.Pins(PinReason.SETTING));
            return true;
        }
        if (!bare && SESSION_PRAGMAS.contains(pragma)) {
            draft.verb(Verb.SET).effect(new SessionEffect.Pins(PinReason.SETTING));
            return true;
        }
        if (READ_PRAGMAS.contains(pragma)
                && (cursor.acceptMark('(') || cursor.acceptOperator("="))) {
            draft.relation(new QualifiedName("", Letters.lower(cursor.peek().text())), Access.READ);
        }
        if (!harmless) {
            draft.notUnderstood("pragma " + pragma + " is not on the list of reading pragmas");
        }
        return true;
    }
}
