package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Columns;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;

import java.util.List;
import java.util.Set;

/** Reads queries and changes of data: by the parser, or, where that fails, by their tokens. */
final class QueryReader {
    private static final Set<String> NO_FUNCTIONS =
            Set.of(
                    "SELECT",
                    "FROM",
                    "WHERE",
                    "AND",
                    "OR",
                    "NOT",
                    "IN",
                    "EXISTS",
                    "ANY",
                    "ALL",
                    "SOME",
                    "AS",
                    "ON",
                    "USING",
                    "VALUES",
                    "WITH",
                    "BY",
                    "OVER",
                    "FILTER",
                    "WITHIN",
                    "CASE",
                    "WHEN",
                    "THEN",
                    "ELSE",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT",
                    "JOIN",
                    "LATERAL",
                    "INTO",
                    "SET",
                    "LIKE",
                    "ILIKE",
                    "BETWEEN",
                    "IS",
                    "ARRAY",
                    "ROW",
                    "LIMIT",
                    "OFFSET",
                    "DISTINCT",
                    "RETURNING",
                    "CHAR",
                    "VARCHAR",
                    "NUMERIC",
                    "DECIMAL",
                    "PARTITION",
                    "MATERIALIZED",
                    "OPERATOR",
                    "SETS",
                    "GROUPING",
                    "ROLLUP",
                    "CUBE",
                    "RECURSIVE",
                    "CONFLICT",
                    "TABLE",
                    "ORDINALITY",
                    "ONLY");

    private final Dialect dialect;
    private final AnalysisLimits limits;
    private final Cursor cursor;
    private final Draft draft;

    QueryReader(Dialect dialect, AnalysisLimits limits, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.limits = limits;
        this.cursor = cursor;
        this.draft = draft;
    }

    void read() throws NotUnderstood {
        List<Token> tokens = cursor.tokens();
        if (new SettingCall(dialect, cursor, draft).read()) {
            return;
        }
        Statement tree =
                tokens.size() > limits.maxParsedTokens() ? null : QueryTree.parse(dialect, tokens);
        if (tree == null) {
            unparsed();
        } else {
            draft.parsed = !cursor.contains("SET_CONFIG");
            new TreeFacts(dialect, draft).gather(tree);
            missed(tokens);
            draft.verb(verb(tree));
            vendorVerb(tokens);
            if (dialect == Dialect.SQLSERVER && tokens.getFirst().is("WITH")) {
                throughCommonTable(RelationWords.commonTables(tokens));
            }
            if (tree instanceof Select select) {
                Shape.of(select, draft);
            }
        }
        stray();
        returnsRows(tokens);
        temporary(tokens);
    }

    /** The parser may take a word for a name that is one of a query to the server. */
    private void missed(List<Token> tokens) {
        int queries = 0;
        for (int i = 0; i < tokens.size(); i++) {
            boolean name = i > 0 && (tokens.get(i - 1).is("AS") || tokens.get(i - 1).mark('.'));
            boolean table =
                    tokens.get(i).is("TABLE")
                            && i + 1 < tokens.size()
                            && tokens.get(i + 1).identifier();
            queries += !name && (table || tokens.get(i).is("SELECT")) ? 1 : 0;
        }
        if (queries > draft.queries) {
            draft.traits.add(Trait.UNPARSED);
            RelationWords.gather(cursor, draft);
            functions(tokens, draft);
        }
    }

    private Verb verb(Statement tree) throws NotUnderstood {
        return switch (tree) {
            case Insert i -> Verb.INSERT;
            case Update u -> Verb.UPDATE;
            case Delete d -> Verb.DELETE;
            case Merge m -> Verb.MERGE;
            case Upsert u -> Verb.REPLACE;
            case Select s -> cursor.is("VALUES") ? Verb.VALUES : Verb.SELECT;
            default ->
                    throw new NotUnderstood(
                            "the parser reads it as " + tree.getClass().getSimpleName());
        };
    }

    /** SQL Server changes the tables behind a common table expression that is the target. */
    private void throughCommonTable(Set<String> names) {
        boolean through = false;
        for (Relation relation : draft.relations) {
            boolean target = relation.access() == Access.WRITE && relation.schema().isEmpty();
            through |= target && names.contains(relation.name());
        }
        if (through) {
            for (Relation relation : List.copyOf(draft.relations)) {
                draft.relations.add(new Relation(relation.schema(), relation.name(), Access.WRITE));
            }
        }
    }

    /** Forms that are written to the parser as a plain INSERT. */
    private void vendorVerb(List<Token> tokens) {
        if (tokens.getFirst().is("MERGE") && draft.verb == Verb.INSERT) {
            draft.verbs.add(Verb.UPDATE);
            draft.verb(Verb.MERGE);
        }
        if (draft.verb == Verb.MERGE && tokens.stream().noneMatch(token -> token.is("DELETE"))) {
            // DO NOTHING is written to the parser as DELETE.
            draft.verbs.remove(Verb.DELETE);
        }
        if (cursor.is("UPDATE", "OR", "REPLACE")) {
            draft.verbs.addAll(Set.of(Verb.REPLACE, Verb.DELETE));
        }
        if (cursor.is("INSERT", "OR", "REPLACE")) {
            draft.verbs.addAll(ChangeVerbs.REPLACE);
            // Columns that it does not name get their defaults.
            draft.columns =
                    draft.columns == null
                            ? Columns.UNKNOWN
                            : new Columns(draft.columns.named(), false);
        }
    }

    private void returnsRows(List<Token> tokens) {
        boolean select = draft.verb == Verb.SELECT || draft.verb == Verb.VALUES;
        boolean into = select && Reach.word(tokens, "INTO") >= 0;
        boolean output = dialect == Dialect.SQLSERVER && Reach.word(tokens, "OUTPUT") >= 0;
        if ((select && !into) || Reach.word(tokens, "RETURNING") >= 0 || output) {
            draft.traits.add(Trait.RETURNS_ROWS);
        }
    }

    /** A word that writes where no written relation was found means that something was missed. */
    private void stray() {
        int at = Reach.writeWord(cursor.tokens());
        if (at >= 0 && !draft.writesRelation()) {
            Token after = at + 1 < cursor.tokens().size() ? cursor.tokens().get(at + 1) : null;
            boolean variable =
                    after != null
                            && (after.kind() == Token.Kind.VARIABLE
                                    || after.is("OUTFILE")
                                    || after.is("DUMPFILE"));
            if (!variable) {
                draft.notUnderstood("a word that writes stands where only a read was found");
            }
        }
    }

    private void temporary(List<Token> tokens) {
        boolean temporary = false;
        for (Relation relation : draft.relations) {
            boolean named =
                    relation.name().startsWith("#") || relation.schema().startsWith("pg_temp");
            temporary |= named && relation.access() == Access.WRITE;
        }
        int into = Reach.word(tokens, "INTO");
        if (into >= 0 && into + 1 < tokens.size()) {
            Token after = tokens.get(into + 1);
            temporary |= after.is("TEMP") || after.is("TEMPORARY");
        }
        if (temporary && draft.traits.contains(Trait.CREATES_TABLE_FROM_QUERY)) {
            draft.traits.add(Trait.TEMPORARY);
            draft.effect(new SessionEffect.Pins(PinReason.TEMPORARY_TABLE));
        }
    }

    private void unparsed() {
        List<Token> tokens = cursor.tokens();
        Token first = tokens.getFirst();
        draft.traits.add(Trait.UNPARSED);
        functions(tokens, draft);
        boolean reads =
                first.mark('(')
                        || first.is("SELECT")
                        || first.is("WITH")
                        || first.is("VALUES")
                        || first.is("TABLE");
        if (reads && Reach.writeWord(tokens) < 0 && !Reach.otherStatement(tokens)) {
            draft.verb(first.is("VALUES") ? Verb.VALUES : Verb.SELECT);
            RelationWords.gather(cursor, draft);
            locks(tokens, draft);
        } else if (first.is("INSERT") && ChangeWords.plainInsert(cursor)) {
            draft.verb(Verb.INSERT);
            draft.verbs.addAll(ChangeVerbs.ofInsert(tokens));
            draft.relation(ChangeWords.target(cursor), Access.WRITE);
            RelationWords.gather(cursor, draft);
        } else if (ChangeWords.bounded(cursor)) {
            draft.verb(first.is("UPDATE") ? Verb.UPDATE : Verb.DELETE);
            draft.relation(ChangeWords.target(cursor), Access.WRITE);
            RelationWords.gather(cursor.from(3), draft);
            draft.where(io.gatehouse.policy.fact.Where.PRESENT);
        } else {
            draft.notUnderstood("the parser does not know the syntax");
        }
    }

    /** Notes what locks rows, by its words. */
    static void locks(List<Token> tokens, Draft draft) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token next = tokens.get(i + 1);
            boolean strength =
                    next.is("UPDATE") || next.is("SHARE") || next.is("NO") || next.is("KEY");
            if ((tokens.get(i).is("FOR") && strength)
                    || (tokens.get(i).is("LOCK") && next.is("IN"))) {
                draft.traits.add(Trait.LOCKS_ROWS);
            }
        }
    }

    /** Notes what is called, by its words. */
    static void functions(List<Token> tokens, Draft draft) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean call = token.identifier() && tokens.get(i + 1).mark('(');
            boolean keyword =
                    token.kind() == Token.Kind.WORD && NO_FUNCTIONS.contains(token.upper());
            if (call && !keyword) {
                boolean qualified = i > 1 && tokens.get(i - 1).mark('.');
                String schema = qualified ? Letters.lower(tokens.get(i - 2).text()) + "." : "";
                draft.functions.add(schema + Letters.lower(token.text()));
            }
        }
    }
}
