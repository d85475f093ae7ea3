package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** Reads statements about structure and rights by their words. */
final class StructureWords {
    private static final Set<String> ROUTINES =
            Set.of(
                    "FUNCTION",
                    "PROCEDURE",
                    "PROC",
                    "TRIGGER",
                    "EVENT",
                    "PACKAGE",
                    "RULE",
                    "ALIAS",
                    "AGGREGATE",
                    "EXTENSION",
                    "LANGUAGE",
                    "ASSEMBLY",
                    "LIBRARY",
                    "JAVA",
                    "OPERATOR",
                    "CAST",
                    "TRANSFORM",
                    "ACCESS");
    private static final Set<String> OUTWARD =
            Set.of(
                    "SERVER",
                    "FOREIGN",
                    "SUBSCRIPTION",
                    "LINKED",
                    "EXTERNAL",
                    "TABLESPACE",
                    "DIRECTORY",
                    "LINK",
                    "CREDENTIAL");
    private static final Set<String> OUTWARD_EXTENSIONS =
            Set.of("dblink", "adminpack", "http", "aws_s3", "pg_net", "pg_cron", "oracle_fdw");
    private static final Set<String> HARMLESS_LANGUAGES = Set.of("sql", "plpgsql");
    private static final Set<String> NAMED =
            Set.of("TABLE", "VIEW", "INDEX", "SEQUENCE", "SYNONYM", "TYPE", "DOMAIN", "SCHEMA");

    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    StructureWords(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    boolean create() {
        return defined(Verb.CREATE);
    }

    boolean alter() {
        if (dialect == Dialect.ORACLE && cursor.accept("SESSION", "SET")) {
            draft.verb(Verb.SET);
            return session();
        }
        if (cursor.is("SYSTEM")) {
            // It can name commands for archiving and restoring, which the server then runs.
            draft.verb(Verb.ALTER, Trait.DDL, Trait.OPAQUE, Trait.PROGRAM_ACCESS);
            return true;
        }
        return defined(Verb.ALTER);
    }

    private boolean session() {
        List<SessionEffect.Setting> settings = new java.util.ArrayList<>();
        while (!cursor.done()) {
            QualifiedName name = cursor.name();
            if (name == null || !cursor.acceptOperator("=")) {
                return false;
            }
            String value = cursor.between(cursor.position(), cursor.position() + 1);
            cursor.next();
            settings.add(new SessionEffect.Setting(Letters.lower(name.name()), value, false));
        }
        draft.effect(new SessionEffect.Sets(settings));
        return !settings.isEmpty();
    }

    private boolean defined(Verb verb) {
        draft.verb(verb, Trait.DDL);
        @Nullable String kind = null;
        // The kind stands within the first words: CREATE OR REPLACE DEFINER = x SQL SECURITY y
        // VIEW.
        for (int i = 0; i < 16 && kind == null && !cursor.done(); i++) {
            Token token = cursor.next();
            if (token.is("TEMP") || token.is("TEMPORARY")) {
                draft.traits.add(Trait.TEMPORARY);
            } else if (token.kind() == Token.Kind.WORD) {
                kind = kindOf(token.upper());
            }
        }
        if (verb == Verb.CREATE && cursor.tokens().stream().anyMatch(RelationWords::temporary)) {
            draft.traits.add(Trait.TEMPORARY);
            draft.effect(new SessionEffect.Pins(PinReason.TEMPORARY_TABLE));
        }
        if (kind == null) {
            // ROLE, USER, DATABASE, POLICY and the like: structure without a relation.
            return cursor.position() > 0;
        }
        if (NAMED.contains(kind)) {
            named(verb, kind);
        }
        return true;
    }

    private @Nullable String kindOf(String word) {
        if (ROUTINES.contains(word)) {
            draft.traits.add(Trait.OPAQUE);
            if (foreignCode(word)) {
                draft.traits.add(Trait.PROGRAM_ACCESS);
            }
            return word;
        }
        if (word.equals("VIRTUAL")) {
            virtualTable();
        }
        if (OUTWARD.contains(word)) {
            draft.traits.add(Trait.FILE_ACCESS);
            return word.equals("FOREIGN") || word.equals("EXTERNAL") ? null : word;
        }
        return NAMED.contains(word) ? word : null;
    }

    /** Code in another language than SQL, which can reach everything that the server can. */
    private boolean foreignCode(String kind) {
        if (kind.equals("LANGUAGE") || kind.equals("EXTENSION")) {
            return untrusted();
        }
        if (kind.equals("ASSEMBLY")
                || kind.equals("LIBRARY")
                || kind.equals("JAVA")
                || cursor.contains("SONAME")) {
            return true;
        }
        if (dialect == Dialect.H2) {
            return true;
        }
        List<Token> tokens = cursor.tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("LANGUAGE")) {
                String language = Letters.lower(tokens.get(i + 1).text());
                if (!HARMLESS_LANGUAGES.contains(language) && !kind.equals("LANGUAGE")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** CREATE LANGUAGE and CREATE EXTENSION of PostgreSQL; the cursor stands before the name. */
    private boolean untrusted() {
        Cursor name = cursor.from(cursor.position());
        name.accept("IF", "NOT", "EXISTS");
        String module = Letters.lower(name.peek().text());
        boolean outward = module.contains("fdw") || OUTWARD_EXTENSIONS.contains(module);
        if (outward) {
            draft.traits.add(Trait.FILE_ACCESS);
        }
        return module.matches("pl.*u|plpython.*|pljava.*|plsh|lo");
    }

    private void virtualTable() {
        List<Token> tokens = cursor.tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("USING")) {
                String module = Letters.lower(tokens.get(i + 1).text());
                if (module.startsWith("fts") || module.startsWith("rtree")) {
                    return;
                }
            }
        }
        draft.traits.add(Trait.FILE_ACCESS);
    }

    private void named(Verb verb, String kind) {
        cursor.accept("CONCURRENTLY");
        cursor.accept("IF");
        cursor.accept("NOT");
        cursor.accept("EXISTS");
        cursor.accept("ONLY");
        if (kind.equals("INDEX")) {
            while (!cursor.done() && !cursor.accept("ON")) {
                cursor.next();
            }
            cursor.accept("ONLY");
        }
        QualifiedName name = cursor.name();
        if (kind.equals("TABLE") || kind.equals("VIEW") || kind.equals("INDEX")) {
            draft.relation(name, Access.WRITE);
        }
        boolean hash = name != null && name.name().startsWith("#");
        if (hash) {
            draft.traits.add(Trait.TEMPORARY);
        }
        if (verb == Verb.CREATE && draft.traits.contains(Trait.TEMPORARY)) {
            draft.effect(new SessionEffect.Pins(PinReason.TEMPORARY_TABLE));
        }
        boolean query = cursor.contains("SELECT") || cursor.contains("WITH");
        if (query || cursor.contains("REFERENCES") || cursor.contains("LIKE")) {
            RelationWords.gather(cursor, draft);
        }
        boolean as = cursor.contains("AS") || dialect.mysqlFamily();
        if (verb == Verb.CREATE && kind.equals("TABLE") && as && cursor.contains("SELECT")) {
            draft.traits.add(Trait.CREATES_TABLE_FROM_QUERY);
        }
        locations(kind);
    }

    /** CREATE TABLE ... DATA DIRECTORY, LOCATION, ENGINE with a file behind it. */
    private void locations(String kind) {
        if (kind.equals("TABLE")
                && (cursor.contains("DIRECTORY")
                        || cursor.contains("LOCATION")
                        || (cursor.contains("ENGINE")
                                && (dialect == Dialect.H2 || remoteEngine())))) {
            draft.traits.add(Trait.FILE_ACCESS);
        }
    }

    private boolean remoteEngine() {
        return cursor.contains("FEDERATED")
                || cursor.contains("CONNECT")
                || cursor.contains("CSV")
                || cursor.contains("SPIDER")
                || cursor.contains("S3");
    }

    boolean drop() {
        draft.verb(Verb.DROP, Trait.DDL, Trait.ENDS_STATE);
        cursor.acceptAny("TEMPORARY");
        boolean relation = cursor.is("TABLE") || cursor.is("VIEW") || cursor.is("MATERIALIZED");
        cursor.accept("MATERIALIZED");
        cursor.next();
        cursor.accept("IF", "EXISTS");
        if (relation) {
            names(Access.WRITE);
        }
        return cursor.position() > 0;
    }

    private void names(Access access) {
        do {
            cursor.accept("ONLY");
            draft.relation(cursor.name(), access);
            cursor.acceptOperator("*");
        } while (cursor.acceptMark(','));
    }

    boolean truncate() {
        draft.verb(Verb.TRUNCATE);
        cursor.accept("TABLE");
        names(Access.WRITE);
        return draft.writesRelation();
    }

    boolean rights(Verb verb) {
        draft.verb(verb, Trait.DDL);
        return true;
    }

    boolean comment() {
        draft.verb(Verb.COMMENT, Trait.DDL);
        if (cursor.accept("ON", "TABLE") || cursor.accept("ON", "VIEW")) {
            draft.relation(cursor.name(), Access.WRITE);
        }
        return true;
    }
}
